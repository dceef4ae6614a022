// Protects: the starter's X-CLIP trains from its CLIP, learns from both directions of a clip, goes on where it was
// stopped, and ends as a folder that the studio opens; clips are what a proposal would show.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCheckpoint } from '#native-models/checkpoint/checkpoint.ts';
import { openVideoModel } from '#native-models/open-video-model.ts';
import { trainingActions } from './captions.ts';
import { imageSize } from './render-batch.ts';
import { trainImageText } from './train-image-text.ts';
import { trainXClip } from './train-xclip.ts';
import { putClip, renderClipBatch, roughSpan } from './xclip-batch.ts';

let scratch: string;
beforeAll(async () => {
  scratch = await mkdtemp(path.join(tmpdir(), 'starter-xclip-'));
});
afterAll(() => rm(scratch, { recursive: true, force: true }));

const settings = { seed: 5, threads: 1, log: (): void => undefined };

it('goes on where it stopped, learns, and opens as a model of clips', { timeout: 120_000 }, async () => {
  const clip = path.join(scratch, 'clip');
  await trainImageText({ ...settings, folder: clip, steps: 1, framesPerStep: 4, peakLearningRate: 1e-3 });
  const run = { ...settings, from: clip, steps: 30, clipsPerStep: 4, peakLearningRate: 2e-3 };
  const [whole, halted] = [path.join(scratch, 'whole'), path.join(scratch, 'halted')];
  expect(await trainXClip({ ...run, folder: whole })).toBe(true);

  const stop = new AbortController();
  const log = (line: string): void => (line.startsWith('step 20') ? stop.abort() : undefined);
  expect(await trainXClip({ ...run, folder: halted, log, signal: stop.signal })).toBe(false);
  const lines: string[] = [];
  expect(await trainXClip({ ...run, folder: halted, log: (line) => lines.push(line) })).toBe(true);
  expect(lines).toContain('going on from step 20');
  const file = 'model.safetensors';
  expect(await readFile(path.join(halted, file))).toEqual(await readFile(path.join(whole, file)));

  const curve = JSON.parse(await readFile(path.join(whole, 'curve.json'), 'utf8')) as { step: number; loss: number }[];
  expect(curve.map(({ step }) => step)).toEqual([10, 20, 30]);
  expect(curve.at(-1)!.loss).toBeLessThan(curve[0]!.loss);
  // The picture encoder is trained as well, slowly.
  const filters = (folder: string): Float32Array =>
    openCheckpoint(folder).values('vision_model.embeddings.patch_embedding.weight', [128, 3, 12, 12]);
  expect(filters(whole)).not.toEqual(filters(clip));

  await using model = await openVideoModel(whole, { provider: 'cpu' });
  const pixels = new Float32Array(2 * model.frameCount * 3 * imageSize ** 2);
  for (const slot of [0, 1]) putClip(roughSpan(slot, trainingActions[slot]!, 0), model.frameCount, pixels, slot);
  const names = await model.encodeNames(['waving both arms', 'a name it never saw']);
  const logits = await model.score(await model.encodeClips(pixels, 2), names);
  expect(logits).toHaveLength(4);
  expect(logits.every(Number.isFinite)).toBe(true);
});

describe('clips of training', () => {
  it('cut an action out nearly where it is, or a stretch of nothing', () => {
    for (let seed = 0; seed < 200; seed += 1) {
      const action = seed % 4 === 0 ? null : trainingActions[seed % trainingActions.length]!;
      const { script, startS, endS } = roughSpan(seed, action, 1);
      const [occurrence] = script.occurrences;
      const length = occurrence!.endS - occurrence!.startS;
      expect(startS).toBeGreaterThanOrEqual(0);
      expect(endS).toBeLessThan(script.durationS);
      if (action === null) {
        expect(endS).toBeLessThanOrEqual(occurrence!.startS);
        expect(endS - startS).toBeGreaterThanOrEqual(0.5);
      } else {
        expect(occurrence!.action).toBe(action);
        expect(Math.abs(startS - occurrence!.startS)).toBeLessThanOrEqual(0.15 * length);
        expect(Math.abs(endS - occurrence!.endS)).toBeLessThanOrEqual(0.15 * length);
      }
    }
  });

  it('tell what they show backwards where that has a name', () => {
    const settingsOf = (step: number) => ({ seed: 1, step, clips: 12, frameCount: 2 });
    const batches = [1, 2, 3, 4].map((step) => renderClipBatch(settingsOf(step), 0.5));
    expect(renderClipBatch(settingsOf(1), 0.5)).toEqual(batches[0]);
    const pairs = batches.flatMap(({ classes, backwards }) => classes.map((own, at) => [own, backwards[at]!] as const));
    for (const [own, backwards] of pairs) {
      const reverse = trainingActions.findIndex(
        ({ id, reverseOf }) => id === trainingActions[own]?.reverseOf || reverseOf === (trainingActions[own]?.id ?? ''),
      );
      expect(backwards).toBe(own === trainingActions.length ? own : reverse);
    }
    expect(pairs.some(([, backwards]) => backwards >= 0)).toBe(true);
  });
});
