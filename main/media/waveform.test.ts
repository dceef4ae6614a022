// The waveform is loud where the sound is, at the video's own times, and null where there is no sound.
import path from 'node:path';
import { expect, test } from 'vitest';
import { writeNumberedClip } from '#e2e/clips/numbered-clip.ts';
import { writeToneBursts } from '#e2e/clips/tone-bursts.ts';
import { FrameTable } from '#preload/domain/frame-table.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { packReadingNotes, plainReading } from './reading-notes.ts';
import { readWaveform } from './waveform.ts';

const until = (endUs: number): FrameTable => new FrameTable(Float64Array.of(0), endUs);

test('peaks fall into the buckets of their times', async () => {
  const file = path.join(temporaryFolder(), 'sound.wav');
  writeToneBursts(file, 2, [
    [0.5, 0.7],
    [1.6, 1.8],
  ]);
  const peaks = (await readWaveform(file, until(2_000_000), { buckets: 20 }))!;
  const loud = Array.from({ length: 20 }, (_, bucket) => bucket).filter((bucket) => peaks[bucket * 2 + 1]! > 0.01);
  expect(loud).toEqual([5, 6, 16, 17]);
  expect(peaks[10]).toBeCloseTo(-20_000 / 32_768, 2);
  expect(peaks[11]).toBeCloseTo(20_000 / 32_768, 2);
});

test('sound moves with the pictures where the clock of the file starts over', async () => {
  const file = path.join(temporaryFolder(), 'sound.wav');
  writeToneBursts(file, 2, [[0.5, 0.7]]);
  const notes = packReadingNotes({ ...plainReading, clockShifts: [{ position: 0, addUs: 1_000_000 }] });
  const peaks = (await readWaveform(file, new FrameTable(Float64Array.of(0), 2_000_000, notes), { buckets: 20 }))!;
  expect([...peaks.keys()].filter((at) => at % 2 === 1 && peaks[at]! > 0.01).map((at) => at >> 1)).toEqual([15, 16]);
});

test('sound beyond the end of the pictures is left out', async () => {
  const file = path.join(temporaryFolder(), 'sound.wav');
  writeToneBursts(file, 2, [
    [0, 0.1],
    [1.5, 2],
  ]);
  const peaks = (await readWaveform(file, until(1_000_000), { buckets: 4 }))!;
  expect([...peaks].map((value) => Math.abs(value) > 0.1)).toEqual([
    true,
    true,
    ...Array.from({ length: 6 }, () => false),
  ]);
});

test('null without sound; cancelled when asked', async () => {
  const folder = temporaryFolder();
  const [silent, sound] = [path.join(folder, 'clip.mp4'), path.join(folder, 'sound.wav')];
  await writeNumberedClip(silent, { startsUs: [0, 40_000] });
  writeToneBursts(sound, 1, []);
  expect(await readWaveform(silent, until(80_000), { buckets: 4 })).toBeNull();
  const cancelled = readWaveform(sound, until(1_000_000), { buckets: 4, signal: AbortSignal.abort() });
  await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' });
});
