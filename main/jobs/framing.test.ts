// Protects: features of another part of the picture, or shared by still frames, are others, and those that were there are
// found again.
import { expect, test } from 'vitest';
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
