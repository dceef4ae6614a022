// A proxy shows the same frame at the same microsecond as its original, with the sound in step, or does not exist.
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { readNumber, writeNumberedClip } from '#e2e/clips/numbered-clip.ts';
import { timeVariants } from '#e2e/clips/time-variants.ts';
import { writeToneBursts } from '#e2e/clips/tone-bursts.ts';
import { FrameTable } from '#preload/domain/frame-table.ts';
import { sharedSample, sharedSamples } from '#e2e/shared-samples.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { readAudio } from './audio-samples.ts';
import { openAudioTrack } from './audio-track.ts';
import { openFrameSource } from './frame-source.ts';
import { makeProxy } from './make-proxy.ts';
import { probeVideo } from './probe-video.ts';
import { readWaveform } from './waveform.ts';

describe('the same frame table', () => {
  test.each(Object.entries(timeVariants))('%s', async (_, { clip, shown }) => {
    const folder = temporaryFolder();
    const [file, copy] = ['original.mp4', 'proxy.mp4'].map((name) => path.join(folder, name)) as [string, string];
    await writeNumberedClip(file, clip);
    const { frameTable } = await probeVideo(file);
    const shares: number[] = [];
    const report = await makeProxy(file, frameTable, copy, { onProgress: (share) => shares.push(share) });
    const probe = await probeVideo(copy);
    expect(probe.frameTable.toArray()).toEqual(frameTable.toArray());
    expect(probe).toMatchObject({
      browserPlayable: true,
      rotation: 0,
      sampleAspectRatio: [1, 1],
      width: 192,
      height: 128,
    });
    expect(report).toEqual({ lostFrames: 0, damagedPackets: 0, hasAudio: false });
    expect(shares.at(-1)).toBe(1);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));

    await using source = await openFrameSource(copy, probe.frameTable);
    const numbers: (number | null)[] = [];
    for await (using frame of source.framesAtIndices(shown.keys())) {
      numbers.push(readNumber(frame.rgb, frame.width, frame.height, 3));
    }
    expect(numbers).toEqual(shown);
  });
});

test('sound stays in step with the pictures', async () => {
  const folder = temporaryFolder();
  const at = (name: string): string => path.join(folder, name);
  writeToneBursts(at('sound.wav'), 3, [
    [1, 1.25],
    [2.5, 2.75],
  ]);
  const startsUs = Array.from({ length: 75 }, (_, index) => 120_000 + index * 40_000);
  {
    await using audio = await openAudioTrack(at('sound.wav'), { fromUs: 0, untilUs: 3_000_000 });
    await writeNumberedClip(at('original.mp4'), { startsUs, audio });
  }
  const { frameTable } = await probeVideo(at('original.mp4'));
  const report = await makeProxy(at('original.mp4'), frameTable, at('proxy.mp4'));
  expect(report.hasAudio).toBe(true);
  expect((await probeVideo(at('proxy.mp4'))).frameTable.toArray()).toEqual(frameTable.toArray());
  for (const name of ['original.mp4', 'proxy.mp4']) {
    const peaks = (await readWaveform(at(name), new FrameTable(Float64Array.of(0), 3_000_000), { buckets: 60 }))!;
    const loud = Array.from({ length: 60 }, (_, bucket) => bucket).filter((bucket) => peaks[bucket * 2 + 1]! > 0.3);
    // Buckets of 50 ms: those of the bursts, and at most one more at each end for the codec's own blur.
    expect(loud).toEqual(expect.arrayContaining([20, 21, 22, 23, 24, 50, 51, 52, 53, 54]));
    expect(loud.every((bucket) => (bucket >= 19 && bucket <= 25) || (bucket >= 49 && bucket <= 55))).toBe(true);
  }
});

