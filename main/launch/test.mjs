// `npm test`: sets up what is missing and checks everything.
import { launch, runOurs, setUp } from './set-up.mjs';

await launch((args) => {
  setUp({ forTests: true });
  return runOurs('main/launch/check.ts', args);
});
