// `npm test`: sets up what is missing and checks everything.
import { launch, runOurs, setUp } from './set-up.mjs';

await launch(async (args) => {
  await setUp({ forTests: true });
  return runOurs('main/launch/check.ts', args);
});
