// Protects: pictures are made once for all who ask, nobody's going away hurts another, and a failure can be tried again.
import { expect, test } from 'vitest';
import { SharedResults } from './shared-results.ts';

const held = () => {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const make = (whileWanted: AbortSignal) => {
    whileWanted.addEventListener('abort', () => reject(whileWanted.reason));
    return promise;
  };
  return { make, finish: resolve, fail: reject };
};

test('one that goes away leaves the others their result; the last one gone ends the work', async () => {
  const results = new SharedResults<string>(10);
  const first = held();
  const [one, two] = [new AbortController(), new AbortController()];
  const asked = [results.get('a', first.make, one.signal), results.get('a', held().make, two.signal)];
  one.abort();
  first.finish('picture');
  expect(await Promise.all(asked)).toEqual(['picture', 'picture']);

  const gone = new AbortController();
  const failing = results.get('b', held().make, gone.signal);
  gone.abort();
  await expect(failing).rejects.toThrow();
  expect(await results.get('b', async () => 'made again')).toBe('made again');
});

test('a failure is forgotten, a result is kept until many others were asked for', async () => {
  const results = new SharedResults<string>(2);
  await expect(results.get('a', async () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await results.get('a', async () => 'yes')).toBe('yes');
  expect(await results.get('a', async () => 'never asked')).toBe('yes');
  await results.get('b', async () => '');
  await results.get('c', async () => '');
  expect(await results.get('a', async () => 'made again')).toBe('made again');
});
