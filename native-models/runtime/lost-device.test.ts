// Protects: a device that stops working in the middle of its work is left for the processor: nothing is lost, the report
// says why; what the processor itself cannot do still fails.
import { expect, test, vi } from 'vitest';
import { dim } from '../graph/dimension.ts';
import { mul } from '../graph/elementwise.ts';
import { lowerToOnnx } from '../graph/lower-to-onnx.ts';
import { input } from '../graph/tensor.ts';
import { LazySession } from './lazy-session.ts';
import type * as Sessions from './session.ts';
import { floats, type TensorValues } from './tensor-value.ts';

const lost = 'the device was lost';
let runsLeft = Number.POSITIVE_INFINITY;

// No machine loses its graphics card at a test's word: here the processor stands in for one, and then fails.
vi.mock('./session.ts', async (original) => {
  const sessions = await original<typeof Sessions>();
  return {
    ...sessions,
    builtInProviders: () => ['webgpu', 'cpu'],
    async openSession(model: Parameters<typeof Sessions.openSession>[0], options: Sessions.SessionOptions) {
      const session = await sessions.openSession(model, { ...options, provider: 'cpu' });
      if (options.provider !== 'webgpu') return session;
      const run = (feeds: TensorValues) => {
        runsLeft -= 1;
        return runsLeft < 0 ? Promise.reject(new Error(lost)) : session.run(feeds);
      };
      const letGo = () => (runsLeft < 0 ? Promise.reject(new Error(lost)) : session[Symbol.asyncDispose]());
      return { ...session, provider: 'webgpu', run, [Symbol.asyncDispose]: letGo } satisfies Sessions.Session;
    },
  };
});

const model = lowerToOnnx({ y: mul(input('x', [dim('n'), 2]), 3) });
const feeds = (...numbers: number[]): TensorValues => ({
  x: floats(Float32Array.from(numbers), [numbers.length / 2, 2]),
});

test('goes on by the processor, and says so', async () => {
  // Two runs of the trial, and one of the work.
  runsLeft = 3;
  await using lazy = new LazySession(() => ({ model, probe: () => feeds(1, 2) }), { provider: 'webgpu', threads: 1 });
  expect([...(await lazy.run(feeds(1, 2, 3, 4)))['y']!.data]).toEqual([3, 6, 9, 12]);
  expect(lazy.report).toMatchObject({ chosen: 'webgpu' });
  expect([...(await lazy.run(feeds(5, 6)))['y']!.data]).toEqual([15, 18]);
  expect(lazy.report).toMatchObject({ requested: 'webgpu', chosen: 'cpu' });
  expect(lazy.report.trials.find(({ provider }) => provider === 'webgpu')!.error).toBe(
    `it stopped working while it was used: ${lost}`,
  );
  expect([...(await lazy.run(feeds(7, 8)))['y']!.data]).toEqual([21, 24]);
});

test('what was wrongly asked fails, on a device and without one', async () => {
  runsLeft = Number.POSITIVE_INFINITY;
  for (const provider of ['webgpu', 'cpu'] as const) {
    await using lazy = new LazySession(() => ({ model, probe: () => feeds(1, 2) }), { provider, threads: 1 });
    await lazy.open();
    await expect(lazy.run({ z: floats(Float32Array.of(1), [1]) })).rejects.toThrow();
  }
});
