// Protects: a model of clips learns from a few corrections and is never let live where it got worse; an interrupted run
// ends as an uninterrupted one; what takes too long is refused with an estimate; what is stored is what was trained.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeRandomXClip } from '#e2e/models/random-xclip.ts';
import { writeSafetensors } from '#native-models/checkpoint/write-safetensors.ts';
import { openVideoModel, type EncodedClips, type VideoTextModel } from '#native-models/open-video-model.ts';
import { openClipLearner, type ClipLearner } from '#native-models/xclip/clip-learner.ts';
import { isTrained, type TrainedParts } from '#native-models/xclip/trained-parts.ts';
import { runName } from '#preload/domain/training-run.ts';
import { seededRandom } from '#main/random/seeded-random.ts';
import type { Shot } from '../tune/training-shots.ts';
import { durationInWords } from './duration-in-words.ts';
import { scorerPresets } from './scorer-presets.ts';
import { logitsOf, type ScorerTask } from './scorer-task.ts';
import { trainScorer } from './train-scorer.ts';
import { tuneScorer, type ScorerTuningOptions } from './tune-scorer.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'tune-scorer-'));
const classIds = [11, 12, 13];
const texts = ['throw discus', 'run', 'jump', 'a black screen'];
const videos = 4;
const pixelsOf = new Map<Shot, Float32Array>();
const clipOf = new Map<Shot, EncodedClips>();
const shots: Shot[] = [];
let model: VideoTextModel;
let names: Float32Array;

/** Clips of a class share a pattern that moves; background is dark. Each has noise of its own. */
function drawClip(kind: number, seed: number): Float32Array {
  const { frameCount, preprocessing } = model;
  const size = preprocessing.cropHeight;
  const { between } = seededRandom(seed);
  return Float32Array.from({ length: frameCount * 3 * size * size }, (_, at) => {
    const frame = Math.floor(at / (3 * size * size));
    const column = at % size;
    const pattern = kind < 0 ? -1 : Math.sin(((kind + 1) * 2 * Math.PI * column) / size + frame * (kind - 1));
    return pattern + between(-0.5, 0.5);
  });
}

beforeAll(async () => {
  model = await openVideoModel(makeRandomXClip(path.join(folder, 'tiny')), { provider: 'cpu' });
  names = await model.encodeNames(texts);
  for (let video = 1; video <= videos; video += 1) {
    [...classIds, -1].forEach((classId, kind) => {
      const shot = {
        videoId: video,
        startUs: kind * 2e6,
        endUs: kind * 2e6 + 1e6,
        classIds: classId < 0 ? [] : [classId],
      };
      shots.push(shot);
      pixelsOf.set(shot, drawClip(classId < 0 ? -1 : kind, 100 * video + kind));
    });
  }
  for (const [shot, pixels] of pixelsOf) clipOf.set(shot, await model.encodeClips(pixels, 1));
});

