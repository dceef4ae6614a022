// Protects: a job that waits for a server says so, and goes on at once where the person chooses something else to compute
// on; one that is at a silent server holds up neither that nor the end of the project.
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { playInferenceServer } from '#e2e/models/inference-server.ts';
import { inferenceServer } from '#preload/domain/inference-server.ts';
import { english } from '#preload/domain/saying.ts';
import { ended, openProjectStudio } from '../testing/open-studio.ts';

const serverAt = (address: string) => inferenceServer.parse({ address, model: 'lab' });

test('what waits for a server goes on elsewhere once that is chosen', async () => {
  const studio = await openProjectStudio(['jump']);
  const [videoId] = await studio.addVideos({ 'a.mp4': 'a: 30' });
  await studio.useModel();
  await studio.client.studio.changeSettings({ provider: 'remote', server: serverAt('http://127.0.0.1:9') });
  const { jobIds } = await studio.client.analysis.propose({ videoIds: [videoId!] });
  const [job] = jobIds;
  const stepOf = async () => english((await studio.client.jobs.list()).find(({ id }) => id === job)!.step);
  await expect.poll(stepOf, { timeout: 30_000 }).toMatch(/^waiting for 127\.0\.0\.1:9: nothing listens/);
  await studio.client.studio.changeSettings({ provider: 'cpu' });
  expect(await ended(studio, jobIds)).toMatchObject([{ state: 'done' }]);
}, 60_000);

test('a project at a silent server closes, and its request is cut', async () => {
  const studio = await openProjectStudio(['jump']);
  const [videoId] = await studio.addVideos({ 'a.mp4': 'a: 30' });
  await studio.useModel();
  const out = join(studio.folder, 'repository');
  const folder = join(studio.folder, 'tiny-clip');
  // Its frames and texts are written; X-CLIP's parts on it are not, and it is said.
  expect(await studio.engine.run('exportModel', { folder, name: 'lab', precision: 'fp32', out })).toMatchObject({
    models: [{ piece: 'frames' }, { piece: 'texts' }],
    leavesOutClips: true,
  });
  await using server = await playInferenceServer('http', out);
  server.spoilt = { silent: true };
  await studio.client.studio.changeSettings({ provider: 'remote', server: serverAt(server.address) });
  await studio.client.analysis.propose({ videoIds: [videoId!] });
  await expect.poll(() => server.held, { timeout: 30_000 }).toBe(1);
  await studio.client.projects.close();
  await expect.poll(() => server.cut, { timeout: 30_000 }).toBe(1);
}, 60_000);

test('what was begun without its token begins anew with it', async () => {
  const studio = await openProjectStudio(['jump']);
  const [videoId] = await studio.addVideos({ 'a.mp4': 'a: 30' });
  await studio.useModel();
  const out = join(studio.folder, 'repository');
  await studio.engine.run('exportModel', {
    folder: join(studio.folder, 'tiny-clip'),
    name: 'lab',
    precision: 'fp32',
    out,
  });
  await using server = await playInferenceServer('http', out);
  server.spoilt = { silent: true };
  await studio.client.studio.changeSettings({ provider: 'remote', server: serverAt(server.address) });
  const { jobIds } = await studio.client.analysis.propose({ videoIds: [videoId!] });
  await expect.poll(() => server.held, { timeout: 30_000 }).toBe(1);
  server.spoilt = {};
  await studio.client.studio.setServerToken({ token: 'secret-2' });
  expect(await ended(studio, jobIds)).toMatchObject([{ state: 'done' }]);
  expect(server.authorization).toBe('Bearer secret-2');
}, 60_000);
