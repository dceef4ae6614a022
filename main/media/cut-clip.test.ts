// Protects: a clip holds the very frames of its span, each at its time, with the sound of the span, whether copied or encoded.
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { readNumber, writeNumberedClip } from '#e2e/clips/numbered-clip.ts';
import { timeVariants } from '#e2e/clips/time-variants.ts';
import { writeToneBursts } from '#e2e/clips/tone-bursts.ts';
import type { FrameTable } from '#preload/domain/frame-table.ts';
import { FrameTable as Table } from '#preload/domain/frame-table.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { openAudioTrack } from './audio-track.ts';
import type { FrameSpan } from './copy-clip.ts';
import { cutClip, type CutOptions } from './cut-clip.ts';
import { openFrameSource } from './frame-source.ts';
import { probeVideo } from './probe-video.ts';
import { readWaveform } from './waveform.ts';
import { writePictures } from './write-pictures.ts';

interface Shown {
  readonly number: number | null;
  readonly rgb: Uint8Array;
}

async function shownIn(file: string, table: FrameTable, { startFrame, endFrame }: FrameSpan): Promise<Shown[]> {
  await using source = await openFrameSource(file, table);
  const shown: Shown[] = [];
  const indices = Array.from({ length: endFrame - startFrame }, (_, index) => startFrame + index);
  for await (using frame of source.framesAtIndices(indices)) {
    shown.push({ number: readNumber(frame.rgb, frame.width, frame.height, 3), rgb: Uint8Array.from(frame.rgb) });
  }
  return shown;
}

/** Cuts, and holds every frame of the clip against the film. */
async function cutAndCompare(file: string, table: FrameTable, span: FrameSpan, options: Partial<CutOptions> = {}) {
  const clip = path.join(temporaryFolder(), 'clip.mp4');
  const report = await cutClip(file, table, span, clip, { mayCopy: true, ...options });
  const { frameTable } = await probeVideo(clip);
  const zeroUs = table.startUs(span.startFrame);
  const times = table.toArray().slice(span.startFrame, span.endFrame + 1);
  expect(frameTable.toArray()).toEqual(times.map((us) => us - zeroUs));
  const made = await shownIn(clip, frameTable, { startFrame: 0, endFrame: frameTable.frameCount });
  const original = await shownIn(file, table, span);
  expect(made.map(({ number }) => number)).toEqual(original.map(({ number }) => number));
  expect(original.every(({ number }) => number !== null)).toBe(true);
  const isSame = made.every(({ rgb }, index) => Buffer.compare(rgb, original[index]!.rgb) === 0);
  if (report.how === 'copied') expect(isSame).toBe(true);
  return report;
}

describe('frame by frame', () => {
  test.each(Object.entries(timeVariants))('%s', async (_, { clip }) => {
    const file = path.join(temporaryFolder(), 'film.mp4');
    await writeNumberedClip(file, clip);
    const { frameTable } = await probeVideo(file);
    const last = frameTable.frameCount;
    for (const [startFrame, endFrame] of [
      [0, last],
      [0, 7],
      [5, 6],
      [12, 24],
      [13, 38],
      [last - 1, last],
    ] as const)
      await cutAndCompare(file, frameTable, { startFrame, endFrame });
  });

  test('a cut at keyframes is copied; between them, or where a frame needs one outside, it is encoded and said why', async () => {
    const file = path.join(temporaryFolder(), 'film.mp4');
    const startsUs = Array.from({ length: 60 }, (_, index) => Math.round((index * 1e6) / 30));
    await writeNumberedClip(file, {
      startsUs,
      bFrames: 3,
      gop: 12,
      encoder: { 'x264-params': 'scenecut=0:b-adapt=0' },
    });
    const { frameTable } = await probeVideo(file);
    const cut = async (startFrame: number, endFrame: number, options?: Partial<CutOptions>) =>
      cutAndCompare(file, frameTable, { startFrame, endFrame }, options);
    expect(await cut(12, 24)).toMatchObject({ how: 'copied', why: null });
    expect(await cut(0, 60)).toMatchObject({ how: 'copied' });
    expect(await cut(13, 24)).toMatchObject({ how: 'encoded', why: 'it begins between keyframes' });
    expect(await cut(12, 14)).toMatchObject({ how: 'encoded', why: 'it needs pictures that lie outside of it' });
    expect(await cut(12, 24, { mayCopy: false })).toMatchObject({ how: 'encoded', why: null });
  });
});

