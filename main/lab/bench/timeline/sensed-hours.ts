import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createBackend } from '#main/backend.ts';
import { childProcessCarrier } from '#main/engine/carriers.ts';
import { startEngine } from '#main/engine/start-engine.ts';
import type { BenchContext } from '../bench-case.ts';
import { version } from '../project-alone.ts';
import { filmNames, hoursOfFilm, labelledHours } from './labelled-hours.ts';

/** Columns of values, each drawn as a track. */
export const trackCount = 4;

/** A project of two hours of film with a sensor's table of so many rows beside it, which is read. Answers its folder. */
export async function sensedHours(rowCount: number, env: NodeJS.ProcessEnv, context: BenchContext): Promise<string> {
  const location = await labelledHours(0, env, context, `rows-${rowCount}`);
  const table = path.join(context.scratchFolder, `sensor-${rowCount}.csv`);
  context.say(`writing a table of ${rowCount} rows`);
  await writeTable(table, rowCount);
  await using engine = startEngine(childProcessCarrier);
  const backend = createBackend({ homeFolder: path.join(context.scratchFolder, 'home'), engine, version });
  try {
    await backend.openProject(location);
    const { client } = backend;
    const videoId = (await client.videos.list()).find(({ name }) => name === filmNames.long)!.id;
    const place = backend.placeOf(table).token;
    const { reading, columns } = await client.recordings.look({ videoId, place });
    context.say(`reading a table of ${rowCount} rows`);
    const tracks = columns.map(({ name }, column) => ({ column, name })).slice(1);
    await client.recordings.add({ videoId, place: backend.placeOf(table).token, reading, tracks });
    while ((await client.recordings.list({ videoId }))[0]!.facts === null) await sleep(500);
  } finally {
    await backend.close();
  }
  return location;
}

/** Waves of several lengths, evenly over the whole film. */
async function writeTable(file: string, rowCount: number): Promise<void> {
  const out = createWriteStream(file);
  const stepS = (hoursOfFilm * 3600) / rowCount;
  const names = Array.from({ length: trackCount }, (_, track) => `wave ${track + 1}`);
  let lines = [`t_s,${names.join(',')}`];
  for (let row = 0; row < rowCount; row += 1) {
    const timeS = row * stepS;
    const values = names.map((_, track) => Math.sin(timeS * 3 ** track).toFixed(4));
    lines.push(`${timeS.toFixed(6)},${values.join(',')}`);
    if (lines.length < 20_000) continue;
    if (!out.write(`${lines.join('\n')}\n`)) await once(out, 'drain');
    lines = [];
  }
  out.end(lines.join('\n'));
  await once(out, 'finish');
}
