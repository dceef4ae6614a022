// Protects: a stage of training that is stopped goes on to exactly the weights of one that was not, and leaves a folder
// that the program loads like any other checkpoint; films and windows tell the truth about what they show.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seededRandom } from '#main/random/seeded-random.ts';
import { openCheckpoint } from '#native-models/checkpoint/checkpoint.ts';
import { openModel } from '#native-models/open-model.ts';
import { readTemporalModule } from '#native-models/temporal/temporal-module-file.ts';
import { trainingActions } from './captions.ts';
import { filmFps, trainingScript } from './film-features.ts';
import { drawFootage, footageOf } from './footage-batch.ts';
import { trainBoundaries } from './train-boundaries.ts';
import { trainImageText } from './train-image-text.ts';
import { trainTemporal } from './train-temporal.ts';
import { trainingScriptSeed } from './training-script-seed.ts';
import { drawWindows } from './window-batch.ts';

let scratch: string;
beforeAll(async () => {
  scratch = await mkdtemp(path.join(tmpdir(), 'starter-'));
});
afterAll(() => rm(scratch, { recursive: true, force: true }));

const settings = { seed: 5, steps: 12, peakLearningRate: 1e-3, threads: 1 };
const quiet = (): void => undefined;

/** Trains once in one go and once with a stop after the first line of the curve. */
async function wholeAndHalted(
  stage: string,
  train: (settings: { folder: string; log: (line: string) => void; signal?: AbortSignal }) => Promise<boolean>,
): Promise<{ whole: string; halted: string }> {
  const [whole, halted] = [path.join(scratch, `${stage}-whole`), path.join(scratch, `${stage}-halted`)];
  expect(await train({ folder: whole, log: quiet })).toBe(true);
  const stop = new AbortController();
  const log = (line: string): void => (line.startsWith('step') ? stop.abort() : undefined);
  expect(await train({ folder: halted, log, signal: stop.signal })).toBe(false);
  const lines: string[] = [];
  expect(await train({ folder: halted, log: (line) => lines.push(line) })).toBe(true);
  expect(lines).toContain('going on from step 10');
  return { whole, halted };
}

const sameFile = async (name: string, { whole, halted }: { whole: string; halted: string }): Promise<void> =>
  expect(await readFile(path.join(halted, name))).toEqual(await readFile(path.join(whole, name)));

describe('training', () => {
  it('goes on where it stopped, stage by stage', async () => {
    const first = await wholeAndHalted('image-text', (run) =>
      trainImageText({ ...settings, ...run, framesPerStep: 4 }),
    );
    await sameFile('model.safetensors', first);

    const second = await wholeAndHalted('temporal', (run) =>
      trainTemporal({ ...settings, ...run, from: first.whole, films: 2, windowsPerStep: 4, textRate: 0.5 }),
    );
    await sameFile('model.safetensors', second);
    await sameFile('temporal_module.safetensors', second);

    await using model = await openModel(second.whole, { provider: 'cpu' });
    expect(await model.encodeTexts(['waving both arms', 'a name it never saw'])).toHaveLength(2 * model.dim);
    expect(readTemporalModule(second.whole, model.dim)).toMatchObject({ fps: filmFps, shape: { width: model.dim } });

    const last = await wholeAndHalted('boundaries', (run) =>
      trainBoundaries({
        ...settings,
        ...run,
        from: second.whole,
        filmSeed: settings.seed,
        films: 2,
        windowsPerStep: 2,
      }),
    );
    await sameFile('temporal_module.safetensors', last);
    const { boundaries, ...module } = readTemporalModule(last.whole, model.dim)!;
    expect({ ...module, boundaries: null }).toEqual(readTemporalModule(second.whole, model.dim));
    expect(boundaries!.longestS).toBeGreaterThan(3);

    const still = { ...settings, steps: 1, peakLearningRate: 1e-9, folder: path.join(scratch, 'third'), log: quiet };
    const from = second.whole;
    expect(await trainTemporal({ ...still, from, films: 2, windowsPerStep: 4, textRate: 0.5 })).toBe(true);
    const [before, after] = [second.whole, still.folder].map(
      (folder) => readTemporalModule(folder, model.dim)!.learned,
    );
    for (const [name, values] of after!)
      for (const [at, value] of values.entries()) expect(value, name).toBeCloseTo(before!.get(name)![at]!, 6);

    const texts = { ...settings, steps: 2, folder: path.join(scratch, 'texts-stay'), log: quiet };
    expect(await trainTemporal({ ...texts, from, films: 2, windowsPerStep: 4, textRate: 0 })).toBe(true);
    const [untaught, taught, stayed] = [first.whole, from, texts.folder].map((folder) =>
      openCheckpoint(folder).values('text_projection.weight', [model.dim, model.dim]),
    );
    expect(taught).not.toEqual(untaught);
    expect(stayed).toEqual(taught);
    expect(readTemporalModule(texts.folder, model.dim)).not.toEqual(readTemporalModule(from, model.dim));
  });
});

