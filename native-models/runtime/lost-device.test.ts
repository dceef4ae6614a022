// Protects: a device that stops working in the middle of its work is left for the processor: nothing is lost, the report
// says why; what the processor itself cannot do still fails.
import type * as Runtime from 'onnxruntime-node';
import { expect, test, vi } from 'vitest';
import { english, say } from '#preload/domain/saying.ts';
import { dim } from '../graph/dimension.ts';
import { mul } from '../graph/elementwise.ts';
import { lowerToOnnx } from '../graph/lower-to-onnx.ts';
import { input } from '../graph/tensor.ts';
import { LazySession } from './lazy-session.ts';
import { isOfDevice, openSession } from './session.ts';
import { floats, type TensorValues } from './tensor-value.ts';

const lost = 'the device was lost';
let runsLeft = Number.POSITIVE_INFINITY;

// No machine loses its graphics card at a test's word: here the processor stands in for one, and then fails.
vi.mock('onnxruntime-node', async (original) => {
  const ort = await original<typeof Runtime>();
  const create = async (bytes: Uint8Array, options: Runtime.InferenceSession.SessionOptions) => {
    const session = await ort.InferenceSession.create(bytes, { ...options, executionProviders: ['cpu'] });
    if (!options.executionProviders!.includes('webgpu')) return session;
    return {
      inputMetadata: session.inputMetadata,
      outputMetadata: session.outputMetadata,
      run(feeds: Runtime.InferenceSession.FeedsType) {
        runsLeft -= 1;
        return runsLeft < 0 ? Promise.reject(new Error(lost)) : session.run(feeds);
      },
      release: () => (runsLeft < 0 ? Promise.reject(new Error(lost)) : session.release()),
    };
  };
  return { ...ort, listSupportedBackends: () => [{ name: 'webgpu' }, { name: 'cpu' }], InferenceSession: { create } };
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
  const { error } = lazy.report.trials.find(({ provider }) => provider === 'webgpu')!;
  expect(error).toEqual(say('it stopped working while it was used: {{reason}}', { reason: lost }));
  expect(english(error!)).toBe(`it stopped working while it was used: ${lost}`);
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

test('a session names the device that failed, and is closed all the same', async () => {
  runsLeft = 0;
  const session = await openSession(model, { provider: 'webgpu' });
  const failure = await session.run(feeds(1, 2)).catch((error: unknown) => error);
  expect(failure).toMatchObject({ message: `webgpu stopped working while it was used: ${lost}` });
  expect(isOfDevice(failure, 'webgpu')).toBe(true);
  expect(isOfDevice(failure, 'cuda')).toBe(false);
  await session[Symbol.asyncDispose]();
});
