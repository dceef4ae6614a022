// A program for a person who may not write to the project named on its command line: it prints what they see of it, and
// what an attempt to change it answers.
import { createBackend } from '../backend.ts';
import { childProcessCarrier } from '../engine/carriers.ts';
import { startEngine } from '../engine/start-engine.ts';

const [project, homeFolder] = process.argv.slice(2);
const backend = createBackend({ homeFolder: homeFolder!, engine: startEngine(childProcessCarrier), version: '0.1.0' });
const { readOnly } = await backend.openProject(project!);
const refused = async (change: Promise<unknown>) =>
  change.then(
    () => 'done',
    (error: { code: string }) => error.code,
  );
const { client } = backend;
const seen = {
  readOnly,
  classes: (await client.classes.list()).map(({ name }) => name),
  videos: (await client.videos.list()).map(({ name, missing }) => ({ name, missing })),
  segments: (await client.segments.list({ videoId: 1 })).length,
  addClass: await refused(client.classes.add({ name: 'new' })),
  undo: await refused(client.history.undo()),
  addVideo: await refused(client.videos.add({ places: [backend.placeOf('/x.mp4').token] })),
  settings: await refused(client.projects.changeSettings({ scoreThreshold: 1 })),
};
await backend.close();
process.stdout.write(JSON.stringify(seen));