describe('films of training', () => {
  it('never share a seed with the report', () => {
    for (const index of [0, 1, 1999]) expect(trainingScriptSeed(1, index)).toBeGreaterThanOrEqual(2 ** 28);
    expect(trainingScript(1, 3)).toEqual(trainingScript(1, 3));
  });

  it('give windows whose spans carry one class and whose weights are means', () => {
    const width = 4;
    const films = [0, 1, 2].map((index) => {
      const script = trainingScript(1, index);
      const features = Float32Array.from({ length: Math.round(script.durationS * filmFps) * width }, (_, at) => at);
      return { script, features };
    });
    const [windows, length, segments] = [20, 16, 2];
    const batch = drawWindows(seededRandom(3), films, { windows, length, segments, width });
    const classes = trainingActions.length + 1;
    const sums = (values: Float32Array, size: number): number[] =>
      Array.from({ length: values.length / size }, (_, row) =>
        values.subarray(row * size, (row + 1) * size).reduce((sum, value) => sum + value, 0),
      );
    for (const sum of sums(batch.pooling, length)) expect(sum).toBeCloseTo(1, 5);
    for (const sum of sums(batch.segmentTargets, classes)) expect([0, 1]).toContain(sum);
    expect(sums(batch.segmentTargets, classes)).toContain(1);
    for (const sum of sums(batch.frameTargets, classes)) expect([0, 1]).toContain(sum);
    expect(sums(batch.frameTargets, classes)).toContain(0);
    const shown = new Set(sums(batch.frames, width));
    expect(shown.size).toBeGreaterThan(windows);
  });

  it('give footage whose targets are the films’ own actions and edges, and waits of several films in a row', () => {
    const dim = 2;
    const films = [0, 1, 2].map((index) => {
      const script = trainingScript(1, index);
      const rows = Math.round(script.durationS * filmFps);
      // Each row tells which film and row it is of.
      const features = Float32Array.from({ length: rows * dim }, (_, at) =>
        at % dim === 0 ? index : Math.floor(at / dim),
      );
      return { script, features, dense: features };
    });
    const footage = footageOf(films, dim);
    for (const { film, start, end } of footage.idle)
      for (let row = start; row < end; row += 1)
        expect(
          film.script.occurrences.some(({ startS, endS }) => row / filmFps >= startS && row / filmFps < endS),
        ).toBe(false);
    const [windows, length] = [30, 64];
    const batch = drawFootage(seededRandom(4), footage, { windows, length, dim });
    let cuts = 0;
    for (let cell = 0; cell < windows * length; cell += 1) {
      const [film, row] = batch.inputs.subarray(cell * 3 * dim, cell * 3 * dim + dim) as unknown as [number, number];
      const { occurrences } = films[film]!.script;
      const [action, start, end] = batch.targets.subarray(3 * cell, 3 * cell + 3) as unknown as [
        number,
        number,
        number,
      ];
      const atS = row / filmFps;
      expect(action).toBe(occurrences.some(({ startS, endS }) => atS >= startS && atS < endS) ? 1 : 0);
      const offS = (of: 'startS' | 'endS'): number =>
        Math.min(...occurrences.map((each) => Math.abs(each[of] - (atS - 0.5 / filmFps))));
      expect(start > 0.5).toBe(offS('startS') < 0.25 * Math.sqrt(2 * Math.LN2));
      expect(end > 0.5).toBe(offS('endS') < 0.25 * Math.sqrt(2 * Math.LN2));
      if (cell % length > 0 && batch.inputs[(cell - 1) * 3 * dim + 1]! + 1 !== row) cuts += 1;
    }
    expect(cuts).toBeGreaterThan(windows);
    expect(batch.kept.filter((factor) => factor === 0).length / batch.kept.length).toBeCloseTo(0.3, 1);
  });
});