describe('films of other kinds', () => {
  test.each(['bframes.avi', 'long-gop.mpegts', 'hidden.webm', 'joined.mkv', 'interlaced.mp4', 'intra-refresh.mp4'])(
    '%s',
    async (name) => {
      const file = path.join(import.meta.dirname, 'fixtures', name);
      const { frameTable } = await probeVideo(file);
      const half = Math.floor(frameTable.frameCount / 2);
      for (const span of [
        { startFrame: 0, endFrame: frameTable.frameCount },
        { startFrame: half, endFrame: Math.min(frameTable.frameCount, half + 5) },
      ]) {
        const clip = path.join(temporaryFolder(), 'clip.mp4');
        const { how } = await cutClip(file, frameTable, span, clip, { mayCopy: true });
        const made = (await probeVideo(clip)).frameTable;
        const zeroUs = frameTable.startUs(span.startFrame);
        expect(made.startsUs()).toEqual(
          frameTable
            .startsUs()
            .slice(span.startFrame, span.endFrame)
            .map((us) => us - zeroUs),
        );
        expect(made.lastEndUs).toBe(frameTable.endUs(span.endFrame - 1) - zeroUs);
        const shown = await shownIn(clip, made, { startFrame: 0, endFrame: made.frameCount });
        const original = await shownIn(file, frameTable, span);
        const difference = (a: Uint8Array, b: Uint8Array): number =>
          a.reduce((sum, value, at) => sum + Math.abs(value - b[at]!), 0) / a.length;
        const even = shown[0]!.rgb.length === original[0]!.rgb.length;
        if (even)
          for (const [index, { rgb }] of shown.entries())
            expect(difference(rgb, original[index]!.rgb)).toBeLessThanOrEqual(how === 'copied' ? 0 : 6);
      }
    },
  );
});

test.each([true, false])('the sound is that of the span (copied: %s)', async (mayCopy) => {
  const folder = temporaryFolder();
  const at = (name: string): string => path.join(folder, name);
  writeToneBursts(at('sound.wav'), 6, [[3.5, 3.75]]);
  const startsUs = Array.from({ length: 150 }, (_, index) => index * 40_000);
  {
    await using audio = await openAudioTrack(at('sound.wav'), { fromUs: 0, untilUs: 6_000_000 });
    await writeNumberedClip(at('film.mp4'), { startsUs, gop: 25, audio, encoder: { 'x264-params': 'scenecut=0' } });
  }
  const { frameTable } = await probeVideo(at('film.mp4'));
  const span = { startFrame: 75, endFrame: 125 };
  const report = await cutAndCompare(at('film.mp4'), frameTable, span, { mayCopy });
  expect(report.how).toBe(mayCopy ? 'copied' : 'encoded');
  await cutClip(at('film.mp4'), frameTable, span, at('clip.mp4'), { mayCopy });
  const peaks = (await readWaveform(at('clip.mp4'), new Table(Float64Array.of(0), 2_000_000), { buckets: 40 }))!;
  const loud = Array.from({ length: 40 }, (_, bucket) => bucket).filter((bucket) => peaks[bucket * 2 + 1]! > 0.3);
  // Half a second into the clip, in buckets of 50 ms, and at most one more at either end.
  expect(loud).toEqual(expect.arrayContaining([10, 11, 12, 13, 14]));
  expect(loud.every((bucket) => bucket >= 9 && bucket <= 15)).toBe(true);
});

test('pictures of a span are its frames, from 1', async () => {
  const folder = temporaryFolder();
  const file = path.join(folder, 'film.mp4');
  await writeNumberedClip(file, timeVariants['variable frame rate']!.clip);
  const { frameTable } = await probeVideo(file);
  for (const kind of ['jpg', 'png'] as const) {
    const out = path.join(folder, kind);
    const made = await writePictures(file, frameTable, { startFrame: 20, endFrame: 33 }, out, kind, {});
    expect(made.lostFrames).toBe(0);
    const names = readdirSync(out).toSorted();
    expect(names).toHaveLength(13);
    expect(names[0]).toBe(`img_00001.${kind}`);
    const pictures = (await probeVideo(out)).frameTable;
    const shown = await shownIn(out, pictures, { startFrame: 0, endFrame: 13 });
    expect(shown.map(({ number }) => number)).toEqual(Array.from({ length: 13 }, (_, index) => 20 + index));
  }
});

test('a cancelled cut leaves nothing', async () => {
  const folder = temporaryFolder();
  const file = path.join(folder, 'film.mp4');
  await writeNumberedClip(file, timeVariants['30 fps with B-frames']!.clip);
  const { frameTable } = await probeVideo(file);
  const abort = new AbortController();
  const cut = cutClip(file, frameTable, { startFrame: 3, endFrame: 50 }, path.join(folder, 'clip.mp4'), {
    mayCopy: true,
    signal: abort.signal,
    onProgress: (share) => share > 0.3 && abort.abort(),
  });
  await expect(cut).rejects.toMatchObject({ code: 'cancelled' });
  expect(readdirSync(folder)).toEqual(['film.mp4']);
});
