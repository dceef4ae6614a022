// Protects: a tone stands in its band at its time, at every level of detail, and silence and missing sound are told apart.
import path from 'node:path';
import { expect, test } from 'vitest';
import { writeNumberedClip } from '#e2e/clips/numbered-clip.ts';
import { writeToneBursts } from '#e2e/clips/tone-bursts.ts';
import { FrameTable } from '#preload/domain/frame-table.ts';
import { spectrogramColumnUs, spectrogramTile, spectrogramTileSpan } from '#preload/domain/spectrogram.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { readSpectrogram } from './spectrogram.ts';

const { columns, bands } = spectrogramTile;
const until = (endUs: number): FrameTable => new FrameTable(Float64Array.of(0), endUs);

/** The loudest band of each column, and how loud it is. */
const loudest = (tile: Uint8Array) =>
  Array.from({ length: columns }, (_, column) => {
    const own = [...tile.subarray(column * bands, (column + 1) * bands)];
    const value = Math.max(...own);
    return { band: own.indexOf(value), value };
  });

/** Seconds at which columns are loud. */
const loudS = (tile: Uint8Array, level: number, index: number): number[] =>
  loudest(tile).flatMap(({ value }, column) =>
    value > 200 ? (spectrogramTileSpan(level, index).startUs + (column + 0.5) * spectrogramColumnUs(level)) / 1e6 : [],
  );

test('a tone of 440 Hz stands in one band while it sounds', async () => {
  const file = path.join(temporaryFolder(), 'sound.wav');
  writeToneBursts(file, 6, [
    [0.5, 1],
    [4.5, 5],
  ]);
  const table = until(6_000_000);
  for (const level of [0, 1, 2, 3]) {
    const times: number[] = [];
    const seen = new Set<number>();
    const tiles = Math.ceil(6_000_000 / (spectrogramColumnUs(level) * columns));
    for (let tile = 0; tile < tiles; tile += 1) {
      const read = (await readSpectrogram(file, table, { level, tile }))!;
      times.push(...loudS(read, level, tile));
      for (const { band, value } of loudest(read)) if (value > 200) seen.add(band);
    }
    const slackS = spectrogramColumnUs(level) / 1e6 + 0.05;
    for (const timeS of times)
      expect([timeS > 0.5 - slackS && timeS < 1 + slackS, timeS > 4.5 - slackS && timeS < 5 + slackS]).toContain(true);
    expect(times.filter((timeS) => timeS < 2).length).toBeGreaterThan(0);
    expect(times.filter((timeS) => timeS > 4).length).toBeGreaterThan(0);
    // 440 Hz is 549 of 3,176 mel.
    expect([...seen]).toEqual([11]);
  }
});

test('a tile of silence is empty, one of a film without sound is none, and a cancelled one stops', async () => {
  const folder = temporaryFolder();
  const [silent, sound] = [path.join(folder, 'clip.mp4'), path.join(folder, 'sound.wav')];
  await writeNumberedClip(silent, { startsUs: [0, 40_000] });
  writeToneBursts(sound, 1, []);
  expect(await readSpectrogram(silent, until(80_000), { level: 0, tile: 0 })).toBeNull();
  expect(new Set(await readSpectrogram(sound, until(1_000_000), { level: 0, tile: 0 }))).toEqual(new Set([0]));
  const cancelled = readSpectrogram(sound, until(1_000_000), { level: 0, tile: 0, signal: AbortSignal.abort() });
  await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' });
});

test('a long tile tells how far its sound was read', async () => {
  const file = path.join(temporaryFolder(), 'sound.wav');
  writeToneBursts(file, 120, []);
  const told: number[] = [];
  await readSpectrogram(file, until(120_000_000), { level: 12, tile: 0, onProgress: (share) => told.push(share) });
  expect(told.length).toBeGreaterThan(0);
  expect(told.every((share, at) => share > (told[at - 1] ?? 0) && share <= 1)).toBe(true);
});
