// A program to be killed: it opens the project named on its command line and tunes, but the engine's answer never
// arrives. It prints "written" once the version's file is there.
import { writeSync } from 'node:fs';
import { createBackend } from '../backend.ts';
import { childProcessCarrier } from '../engine/carriers.ts';
import { startEngine } from '../engine/start-engine.ts';
import type { Engine } from '../engine/tasks.ts';

const [project, homeFolder] = process.argv.slice(2);
const itself = startEngine(childProcessCarrier);
// Only the moment is played: a program seldom dies between the two steps by itself.
const engine: Engine = {
  run: async (task, input, options) => {
    const output = await itself.run(task, input, options);
    if (task !== 'tune') return output;
    writeSync(1, 'written\n');
    return new Promise(() => setInterval(() => undefined, 1000));
  },
  [Symbol.asyncDispose]: () => itself[Symbol.asyncDispose](),
};
const backend = createBackend({ homeFolder: homeFolder!, engine, version: '0.1.0' });
await backend.openProject(project!);
await backend.client.tuning.start({});
