// Protects: a project that is opened again knows at once what it knew: proposals and what learning knows of them come
// from the disk, exactly as they were computed; what is damaged there is computed anew, with a word.
import { readdirSync, truncateSync, writeFileSync } from 'node:fs';
import { chmod, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { makeTinyCheckpoint } from '#e2e/models/tiny-checkpoint.ts';
import { FeatureStore } from '#main/pipeline/feature-store/feature-store.ts';
import { writeNpy } from '#main/pipeline/feature-store/npy.ts';
import { syntheticWorld } from '#main/pipeline/propose/synthetic-video.ts';
import type { EngineTasks } from '../tasks.ts';
import { EngineMemory } from '../tasks/engine-memory.ts';
import { learnAheadTask } from '../tasks/learn-ahead.ts';
import { localiseTask } from '../tasks/localise.ts';
import { english } from '#preload/domain/saying.ts';

type Input = EngineTasks['localise']['input'];
const settings = { samplingFps: 4, templates: [], backgroundTexts: [] };
const classes = ['high jump', 'throw discus', 'diving'].map((prompt, index) => ({ classId: index + 1, prompt }));
const checksums = ['first', 'second', 'third'];
const engine = new EngineMemory();
let models: string;
let model: Input['model'];
let project: string;
let asked: Input;

beforeAll(async () => {
  models = await mkdtemp(path.join(tmpdir(), 'cuepoint-stages-models-'));
  model = { folder: await makeTinyCheckpoint(path.join(models, 'tiny')), provider: 'cpu' };
});
beforeEach(async () => {
  project = await mkdtemp(path.join(tmpdir(), 'cuepoint-stages-'));
  const featuresFolder = path.join(project, 'features');
  const { dim } = await engine.models.facts(model);
  const world = syntheticWorld({ dim, durationS: 60 });
  const store = new FeatureStore(featuresFolder);
  const videos = [];
  const corrections = [];
  for (const [index, checksum] of checksums.entries()) {
    const { video, endUs, actions } = world.video(index + 1);
    await using appender = await store.append(await engine.models.featureKey(checksum, model, 4), dim);
    await appender.append(video.features, video.timesUs);
    await appender.finish();
    videos.push({ videoId: index + 1, name: `${checksum}.mp4`, checksum, endUs });
    for (const [at, { startUs, endUs: end }] of actions.slice(0, 3).entries())
      corrections.push({ videoId: index + 1, startUs, endUs: end, classId: at + 1, decision: 'accepted' as const });
  }
  asked = {
    media: { path: '/films/first.mp4', checksum: 'first', frames: Float64Array.of(0, 60_000_000) },
    model,
    featuresFolder,
    classes,
    settings,
    taught: { versionFile: null, boundaryFile: null, corrections, reviewed: [], videos },
  };
});
afterEach(() => rm(project, { recursive: true, force: true }));
afterAll(async () => {
  await engine[Symbol.asyncDispose]();
  await rm(models, { recursive: true });
});

/** Localises in a program that was just started, and counts whose features it reads. */
async function freshly(input: Input) {
  await using memory = new EngineMemory();
  const opened = vi.spyOn(memory.videos, 'of');
  const found = await localiseTask(input, { memory, signal: new AbortController().signal, report: () => undefined });
  return { ...found, read: new Set(opened.mock.calls.map(([, { videoChecksum }]) => videoChecksum)).size };
}
const stages = (mark = '-stage-'): string[] => readdirSync(asked.featuresFolder).filter((name) => name.includes(mark));

describe('what was computed of videos', () => {
  it('is the same from the disk, without a feature being read', async () => {
    const first = await freshly(asked);
    expect(first).toMatchObject({ read: 3, warnings: [] });
    expect(first.segments.length).toBeGreaterThan(0);
    expect(await freshly(asked)).toEqual({ ...first, read: 0 });
  });

  it('is added to by a new shot, from the features of its own video alone', async () => {
    await freshly(asked);
    const { corrections, ...rest } = asked.taught!;
    const shot = { videoId: 2, startUs: 1_300_000, endUs: 2_900_000, classId: 1, decision: 'accepted' as const };
    const more = { ...asked, taught: { ...rest, corrections: [...corrections, shot] } };
    const added = await freshly(more);
    expect(added.read).toBe(1);
    expect(await freshly(more)).toEqual({ ...added, read: 0 });
  });

  it.each<[string, (file: string) => void]>([
    ['cut off', (file) => truncateSync(file, 200)],
    ['without numbers', (file) => writeFileSync(file, writeNpy({ data: Float64Array.of(0, NaN), shape: [1, 2] }))],
    ['about another video', (file) => writeFileSync(file, writeNpy({ data: new Float64Array(4), shape: [1, 4] }))],
  ])('is computed anew, with a word, where a file is %s', async (_, damage) => {
    const first = await freshly(asked);
    const firstOf = (mark: string): string => stages(mark).toSorted()[0]!;
    for (const file of ['-4fps-', 'project-stage-', '-stage-spans-', '-stage-proposals-'].map(firstOf)) {
      damage(path.join(asked.featuresFolder, file));
      const again = await freshly(asked);
      expect(again.segments).toEqual(first.segments);
      expect(again.warnings.map(english)).toEqual([expect.stringContaining(file)]);
      expect(await freshly(asked)).toEqual({ ...first, read: 0 });
    }
  });

  it('is learned ahead, so that the next correction costs its own video alone', async () => {
    const first = await freshly(asked);
    await using memory = new EngineMemory();
    const context = { memory, signal: new AbortController().signal, report: () => undefined };
    const taught = asked.taught!;
    await learnAheadTask({ ...asked, taught }, context);
    const added = vi.spyOn(memory.evidence, 'set');
    expect(await localiseTask(asked, context)).toMatchObject({ segments: first.segments });
    expect(added).not.toHaveBeenCalled();
    const { corrections, ...rest } = taught;
    const shot = { videoId: 2, startUs: 1_300_000, endUs: 2_900_000, classId: 1, decision: 'accepted' as const };
    await localiseTask({ ...asked, taught: { ...rest, corrections: [...corrections, shot] } }, context);
    expect(added).toHaveBeenCalledOnce();
  });

  it('is kept for the classes of now and of before, not for ever', async () => {
    for (const count of [1, 2, 3, 2]) await freshly({ ...asked, classes: classes.slice(0, count) });
    expect(stages('-stage-proposals-')).toHaveLength(2 * checksums.length);
    expect(stages('project-stage-spans-')).toHaveLength(2);
    expect(stages()).toHaveLength(4 * checksums.length + 2);
    expect(await freshly({ ...asked, classes: classes.slice(0, 2) })).toMatchObject({ read: 0 });
  });

  it('is found again where the project was moved to, and goes with the features', async () => {
    const first = await freshly(asked);
    const moved = { ...asked, featuresFolder: path.join(project, 'moved') };
    await rename(asked.featuresFolder, moved.featuresFolder);
    expect(await freshly(moved)).toEqual({ ...first, read: 0 });
    const store = new FeatureStore(moved.featuresFolder);
    for (const checksum of checksums) await store.remove(await engine.models.featureKey(checksum, model, 4));
    expect(readdirSync(moved.featuresFolder)).toEqual([expect.stringMatching(/^project-stage-spans-/u)]);
  });

  it.skipIf(process.getuid?.() === 0)('is not needed where nothing can be written', async () => {
    await chmod(asked.featuresFolder, 0o500);
    const first = await freshly(asked);
    expect(stages()).toEqual([]);
    expect(await freshly(asked)).toEqual(first);
    await chmod(asked.featuresFolder, 0o700);
  });
});
