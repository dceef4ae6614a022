// Protects: an X-CLIP scores proposals, spans and searches; what it stores is its own, is not decoded twice, and the
// proposals are those of frame features; models of the wrong kind are refused in words.
import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeRandomXClip } from '#e2e/models/random-xclip.ts';
import { Failure } from '#preload/domain/failure.ts';
import { FrameTable } from '#preload/domain/frame-table.ts';
import { verbatim, english, type Told } from '#preload/domain/saying.ts';
import { framesOfSpan } from '#main/pipeline/score-clips/clip-span.ts';
import { fuseProbabilities, usualClipWeight } from '#main/pipeline/score-clips/fuse-probabilities.ts';
import { EngineMemory } from './engine-memory.ts';
import { makeTestBench, searchedVideo, type TestBench } from '../../testing/engine-test-bench.ts';
import type { TaskContext } from './task-context.ts';
import { checkModelTask } from './check-model.ts';
import { curves } from './curves.ts';
import { describeModelTask } from './describe-model.ts';
import { embed } from './embed.ts';
import { encodeClipsTask } from './encode-clips.ts';
import { localiseTask } from './localise.ts';
import { recognise } from './recognise.ts';
import { search } from './search.ts';
import { tuneScorerTask } from './tune-scorer.ts';
import type { EngineTasks } from '../tasks.ts';
import type { ScorerChoice } from '../vocabulary.ts';

// The tiny X-CLIP, being random, takes the usual background texts for all that there is.
const settings = { samplingFps: 4, templates: [], backgroundTexts: ['scenery'] };
const classes = [
  { classId: 7, prompt: 'throw discus' },
  { classId: 3, prompt: '高跳' },
];
const memory = new EngineMemory();
const steps: string[] = [];
const context: TaskContext = {
  memory,
  signal: new AbortController().signal,
  report: ({ step }) => steps.push(english(step)),
};
/** Of both classes, in their order. */
const probabilitiesIn = (ranking: readonly { readonly classId: number; readonly probability: number }[]) =>
  Float64Array.from(
    classes,
    ({ classId }) => ranking.find((ranked) => ranked.classId === classId)?.probability ?? Number.NaN,
  );
let bench: TestBench;
let question: EngineTasks['localise']['input'];
let scorer: ScorerChoice;
let searched: Pick<EngineTasks['search']['input'], 'videos' | 'frameTables'>;

beforeAll(async () => {
  bench = await makeTestBench(12);
  const { media, model, folder } = bench;
  question = { media, model, featuresFolder: path.join(folder, 'features'), classes, settings };
  searched = { videos: [searchedVideo(bench, 1)], frameTables: [media.frames] };
  const xclip = makeRandomXClip(path.join(folder, 'tiny-xclip'));
  scorer = { mode: 'xclip', model: { folder: xclip, provider: 'cpu', tunedFile: null } };
  await embed({ ...question, samplingFps: 4 }, context);
});

afterAll(async () => {
  await memory[Symbol.asyncDispose]();
  await rm(bench.folder, { recursive: true, force: true });
});

