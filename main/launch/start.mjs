// `npm start [-- project]`: sets up what is missing and opens the studio.
import { launch, runOurs, setUp } from './set-up.mjs';

await launch(async (args) => {
  await setUp({ forTests: false });
  return runOurs('main/launch/open-studio.ts', args);
});