test.each([
  ['goes on after half an hour', 1800, [5, 6, 18_015, 18_016]],
  ['is said to go on in a day, when all pictures are over', 86_400, [5, 6]],
])('sound that %s takes no more room for it, and stays in step', async (_, gapSeconds, loud) => {
  const at = (name: string): string => path.join(folder, name);
  const folder = temporaryFolder();
  writeToneBursts(at('sound.wav'), 2, [
    [0.5, 0.7],
    [1.5, 1.7],
  ]);
  // From the byte on at which its second second begins.
  const clockShifts = [{ position: 96_044, addUs: gapSeconds * 1_000_000 }];
  const gapUs = 1_800_000_000;
  const startsUs = Array.from({ length: 50 }, (_frame, index) => index * 40_000 + (index < 25 ? 0 : gapUs));
  {
    await using audio = await openAudioTrack(at('sound.wav'), { fromUs: 0, untilUs: 0 }, { clockShifts });
    await writeNumberedClip(at('original.mp4'), { startsUs, audio });
  }
  const { frameTable } = await probeVideo(at('original.mp4'));
  await makeProxy(at('original.mp4'), frameTable, at('proxy.mp4'));
  expect((await probeVideo(at('proxy.mp4'))).frameTable.toArray()).toEqual(frameTable.toArray());
  for (const name of ['original.mp4', 'proxy.mp4']) {
    // A second of silence is some 400 bytes in AAC, and half an hour of it more than half a megabyte.
    expect(statSync(at(name)).size).toBeLessThan(300_000);
    const table = new FrameTable(Float64Array.of(0), gapUs + 2_000_000);
    const peaks = (await readWaveform(at(name), table, { buckets: 18_020 }))!;
    const heard = Array.from({ length: 18_020 }, (_bucket, index) => index).filter(
      (index) => peaks[index * 2 + 1]! > 0.3,
    );
    expect(heard.filter((bucket) => loud.includes(bucket))).toEqual(loud);
    expect(heard.every((bucket) => loud.some((one) => Math.abs(one - bucket) <= 1))).toBe(true);
  }
});

test('sound with a hole of many minutes keeps its time past it, and so do the pictures', async () => {
  const file = path.join(import.meta.dirname, 'fixtures', 'sound-hole.mkv');
  const out = path.join(temporaryFolder(), 'hole.mp4');
  const { frameTable } = await probeVideo(file);
  await makeProxy(file, frameTable, out);
  expect((await probeVideo(out)).frameTable.startsUs()).toEqual(frameTable.startsUs());
  const startsUs: number[] = [];
  for await (const { startUs } of readAudio(out, { channels: 1 })) startsUs.push(startUs);
  // A second of silence beside either end of the hole, and none within.
  expect(startsUs.filter((us) => us > 3_000_000 && us < 697_000_000)).toEqual([]);
  expect(Math.max(...startsUs)).toBeGreaterThan(700_000_000);
});

test('cancelling leaves nothing behind', async () => {
  const folder = temporaryFolder();
  const file = path.join(folder, 'original.mp4');
  await writeNumberedClip(file, { startsUs: Array.from({ length: 60 }, (_, index) => index * 40_000) });
  const { frameTable } = await probeVideo(file);
  const abort = new AbortController();
  const onProgress = (share: number): void => {
    if (share > 0.3) abort.abort();
  };
  const proxy = makeProxy(file, frameTable, path.join(folder, 'proxy.mp4'), { signal: abort.signal, onProgress });
  await expect(proxy).rejects.toMatchObject({ code: 'cancelled' });
  expect(readdirSync(folder)).toEqual(['original.mp4']);
});

const fixtures = ['packed-bframes.avi', 'bframes.avi', 'joined.mpegts', 'hidden.webm', 'raw-bframes.hevc', 'alpha.mov'];
const samples = [
  'action/mmaction2_applying_eye_makeup.avi',
  'action/mmtracking_demo.mp4',
  'odd/decord_corrupted.mp4',
  'odd/decord_video_90.mov',
];

describe('files of other programs', () => {
  test.each([
    ...fixtures.map((name) => path.join(import.meta.dirname, 'fixtures', name)),
    ...(sharedSamples ? samples.map((name) => sharedSample('video', name)) : []),
  ])('%s', async (file) => {
    const copy = path.join(temporaryFolder(), 'proxy.mp4');
    const original = await probeVideo(file);
    const { hasAudio } = await makeProxy(file, original.frameTable, copy);
    const probe = await probeVideo(copy);
    expect(hasAudio).toBe(original.hasAudio);
    expect(probe.frameTable.startsUs()).toEqual(original.frameTable.startsUs());
    expect(probe.frameTable.lastEndUs).toBe(original.frameTable.lastEndUs);
    expect(probe.browserPlayable).toBe(true);
    expect(probe.width).toBeLessThanOrEqual(1280);
  });
});
