// Protects: features of another part of the picture, or shared by still frames, are others, and those that were there are
// found again.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readNpy } from '../pipeline/feature-store/npy.ts';
import { ended, openProjectStudio } from '../testing/open-studio.ts';

test('a project that looks elsewhere computes anew, and going back costs nothing', async () => {
  const studio = await openProjectStudio(['jump']);
  const [videoId] = await studio.addVideos({ 'a.mp4': 'a: 30' });
  await studio.useModel();
  const embedded = async () => (await studio.client.videos.list())[0]!.embedded;
  const propose = async () => {
    const { jobIds } = await studio.client.analysis.propose({ videoIds: [videoId!] });
    expect(await ended(studio, jobIds)).toMatchObject([{ state: 'done' }]);
  };
  await propose();
  expect(await embedded()).toBe(true);
  await studio.client.projects.changeSettings({ framing: 'moving' });
  expect(await embedded()).toBe(false);
  await propose();
  expect(await embedded()).toBe(true);
  await studio.client.projects.changeSettings({ framing: 'middle' });
  expect(await embedded()).toBe(true);
  await studio.client.projects.changeSettings({ shareStill: true });
  expect(await embedded()).toBe(false);
  await propose();
  expect(await embedded()).toBe(true);
});

test('features that are wanted in half precision are made of those that are there, without the video', async () => {
  const studio = await openProjectStudio(['jump']);
  const [videoId] = await studio.addVideos({ 'a.mp4': 'a: 30' });
  await studio.useModel();
  const features = join(studio.folder, 'demo.cuepoint', 'features');
  const propose = async () => {
    const { jobIds } = await studio.client.analysis.propose({ videoIds: [videoId!] });
    expect(await ended(studio, jobIds)).toMatchObject([{ state: 'done' }]);
    return readdirSync(features).filter((name) => /fps-[0-9a-f]+\.npy$/.test(name));
  };
  const [whole] = await propose();
  const before = readNpy(readFileSync(join(features, whole!)), whole!);
  await studio.client.projects.changeSettings({ featureNumbers: 'float16' });
  expect((await studio.client.videos.list())[0]!.embedded).toBe(false);
  const kept = await propose();
  expect(kept).toHaveLength(1);
  expect(kept).not.toContain(whole);
  const after = readNpy(readFileSync(join(features, kept[0]!)), kept[0]!);
  expect(after).toEqual({ ...before, data: Float32Array.from(new Float16Array(before.data)) });
  expect((await studio.client.videos.list())[0]!.embedded).toBe(true);
});
