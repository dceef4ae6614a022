// Protects: a provider is used only if it works, agrees and is fastest; what is forced works or fails; a crash is remembered.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { english, say } from '#preload/domain/saying.ts';
import { dim } from '../graph/dimension.ts';
import { mul } from '../graph/elementwise.ts';
import { lowerToOnnx } from '../graph/lower-to-onnx.ts';
import { softmax } from '../graph/reduce.ts';
import { input } from '../graph/tensor.ts';
import { agrees, relativeDifference } from './agreement.ts';
import { LazySession } from './lazy-session.ts';
import { openFastest, openOnBestProvider } from './providers.ts';
import type { Backend, Provider } from './plan.ts';
import { builtInProviders } from './session.ts';
import { floats, type TensorValues } from './tensor-value.ts';
import { openTrialJournal } from './trial-journal.ts';

const model = lowerToOnnx({ y: softmax(mul(input('x', [dim('n'), 4]), 2)) });
const probe = (): TensorValues => ({
  x: floats(
    Float32Array.from({ length: 8 }, (_, at) => at / 8),
    [2, 4],
  ),
});
const everyProvider: readonly Backend[] = ['cuda', 'webgpu', 'coreml', 'dml', 'cpu'];

describe('choosing a provider', () => {
  test('every provider of this build is tried once; the chosen one works and is the fastest that does', async () => {
    const { session, report } = await openOnBestProvider(model, probe, {});
    await using _ = session;
    expect(report.trials.map(({ provider }) => provider)).toEqual(builtInProviders());
    for (const { error, maxDifference } of report.trials) expect(error !== null || agrees(maxDifference!)).toBe(true);
    const working = report.trials.filter(({ error, milliseconds }) => error === null && milliseconds !== null);
    const fastest = working.toSorted((a, b) => a.milliseconds! - b.milliseconds!)[0];
    expect(report.chosen).toBe(fastest?.provider ?? 'cpu');
    expect(session.provider).toBe(report.chosen);
  });

  test('the CPU can be forced, and then nothing else is tried', async () => {
    const { session, report } = await openOnBestProvider(model, probe, { provider: 'cpu', threads: 1 });
    await using _ = session;
    expect(report).toMatchObject({ requested: 'cpu', chosen: 'cpu', trials: [{ provider: 'cpu', error: null }] });
  });

  test('a forced provider that is not here is an error that says so, not a silent CPU', async () => {
    const absent = everyProvider.find((provider) => !builtInProviders().includes(provider))!;
    await expect(openOnBestProvider(model, probe, { provider: absent })).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringContaining(`The ${absent} provider, which the settings ask for, cannot be used`),
      details: { provider: absent },
    });
  });

  test('one whose results differ is refused with how much they do, apart from its words', async () => {
    const refused = (answer: readonly number[]) => {
      const open = async (provider: Provider) => ({
        provider,
        run: async () => ({ y: floats(Float32Array.from(provider === 'cpu' ? [1, 2] : answer), [2]) }),
        [Symbol.asyncDispose]: () => Promise.resolve(),
      });
      return openFastest(open, {}, 'webgpu');
    };
    await expect(refused([1, 3])).rejects.toMatchObject({
      message: expect.stringContaining("its results differ from the CPU's by 0.50 of their size."),
      details: {
        trials: [
          {
            error: say("its results differ from the CPU's by {{difference}} of their size", {
              difference: { value: 0.5, digits: 2 },
            }),
          },
        ],
      },
    });
    await expect(refused([1, 2e9])).rejects.toThrow('by 1.0e+9 of their size');
    await expect(refused([1, Number.NaN])).rejects.toThrow('by NaN of their size');
  });

  test('a failed opening is forgotten: the next use tries again', async () => {
    let openings = 0;
    await using lazy = new LazySession(
      () => {
        openings += 1;
        return { model: openings === 1 ? '/nowhere/model.onnx' : model, probe };
      },
      { provider: 'cpu' },
    );
    await expect(lazy.run(probe())).rejects.toMatchObject({ code: 'unreadable-model' });
    expect((await lazy.run(probe()))['y']!.shape).toEqual([2, 4]);
    await lazy.run(probe());
    expect(openings).toBe(2);
  });
});

describe('a trial that took the process down', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'trial-journal-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test('is passed over next time, with the reason in the report', async () => {
    const trialJournal = path.join(folder, 'settings', 'trials');
    const crasher = builtInProviders().find((provider) => provider !== 'cpu')!;
    openTrialJournal(trialJournal).start(crasher);
    const { session, report } = await openOnBestProvider(model, probe, { trialJournal });
    await using _ = session;
    expect(report.trials[0]!.provider).toBe(crasher);
    expect(english(report.trials[0]!.error!)).toContain('took the program down');
    expect(report.chosen).not.toBe(crasher);
  });

  test('is forgotten once a trial has ended', () => {
    const journal = openTrialJournal(path.join(folder, 'trials'));
    journal.start('webgpu');
    expect(openTrialJournal(path.join(folder, 'trials')).crashed('webgpu')).toBe(true);
    journal.finish('webgpu');
    expect(openTrialJournal(path.join(folder, 'trials')).crashed('webgpu')).toBe(false);
  });
});

describe('agreement', () => {
  const reference = { y: floats(Float32Array.of(0, -4, 2), [3]) };
  const other = (...numbers: number[]): TensorValues => ({ y: floats(Float32Array.from(numbers), [numbers.length]) });

  test('is a share of the largest magnitude', () => {
    expect(relativeDifference(other(0, -4, 2.004), reference)).toBeCloseTo(0.001, 6);
    expect(agrees(relativeDifference(other(0, -4, 2.004), reference))).toBe(true);
    expect(agrees(relativeDifference(other(0, -4, 2.1), reference))).toBe(false);
  });

  test('never holds for NaN, a missing output or another size', () => {
    expect(agrees(relativeDifference(other(0, -4, Number.NaN), reference))).toBe(false);
    expect(agrees(relativeDifference({}, reference))).toBe(false);
    expect(agrees(relativeDifference(other(0, -4), reference))).toBe(false);
  });
});
