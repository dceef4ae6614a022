// `npm run cuepoint -- …`: sets up what is missing, and runs the command line.
import { launch, runOurs, setUp } from './set-up.mjs';

await launch(async (args) => {
  await setUp({ forTests: false });
  return runOurs('main/hosts/cli.ts', args);
});
