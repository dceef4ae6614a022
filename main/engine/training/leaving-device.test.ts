// Protects: a device that stops working while it learns is left for the processor, with a word; any other failure is told.
import { expect, test } from 'vitest';
import type { Provider } from '#native-models/runtime/plan.ts';
import { Failure } from '#preload/domain/failure.ts';
import { english, verbatim } from '#preload/domain/saying.ts';
import { leavingDevice } from './leaving-device.ts';

const stopped = new Failure('bad-input', verbatim('cuda stopped working'), {
  provider: 'cuda',
  reason: 'it fell off the bus',
});

/** Learns, unless on a provider that fails; answers what was tried. */
const learningBut =
  (failing: Provider, error: Error, tried: Provider[] = []) =>
  (provider: Provider) => {
    tried.push(provider);
    return provider === failing ? Promise.reject(error) : Promise.resolve({ tried });
  };

test('learns on the processor what a device does not end, and says why', async () => {
  const { tried, left } = await leavingDevice('cuda', learningBut('cuda', stopped));
  expect(tried).toEqual(['cuda', 'cpu']);
  expect(english(left!)).toBe('cuda stopped working, so the processor learned instead: it fell off the bus');
});

test('says nothing where all goes well', async () => {
  expect(await leavingDevice('cuda', learningBut('webgpu', stopped))).toEqual({ tried: ['cuda'], left: null });
});

test.each<[string, Provider, Failure]>([
  ['what was asked wrongly', 'cuda', new Failure('bad-input', verbatim('no such class'))],
  ['what a processor cannot do', 'cpu', new Failure('unreadable-model', verbatim('no'), { provider: 'cpu' })],
  ['being stopped', 'cuda', new Failure('cancelled', verbatim('stopped'))],
])('%s fails as it is', async (_what, provider, failure) => {
  await expect(leavingDevice(provider, learningBut(provider, failure))).rejects.toBe(failure);
});
