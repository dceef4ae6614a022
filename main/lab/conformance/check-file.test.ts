// The whole check on a clip made here, with a player that is right and one that is a frame late.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { numberedPicture, writeNumberedClip } from '#e2e/clips/numbered-clip.ts';
import { checkFile, isRight, type AskPlayer } from './check-file.ts';
import { conformancePage } from './conformance-table.ts';
import { signatureOf } from './picture-signature.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'cuepoint-conformance-test-'));
const clip = path.join(folder, 'clip.mp4');
const frameUs = 40_000;
beforeAll(() =>
  writeNumberedClip(clip, { startsUs: Array.from({ length: 30 }, (_, index) => index * frameUs), bFrames: 2, gop: 12 }),
);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const playerLateBy =
  (frames: number): AskPlayer =>
  (_, timesUs) => {
    const shown = timesUs.map((us) => Math.max(0, Math.floor(us / frameUs) - frames));
    return Promise.resolve({
      signatures: shown.map((number) => signatureOf(numberedPicture(number, 192, 128), 192, 128)),
      timesUs: shown.map((number) => number * frameUs),
    });
  };

it('finds a good clip right, and tells how much was looked at', async () => {
  const verdict = await checkFile(clip, 1, playerLateBy(0));
  expect(verdict).toMatchObject({ refusal: null, frames: 30, wrongPictures: 0, wrongAccesses: 0, playerDiffers: 0 });
  expect(verdict.accesses).toBeGreaterThan(200);
  expect(isRight(verdict)).toBe(true);
});

it('finds a player that is a frame late', async () => {
  const verdict = await checkFile(clip, 1, playerLateBy(1));
  expect(verdict.playerDiffers).toBeGreaterThan(20);
  expect(isRight(verdict)).toBe(false);
});

it('tells a refusal in the product’s words, in the page too', async () => {
  const file = path.join(folder, 'no-video.mp4');
  writeFileSync(file, 'this is no video');
  const verdict = await checkFile(file, 1, null);
  expect(verdict.refusal).toContain('no-video.mp4');
  expect(conformancePage(folder, [verdict], 'none', 'none')).toContain('| no-video.mp4 |');
});
