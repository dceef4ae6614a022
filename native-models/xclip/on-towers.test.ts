// Protects: X-CLIP's parts stand on the towers of every family; untaught they score as the mean over the frames does;
// what they are taught follows the loss's slopes, is stored and comes back; what cannot be is said in one line.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it, test } from 'vitest';
import { writeSafetensors } from '../checkpoint/write-safetensors.ts';
import { openModel, readDualEncoder } from '../open-model.ts';
import { openVideoModel, readClipParts } from '../open-video-model.ts';
import { openClipLearner, type ClipInput } from './clip-learner.ts';
import { partsOnTowers } from './on-towers.ts';

const fixtures = path.resolve(import.meta.dirname, '../fixtures');
const scratch = mkdtempSync(path.join(tmpdir(), 'on-towers-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const noise = (length: number, seed: number): Float32Array =>
  Float32Array.from({ length }, (_, at) => Math.sin(12.9898 * (at + 1) + 78.233 * seed * at + seed));
const unit = (row: Float32Array): Float32Array => row.map((value) => value / Math.hypot(...row));
const rowsOf = (values: Float32Array, width: number): Float32Array[] =>
  Array.from({ length: values.length / width }, (_, row) => values.slice(row * width, (row + 1) * width));
const dot = (a: Float32Array, b: Float32Array): number => a.reduce((sum, value, at) => sum + value * b[at]!, 0);

describe.each(['clip-gelu', 'clip-legacy-eos', 'siglip', 'metaclip2', 'align', 'perception-encoder'])(
  'on the towers of %s',
  (fixture) => {
    const folder = path.join(fixtures, fixture);

    it('scores, untaught, as the mean over the frames does', async () => {
      await using frames = await openModel(folder, { provider: 'cpu' });
      await using clips = await openVideoModel(folder, { provider: 'cpu' });
      expect(clips).toMatchObject({ kind: frames.kind, dim: frames.dim, frameCount: 8, contextRows: 8 });
      expect([clips.hash, clips.clipHash]).toEqual([frames.hash, frames.hash]);
      const { dim, frameCount, logitScale, preprocessing } = clips;
      const pixels = noise(2 * frameCount * 3 * preprocessing.cropHeight * preprocessing.cropWidth, 1);
      const names = noise(3 * dim, 2);
      const logits = await clips.score(await clips.encodeClips(pixels, 2), names);

      const features = rowsOf(await frames.encodeImages(pixels, 2 * frameCount), dim);
      const expected = [0, 1].flatMap((clip) => {
        const sum = new Float32Array(dim);
        for (const row of features.slice(clip * frameCount, (clip + 1) * frameCount))
          row.forEach((value, at) => (sum[at]! += value));
        return rowsOf(names, dim).map((name) => logitScale * dot(unit(sum), unit(name)));
      });
      logits.forEach((logit, at) => expect(Math.abs(logit - expected[at]!)).toBeLessThan(1e-5 * logitScale));
      expect(new Set(expected).size).toBe(6);
    });

    it('learns along the slopes of central differences, and stores what it learned', async () => {
      const parts = readClipParts(folder);
      const { width, frameCount, contextRows } = parts;
      const names = noise(3 * width, 3);
      await using learner = await openClipLearner(parts, { trained: 'scorer', names, provider: 'cpu' });
      const frames = Float32Array.from(
        rowsOf(noise(2 * frameCount * width, 4), width).flatMap((row) => [...unit(row)]),
      );
      const clips: ClipInput = {
        kind: 'encoded',
        clips: { count: 2, frames, context: noise(2 * contextRows * width, 5) },
      };
      const targets = Float32Array.of(1, 0, 0, 0, 0.5, 0.5);
      const weights = Float32Array.of(0.25, 0.75);
      // Away from the start, where branches are at zero, so that every tensor has a slope.
      const values = new Map(
        [...learner.start()].map(([name, start], seed) => {
          const moves = noise(start.length, seed + 7);
          return [name, start.map((value, at) => value + 0.1 * moves[at]!)];
        }),
      );
      const { loss, gradients } = await learner.step(values, clips, targets, weights);
      // Attention answers the same whatever is added to every key.
      const without = /k_proj\.bias$/;
      for (const [name, slope] of gradients) {
        if (without.test(name)) continue;
        const length = Math.hypot(...slope);
        expect(length, name).toBeGreaterThan(0);
        const step = 1e-2 * Math.max(1e-2, Math.hypot(...values.get(name)!) / Math.sqrt(slope.length));
        const lossAt = async (by: number): Promise<number> => {
          const moved = values.get(name)!.map((value, at) => value + (by * slope[at]!) / length);
          return (await learner.step(new Map(values).set(name, moved), clips, targets, weights)).loss;
        };
        const measured = ((await lossAt(step)) - (await lossAt(-step))) / (2 * step);
        // What rounding the two losses to float32 can do to their difference.
        const rounding = (8 * 2 ** -24 * (1 + Math.abs(loss))) / (2 * step);
        expect(Math.abs(measured - length), name).toBeLessThan(0.02 * length + 4 * rounding);
      }

      const tunedFile = path.join(scratch, `${fixture}.safetensors`);
      writeSafetensors(
        tunedFile,
        new Map([...values].map(([name, tuned]) => [name, { shape: learner.shapes.get(name)!, values: tuned }])),
      );
      await using tuned = await openVideoModel(folder, { provider: 'cpu', tunedFile });
      await using published = await openVideoModel(folder, { provider: 'cpu' });
      const scores = await tuned.score(clips.clips, names);
      const learned = await learner.logits(values, clips);
      scores.forEach((score, at) => expect(score).toBeCloseTo(learned[at]!, 3));
      expect(scores).not.toEqual(await published.score(clips.clips, names));
      expect([tuned.hash === published.hash, tuned.clipHash === published.clipHash]).toEqual([false, true]);
    });
  },
);

test('presets that train the picture encoder are refused', async () => {
  const parts = readClipParts(path.join(fixtures, 'siglip'));
  const names = noise(parts.width, 1);
  for (const trained of ['added', 'vision'] as const)
    await expect(openClipLearner(parts, { trained, names, provider: 'cpu' })).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringMatching(/picture encoder of SigLIP stays as it is/),
    });
});

test('a width without heads, and what was tuned on another width, are refused', async () => {
  const folder = path.join(fixtures, 'siglip');
  expect(() => partsOnTowers({ ...readDualEncoder(folder), dim: 30 })).toThrow(
    /config\.json describes a SigLIP with features of 30 numbers, which do not divide into the 8 heads/,
  );
  const tunedFile = path.join(scratch, 'other.safetensors');
  writeSafetensors(
    tunedFile,
    new Map([['prompts_generator.alpha', { shape: [40], values: new Float32Array(40).fill(1) }]]),
  );
  await expect(openVideoModel(folder, { tunedFile })).rejects.toThrow(/of another model/);
});
