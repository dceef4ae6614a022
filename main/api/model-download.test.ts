// Protects: a model of the hub becomes one of the studio's, tells how it comes, and stops with who asked for it.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { PlayedHub } from '#e2e/models/played-hub.ts';
import { makeTinyCheckpoint } from '#e2e/models/tiny-checkpoint.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { openStudio } from '../testing/open-studio.ts';

const repository = 'someone/some-clip';
let files: ReadonlyMap<string, Buffer<ArrayBuffer>>;
let hub: PlayedHub;
beforeEach(async () => {
  const folder = await makeTinyCheckpoint(temporaryFolder());
  const names = readdirSync(folder).filter((name) => name !== 'expected.safetensors');
  files = new Map(names.map((name) => [name, readFileSync(path.join(folder, name))]));
  hub = await PlayedHub.start(repository, files);
  vi.stubEnv('HF_ENDPOINT', hub.url);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await hub[Symbol.asyncDispose]();
});

test('a download ends with the model’s entry', async () => {
  const { client, folder } = openStudio();
  const telling = await client.models.download({ repository });
  const told = [];
  let step = await telling.next();
  for (; !step.done; step = await telling.next()) told.push(step.value);
  const totalBytes = [...files.values()].reduce((sum, { length }) => sum + length, 0);
  expect(told.at(-1)).toEqual({ file: 'model.safetensors', doneBytes: totalBytes, totalBytes });
  expect(step.value).toMatchObject({
    name: 'some-clip',
    folder: path.join(folder, 'home', 'models', 'someone', 'some-clip'),
    problem: null,
  });
  expect(await client.models.list()).toEqual([step.value]);

  const asked = hub.given.length;
  await client.models.remove({ name: 'some-clip' });
  for await (const _ of await client.models.download({ repository })) throw new Error('it is there already');
  expect(await client.models.list()).toHaveLength(1);
  expect(hub.given).toHaveLength(asked);
});

test('one model is brought once at a time, until who asked for it has gone', async () => {
  const { client, folder } = openStudio();
  hub.interruptions.push({ after: 1000, by: 'falling silent' });
  const gone = new AbortController();
  const first = await client.models.download({ repository }, { signal: gone.signal });
  await first.next();
  const rest = first.next();
  const second = await client.models.download({ repository });
  await expect(second.next()).rejects.toMatchObject({ code: 'nothing-to-do' });
  // The first file that is longer than what arrives.
  await expect.poll(() => hub.given.at(-1)).toMatch(/ 0-\d{4,}$/u);
  gone.abort();
  await expect(rest).rejects.toMatchObject({ code: 'cancelled' });
  const models = path.join(folder, 'home', 'models', 'someone');
  expect(existsSync(path.join(models, 'some-clip.partial'))).toBe(true);
  for await (const _ of await client.models.download({ repository }));
  expect(existsSync(path.join(models, 'some-clip'))).toBe(true);
});

test.each(['clip', '../../etc', 'a/..', 'a/b/c', ''])('“%s” is no name at the hub', async (name) => {
  const { client } = openStudio();
  await expect(client.models.download({ repository: name })).rejects.toMatchObject({ code: 'bad-input' });
});

test('what the hub does not have is said in words', async () => {
  const { client } = openStudio();
  const telling = await client.models.download({ repository: 'someone/else' });
  await expect(telling.next()).rejects.toMatchObject({
    code: 'not-found',
    message: expect.stringContaining('someone/else'),
  });
});