describe('an X-CLIP as scorer', () => {
  it('is asked for after its clips are encoded, and says so where they are not', async () => {
    await expect(localiseTask({ ...question, scorer }, context)).rejects.toMatchObject({
      code: 'not-found',
      message: expect.stringContaining('run the proposals again'),
    });
    await expect(
      search({ ...question, question: { text: 'a jump' }, ...searched, top: 3, scorer }, context),
    ).rejects.toMatchObject({ code: 'nothing-to-do' });
  });

  it('encodes the clips of proposals once, into a folder that is not that of frame features', async () => {
    const before = await readdir(question.featuresFolder);
    const first = await encodeClipsTask({ ...question, scorer }, context);
    expect(first).toMatchObject({ damagedPackets: 0, provider: { chosen: 'cpu' } });
    expect(first.encoded).toBeGreaterThan(0);
    expect(steps).toContain(`looking at clip ${first.encoded} of ${first.encoded}`);
    const [added, ...others] = (await readdir(question.featuresFolder)).filter(
      (name) => name.includes('-clips-') && !before.includes(name),
    );
    expect(others).toEqual([]);
    expect(await readdir(path.join(question.featuresFolder, added!))).toHaveLength(first.encoded);
    expect(await encodeClipsTask({ ...question, scorer }, context)).toMatchObject({ clips: first.clips, encoded: 0 });
  });

  it('changes the scores of the same proposals, alone or fused, and going back changes them back', async () => {
    const byFeatures = await localiseTask(question, context);
    const byClips = await localiseTask({ ...question, scorer }, context);
    const fused = await localiseTask({ ...question, scorer: { ...scorer, mode: 'fused' } }, context);
    expect(byClips.segments.length).toBeGreaterThan(0);
    const scores = ({ segments }: typeof byClips) => segments.map(({ score }) => score);
    expect(scores(byClips)).not.toEqual(scores(byFeatures));
    expect(scores(fused)).not.toEqual(scores(byFeatures));
    expect(scores(fused)).not.toEqual(scores(byClips));
    expect(await localiseTask({ ...question, scorer: null }, context)).toEqual(byFeatures);
    const [segment] = fused.segments;
    const of = ({ segments }: typeof byClips) =>
      segments.find(({ startUs, endUs }) => startUs === segment!.startUs && endUs === segment!.endUs)?.ranking;
    const [frames, clip] = [of(byFeatures), of(byClips)];
    if (frames !== undefined && clip !== undefined) {
      const expected = fuseProbabilities(probabilitiesIn(frames), probabilitiesIn(clip), usualClipWeight);
      expect(probabilitiesIn(segment!.ranking)[0]).toBeCloseTo(expected[0]!, 6);
    }
    expect(await curves({ ...question, scorer }, context)).toEqual(await curves(question, context));
  });

  it('recognises a span and the whole video, and says where frames were repeated', async () => {
    const whole = await recognise({ ...question, scorer, span: null, top: 5 }, context);
    expect(whole.ranking.map(({ classId }) => classId).toSorted((a, b) => a - b)).toEqual([3, 7]);
    expect(whole.warnings).toEqual([]);
    const span = { startUs: 1_000_000, endUs: 1_060_000 };
    const short = await recognise({ ...question, scorer, span, top: 1 }, context);
    expect(short.ranking).toHaveLength(1);
    expect(short.warnings.map(english)).toEqual([expect.stringContaining('fewer than the 4 frames')]);
    const features = await recognise({ ...question, span, top: 2 }, context);
    const fused = await recognise({ ...question, scorer: { ...scorer, mode: 'fused' }, span, top: 2 }, context);
    const alone = await recognise({ ...question, scorer, span, top: 2 }, context);
    const [frames, clip, both] = [features, alone, fused].map(({ ranking }) => probabilitiesIn(ranking));
    const expected = fuseProbabilities(frames!, clip!, usualClipWeight);
    for (const at of [0, 1]) expect(both![at]).toBeCloseTo(expected[at]!, 6);
  });

  it('is trusted by corrected stretches whose clips are stored', async () => {
    const accepted = [0, 1, 2, 3].map((at) => ({
      startUs: at * 2e6,
      endUs: at * 2e6 + 15e5,
      classId: classes[at % 2]!.classId,
    }));
    const videos = [1, 2].map((videoId) => ({
      videoId,
      name: `${videoId}`,
      checksum: bench.media.checksum,
      endUs: 12e6,
    }));
    const table = FrameTable.fromArray(bench.media.frames);
    const taught = {
      versionFile: null,
      boundaryFile: null,
      reviewed: [],
      videos,
      corrections: videos.flatMap(({ videoId }) =>
        accepted.map((one) => ({ ...one, videoId, decision: 'accepted' as const })),
      ),
    };
    const corrected = taught.corrections.map(({ videoId, startUs, endUs }) => ({
      videoId,
      checksum: bench.media.checksum,
      startUs,
      endUs,
      ...framesOfSpan(table, { startUs, endUs }),
    }));
    const fused = { mode: 'fused' as const, model: scorer.model };
    const unheard = await localiseTask({ ...question, taught, scorer: { ...fused, corrected } }, context);
    const without = await localiseTask({ ...question, taught, scorer: fused }, context);
    expect(unheard.segments).toEqual(without.segments);
    const { encoded } = await encodeClipsTask({ ...question, taught, scorer: { ...fused, corrected } }, context);
    expect(encoded).toBeGreaterThan(0);
    const heard = await localiseTask({ ...question, taught, scorer: { ...fused, corrected } }, context);
    expect(heard.segments.length).toBeGreaterThan(0);
    expect(heard.segments).not.toEqual(without.segments);
  });

  it('searches the clips that were encoded, alone and fused', async () => {
    for (const mode of ['xclip', 'fused'] as const) {
      const asked = { ...question, question: { text: 'a jump' }, ...searched, top: 3, scorer: { ...scorer, mode } };
      const { moments: found } = await search(asked, context);
      expect(found.length).toBeGreaterThan(0);
      expect(found.map(({ score }) => score)).toEqual(found.map(({ score }) => score).toSorted((a, b) => b - a));
    }
  });

  it('is tuned from corrections, through the clips or the pictures, and scores with what it learned', async () => {
    const shots = [0, 1].map((at) => ({
      videoId: 1,
      startUs: at * 3e6,
      endUs: at * 3e6 + 2e6,
      classIds: [at % 2 === 0 ? 7 : 3],
    }));
    const order = {
      videos: [{ videoId: 1, media: bench.media }],
      shots,
      classes,
      backgroundTexts: [],
      scorer: scorer.model,
      featuresFolder: question.featuresFolder,
      longestSeconds: 3600,
    };
    const workFolder = path.join(bench.folder, 'work');
    const outFile = path.join(bench.folder, 'tuned', 'one.safetensors');
    const careful = await tuneScorerTask({ ...order, preset: 'careful', workFolder, outFile }, context);
    expect(careful.heldOut.tuned.count).toBe(2);
    expect(english(careful.decision.reason)).not.toBe('');
    expect(steps.some((step) => /^about \d+ s of tuning$/.test(step))).toBe(true);
    expect(await readdir(bench.folder)).not.toContain('work');
    const tuned = { ...scorer, model: { ...scorer.model, tunedFile: outFile } };
    const before = await localiseTask({ ...question, scorer }, context);
    const after = await localiseTask({ ...question, scorer: tuned }, context);
    expect(after.segments.map(({ score }) => score)).not.toEqual(before.segments.map(({ score }) => score));
    const again = path.join(bench.folder, 'tuned', 'two.safetensors');
    const next = { ...order, scorer: tuned.model, workFolder, outFile: again };
    expect((await tuneScorerTask({ ...next, preset: 'careful' }, context)).heldOut.current.count).toBe(2);
    const tooLong = tuneScorerTask({ ...next, preset: 'x-clip', longestSeconds: 0.001 }, context);
    await expect(tooLong).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringContaining('would take about'),
    });
    const abort = new AbortController();
    const report = ({ step }: { step: Told }) =>
      english(step).startsWith('held-out') && abort.abort(new Failure('cancelled', verbatim('enough')));
    const stopped = tuneScorerTask({ ...next, preset: 'cross-frame' }, { ...context, signal: abort.signal, report });
    await expect(stopped).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('may be the towers of another family, which are taught before they say anything else', async () => {
    const onTowers = { ...scorer, model: { ...bench.model, tunedFile: null } };
    expect((await encodeClipsTask({ ...question, scorer: onTowers }, context)).encoded).toBeGreaterThan(0);
    const before = await localiseTask({ ...question, scorer: onTowers }, context);
    const outFile = path.join(bench.folder, 'tuned', 'on-towers.safetensors');
    const order = {
      videos: [{ videoId: 1, media: bench.media }],
      shots: [7, 3].map((classId, at) => ({
        videoId: 1,
        startUs: at * 3e6,
        endUs: at * 3e6 + 2e6,
        classIds: [classId],
      })),
      classes,
      backgroundTexts: [],
      scorer: onTowers.model,
      featuresFolder: question.featuresFolder,
      longestSeconds: 3600,
      workFolder: path.join(bench.folder, 'work-on-towers'),
      outFile,
    };
    const taught = await tuneScorerTask({ ...order, preset: 'careful' }, context);
    expect(taught.heldOut.tuned.count).toBe(2);
    expect(english(taught.decision.reason)).not.toBe('');
    const tuned = { ...onTowers, model: { ...onTowers.model, tunedFile: outFile } };
    const after = await localiseTask({ ...question, scorer: tuned }, context);
    expect(after.segments.map(({ score }) => score)).not.toEqual(before.segments.map(({ score }) => score));
    await expect(tuneScorerTask({ ...order, preset: 'cross-frame' }, context)).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringContaining("take the preset 'careful'"),
    });
  });

  it('is listed and checked as a model, and does not pass for one of frames', async () => {
    const { folder } = scorer.model;
    expect(await describeModelTask({ folder }, context)).toMatchObject({
      kind: 'X-CLIP',
      capabilities: { embedsFrames: false, embedsTexts: true, scoresClips: true },
      imageSize: 32,
    });
    expect(await checkModelTask({ folder, provider: 'cpu' }, context)).toMatchObject({ passed: true, tensors: {} });
    const xclipAsModel = { ...question, model: { folder, provider: 'cpu' as const } };
    await expect(embed({ ...xclipAsModel, samplingFps: 4 }, context)).rejects.toMatchObject({
      code: 'unreadable-model',
      message: expect.stringContaining('a CLIP as its model'),
    });
  });
});
