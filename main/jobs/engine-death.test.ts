// Protects: an engine that is killed from outside, again and again, costs a job time and nothing else.
import { english } from '#preload/domain/saying.ts';
import { join, resolve } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { writeLongClip } from '#e2e/fixtures/long-clip.ts';
import { childProcessCarrier } from '../engine/carriers.ts';
import type { EngineProcess } from '../engine/carriers.ts';
import { startEngine } from '../engine/start-engine.ts';
import { ended, openBackend } from '../testing/open-studio.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';

const video = 'long.mp4';
const model = resolve(import.meta.dirname, '../../native-models/fixtures/clip-gelu');

test('jobs go on after kill -9 of the engine, from where they were', async () => {
  const folder = temporaryFolder();
  let current: EngineProcess | null = null;
  const engine = startEngine(() => (current = childProcessCarrier()));
  onTestFinished(() => engine[Symbol.asyncDispose]());
  const backend = openBackend(folder, engine);
  const { client } = backend;
  const place = (path: string) => backend.placeOf(path).token;
  // So long that the engine is not through with it before it is killed, however late a busy machine tells of its progress.
  await writeLongClip(join(folder, video), 240);
  await client.projects.create({ place: place(folder), name: 'demo', classes: [] });

  const stop = new AbortController();
  const changes = await client.studio.changes(undefined, { signal: stop.signal });
  const killAt = { import: [0], embed: [0, 0.25, 0.5, 0.75] } as Record<string, number[]>;
  const killing = (async () => {
    for await (const change of changes) {
      if (change.topic !== 'job' || change.job.state !== 'running') continue;
      const [next] = killAt[change.job.kind] ?? [];
      if (next === undefined || change.job.progress < next) continue;
      killAt[change.job.kind]!.shift();
      (current as EngineProcess | null)?.kill();
    }
  })();

  const added = await ended(backend, (await client.videos.add({ places: [place(join(folder, video))] })).jobIds);
  expect(added).toMatchObject([{ state: 'done' }]);
  // No trial of what is fastest: what is killed is the reading of frames.
  await client.studio.changeSettings({ provider: 'cpu' });
  const { name } = await client.models.add({ place: place(model) });
  await client.projects.changeSettings({ model: name, samplingFps: 30 });
  const [embedded] = await ended(backend, (await client.analysis.propose({ videoIds: null })).jobIds);
  expect(embedded).toMatchObject({ kind: 'embed', state: 'done', failure: null });
  expect(embedded!.notes.map(english).join()).toContain('Went on from frame feature');
  expect(killAt['embed']).not.toContain(0.25);
  expect((await client.videos.list())[0]).toMatchObject({ embedded: true });
  stop.abort();
  await killing;
});
