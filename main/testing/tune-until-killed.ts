// A program to be killed: it opens the project named on its command line and tunes; its engine writes the version's file
// and then never answers. It prints "written" once the file is there.
import { writeFileSync, writeSync } from 'node:fs';
import { createBackend } from '../backend.ts';
import { EngineDouble } from './engine-double.ts';

const [project, homeFolder] = process.argv.slice(2);
const engine = new EngineDouble();
engine.tasks.tune = async ({ versionFile }) => {
  writeFileSync(versionFile, 'whole');
  writeSync(1, 'written\n');
  return new Promise(() => setInterval(() => undefined, 1000));
};
const backend = createBackend({ homeFolder: homeFolder!, engine, version: '0.1.0' });
await backend.openProject(project!);
await backend.client.tuning.start({});
