// Protects: whatever a person has corrected, by mistake or on purpose, proposals go on, with scores that are numbers, and
// learning either says in a word why it cannot or makes something that is whole.
import { copyFile, open, rm } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FeatureStore } from '#main/pipeline/feature-store/feature-store.ts';
import type { Correction } from '#main/pipeline/tune/training-shots.ts';
import { Failure } from '#preload/domain/failure.ts';
import { makeTestBench, type TestBench } from '../../testing/engine-test-bench.ts';
import type { EngineTasks } from '../tasks.ts';
import { embed } from './embed.ts';
import { EngineMemory } from './engine-memory.ts';
import { examineTask } from './examine.ts';
import { localiseTask } from './localise.ts';
import type { TaskContext } from './task-context.ts';
import { tuneTask } from './tune.ts';
import { english } from '#preload/domain/saying.ts';

const memory = new EngineMemory();
const context: TaskContext = { memory, signal: new AbortController().signal, report: () => undefined };
const second = 1_000_000;
const classes = [
  { classId: 7, prompt: 'throw discus' },
  { classId: 3, prompt: 'high jump' },
];
let bench: TestBench;
let asked: Omit<EngineTasks['tune']['input'], 'taught' | 'preset' | 'seed' | 'versionFile' | 'boundaryFile'>;
/** Two videos of the same features. */
const checksums = ['', 'copy'];

beforeAll(async () => {
  bench = await makeTestBench(12);
  checksums[0] = bench.media.checksum;
  const settings = { samplingFps: 4, templates: [], backgroundTexts: [] };
  asked = { model: bench.model, featuresFolder: path.join(bench.folder, 'features'), classes, settings };
  await embed({ ...asked, media: bench.media, samplingFps: 4 }, context);
  const [from, to] = await Promise.all(checksums.map(filesOf));
  await copyFile(from!.times, to!.times);
  await copyFile(from!.features, to!.features);
});
afterAll(async () => {
  await memory[Symbol.asyncDispose]();
  await rm(bench.folder, { recursive: true, force: true });
});

async function filesOf(checksum: string) {
  return new FeatureStore(asked.featuresFolder).filesOf(await memory.models.featureKey(checksum, asked.model, 4));
}
const mediaOf = (videoId: number) => ({ ...bench.media, checksum: checksums[videoId - 1]! });
const correction = (
  videoId: number,
  startS: number,
  classId: number,
  decision: Correction['decision'] = 'accepted',
): Correction => ({ videoId, startUs: startS * second, endUs: (startS + 2) * second, classId, decision });
function taughtBy(corrections: readonly Correction[], reviewedIds: readonly number[] = []) {
  const endUs = bench.media.frames.at(-1)!;
  return {
    versionFile: null,
    boundaryFile: null,
    corrections,
    reviewed: reviewedIds.map((videoId) => ({ videoId, span: { startUs: 0, endUs } })),
    videos: checksums.map((checksum, index) => ({ videoId: index + 1, name: `${index + 1}.mp4`, checksum, endUs })),
  };
}

/** Proposals of both videos are there, sound, and nothing is said against them. */
async function expectProposals(taught: ReturnType<typeof taughtBy>): Promise<void> {
  for (const videoId of [1, 2]) {
    const { segments, warnings } = await localiseTask({ ...asked, media: mediaOf(videoId), taught }, context);
    expect(warnings).toEqual([]);
    expect(segments.length).toBeGreaterThan(0);
    for (const { score, ranking } of segments) {
      expect(score > 0 && score <= 1).toBe(true);
      for (const { probability } of ranking) expect(probability >= 0 && probability <= 1).toBe(true);
    }
  }
}

/** What learning comes to: how it was judged, or the word against it. */
async function learned(taught: ReturnType<typeof taughtBy>): Promise<string> {
  const file = path.join(bench.folder, 'version.safetensors');
  const boundaryFile = path.join(bench.folder, 'edges.safetensors');
  try {
    const { prompts } = await tuneTask(
      { ...asked, taught, preset: 'quick', seed: 1, versionFile: file, boundaryFile },
      context,
    );
    return english(prompts.reason);
  } catch (error) {
    if (error instanceof Failure) return `${error.code}: ${error.message}`;
    throw error;
  }
}

const alternating = Array.from({ length: 2000 }, (_, index) => ({
  ...correction(1 + (index % 2), 0, index % 4 < 2 ? 7 : 3, index % 5 === 4 ? 'rejected' : 'accepted'),
  startUs: index * 5000,
  endUs: index * 5000 + 800_000,
}));

describe('corrections of all kinds', () => {
  it.each<[string, readonly Correction[], readonly number[], RegExp]>([
    ['one class only', [correction(1, 0, 7), correction(2, 4, 7)], [], /held-back videos|too few/u],
    [
      'rejections only',
      [correction(1, 0, 7, 'rejected'), correction(2, 4, 3, 'rejected')],
      [],
      /^nothing-to-do: There is nothing to learn from yet: accept or draw a segment/u,
    ],
    [
      'a class with rejections only',
      [correction(1, 0, 7), correction(1, 4, 3, 'rejected'), correction(2, 4, 7), correction(2, 8, 3, 'rejected')],
      [],
      /held-back videos|too few/u,
    ],
    ['the same clip twice', [correction(1, 0, 7), correction(1, 0, 7), correction(1, 4, 3)], [], /too few/u],
    [
      'contradictory labels',
      [
        correction(1, 0, 7),
        correction(1, 0, 3),
        correction(1, 0, 7, 'rejected'),
        correction(2, 0, 3),
        correction(2, 0, 7, 'rejected'),
      ],
      [1],
      /held-back videos|too few/u,
    ],
  ])('%s', async (_, corrections, reviewedIds, word) => {
    const taught = taughtBy(corrections, reviewedIds);
    await expectProposals(taught);
    await expect(examineTask({ ...asked, taught }, context)).resolves.toMatchObject({ missing: [] });
    expect(await learned(taught)).toMatch(word);
  });

  it('2,000 of them in 24 seconds of film', async () => {
    await expectProposals(taughtBy(alternating, [1, 2]));
  });

  it('in a video whose features hold no numbers: that is told once, and it teaches nothing', async () => {
    const { features } = await filesOf(checksums[1]!);
    const fresh = new EngineMemory();
    await using disposed = fresh;
    const anew: TaskContext = { ...context, memory: disposed };
    const taught = taughtBy([correction(1, 0, 7), correction(1, 4, 3), correction(2, 2, 3)]);
    const without = { ...taught, videos: taught.videos.slice(0, 1), corrections: taught.corrections.slice(0, 2) };
    const alone = await localiseTask({ ...asked, media: mediaOf(1), taught: without }, anew);
    {
      await using file = await open(features, 'r+');
      await file.write(Buffer.from(Float32Array.of(Number.NaN).buffer), 0, 4, 128 + 40);
    }
    // That they are damaged is told once; then the video is one without features.
    await expect(localiseTask({ ...asked, media: mediaOf(1), taught }, anew)).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringContaining('was damaged; it is set aside'),
    });
    const found = await localiseTask({ ...asked, media: mediaOf(1), taught }, anew);
    expect(found.segments).toEqual(alone.segments);
    expect(found.warnings).toEqual([]);
    await expect(localiseTask({ ...asked, media: mediaOf(2), taught }, anew)).rejects.toMatchObject({
      code: 'not-found',
    });
  });
});