afterAll(async () => {
  await model[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

function encoded(some: readonly Shot[]): EncodedClips {
  const clips = some.map((shot) => clipOf.get(shot)!);
  const joined = (of: (clip: EncodedClips) => Float32Array): Float32Array => {
    const all = new Float32Array(clips.length * of(clips[0]!).length);
    clips.forEach((clip, index) => all.set(of(clip), index * of(clip).length));
    return all;
  };
  return { count: clips.length, frames: joined(({ frames }) => frames), context: joined(({ context }) => context) };
}

const onEncoded = (labels: ReadonlyMap<Shot, Shot> = new Map()): ScorerTask => ({
  classIds,
  columns: texts.length,
  clips: async (some) => ({ kind: 'encoded' as const, clips: encoded(some.map((shot) => labels.get(shot) ?? shot)) }),
});
const onPixels: ScorerTask = {
  classIds,
  columns: texts.length,
  clips: async ([shot]) => ({ kind: 'pixels', count: 1, pixels: pixelsOf.get(shot!)! }),
};
const open = (trained: TrainedParts): Promise<ClipLearner> =>
  openClipLearner(model.parts, { trained, names, provider: 'cpu' });
const options: ScorerTuningOptions = { seed: 1, progressFolder: null, current: null, longestSeconds: 3600 };

/** A random model is far from knowing anything, so that it may go further than a published one should. */
const eager = { ...scorerPresets.careful, learningRate: 2e-3, anchorWeight: 1, epochs: 30 };

describe('tuning a model of clips', () => {
  it('learns from corrections what it did not know, and may go live', async () => {
    await using learner = await open('scorer');
    const seen: string[] = [];
    const tuned = await tuneScorer(learner, onEncoded(), shots, eager, {
      ...options,
      onProgress: ({ run }) => seen.push(runName(run)),
    });
    expect(tuned.heldOut.tuned.accuracy).toBeGreaterThan(tuned.heldOut.zeroShot.accuracy);
    expect(tuned.decision.live).toBe(true);
    expect(tuned.estimatedSeconds).toBeGreaterThan(0);
    expect([...new Set(seen)]).toEqual([
      ...Array.from({ length: videos }, (_, fold) => `held-out ${fold + 1} of ${videos}`),
      'the run on all corrections',
    ]);
    expect([...tuned.tensors.keys()].every((name) => isTrained(name, 'scorer'))).toBe(true);
    expect([...tuned.tensors.keys()]).toContain('prompts_generator.alpha');

    // What is stored is what was trained, and leaves encoded clips valid.
    const tunedFile = path.join(folder, 'tuned.safetensors');
    writeSafetensors(tunedFile, tuned.tensors);
    await using reopened = await openVideoModel(model.parts.folder, { provider: 'cpu', tunedFile });
    const stored = await reopened.score(encoded(shots), names);
    const trained = await logitsOf(
      learner,
      new Map([...tuned.tensors].map(([name, { values }]) => [name, values])),
      onEncoded(),
      shots,
    );
    stored.forEach((logit, at) => expect(logit).toBeCloseTo(trained[at]!, 3));
    expect(reopened.hash).not.toBe(model.hash);
    expect(reopened.clipHash).toBe(model.clipHash);
  });

  it('does not go live where the corrections make no sense', async () => {
    await using learner = await open('scorer');
    // Everyone's clip is another's: what is learned from one video is wrong in the next.
    const { below } = seededRandom(5);
    const labels = new Map(shots.map((shot) => [shot, shots[below(shots.length)]!]));
    const tuned = await tuneScorer(learner, onEncoded(labels), shots, { ...eager, epochs: 40 }, options);
    const { heldOut, decision } = tuned;
    const better =
      heldOut.tuned.accuracy >= heldOut.zeroShot.accuracy && heldOut.tuned.logLoss <= heldOut.zeroShot.logLoss;
    expect(decision.live).toBe(better);
    expect(decision.live).toBe(false);
  });

  it('goes on where it was interrupted, to the same end', async () => {
    await using learner = await open('scorer');
    const preset = { ...eager, epochs: 6 };
    const whole = await trainScorer(learner, onEncoded(), shots, preset, { seed: 3, progressFile: null });
    const progressFile = path.join(folder, 'progress', 'run.safetensors');
    const abort = new AbortController();
    const interrupted = trainScorer(learner, onEncoded(), shots, preset, {
      seed: 3,
      progressFile,
      signal: abort.signal,
      onStep: ({ step }) => step === 2 && abort.abort(),
    });
    await expect(interrupted).rejects.toMatchObject({ code: 'cancelled' });
    const taken: number[] = [];
    const resumed = await trainScorer(learner, onEncoded(), shots, preset, {
      seed: 3,
      progressFile,
      onStep: ({ step }) => taken.push(step),
    });
    expect(taken).toEqual([3, 4, 5, 6]);
    expect(resumed).toEqual(whole);
  });

  it('is refused with an estimate where it takes too long, before it begins', async () => {
    await using learner = await open('added');
    const estimates: number[] = [];
    const steps: number[] = [];
    const tuning = tuneScorer(learner, onPixels, shots, scorerPresets['x-clip'], {
      ...options,
      longestSeconds: 1e-3,
      onEstimate: (seconds) => estimates.push(seconds),
      onProgress: ({ step }) => steps.push(step),
    });
    await expect(tuning).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringContaining("take the preset 'careful'"),
    });
    expect(estimates).toHaveLength(1);
    expect(steps).toEqual([]);
  });

  it('has nothing to do without an accepted segment', async () => {
    await using learner = await open('scorer');
    const background = shots.filter(({ classIds: marked }) => marked.length === 0);
    await expect(tuneScorer(learner, onEncoded(), background, eager, options)).rejects.toMatchObject({
      code: 'nothing-to-do',
    });
  });

  it.each(['added', 'vision'] as const)('trains %s through the picture encoder, new parts faster', async (trained) => {
    await using learner = await open(trained);
    const preset = { ...scorerPresets['x-clip'], trained, epochs: 2, warmUpEpochs: 0, learningRate: 1e-5 };
    const some = shots.slice(0, 4);
    const start = learner.start();
    const learned = await trainScorer(learner, onPixels, some, preset, { seed: 1, progressFile: null });
    const moved = (name: string): number =>
      learned.get(name)!.reduce((most, value, at) => Math.max(most, Math.abs(value - start.get(name)![at]!)), 0);
    const message = moved('vision_model.encoder.layers.1.message_fc.weight');
    expect(message).toBeGreaterThan(0);
    expect(learned.has('text_projection.weight')).toBe(false);
    if (trained === 'vision') {
      const old = moved('vision_model.encoder.layers.1.mlp.fc1.weight');
      expect(old).toBeGreaterThan(0);
      expect(message / old).toBeGreaterThan(5);
    } else {
      expect(learned.has('vision_model.encoder.layers.1.mlp.fc1.weight')).toBe(false);
    }
    const tunedFile = path.join(folder, `${trained}.safetensors`);
    writeSafetensors(
      tunedFile,
      new Map([...learned].map(([name, values]) => [name, { shape: learner.shapes.get(name)!, values }])),
    );
    await using reopened = await openVideoModel(model.parts.folder, { provider: 'cpu', tunedFile });
    expect(reopened.clipHash).not.toBe(model.clipHash);
    const clips = await reopened.encodeClips(pixelsOf.get(some[0]!)!, 1);
    const stored = await reopened.score(clips, names);
    const direct = await logitsOf(learner, learned, onPixels, some.slice(0, 1));
    stored.forEach((logit, at) => expect(logit).toBeCloseTo(direct[at]!, 2));
  });

  it('says times as people do', () => {
    expect([0.2, 75, 600, 5400, 12_000].map(durationInWords)).toEqual([
      '1 s',
      '75 s',
      '10 min',
      '1 h 30 min',
      '3 h 20 min',
    ]);
  });
});
