// Decoding runs ahead of inference, by a bounded amount, and stops when inference does.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAhead } from './read-ahead.ts';

describe('readAhead', () => {
  it('gives every item in order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer()), fc.integer({ min: 0, max: 5 }), async (items, ahead) => {
        async function* source(): AsyncGenerator<number, void> {
          yield* items;
        }
        expect(await Array.fromAsync(readAhead(source(), ahead))).toEqual(items);
      }),
    );
  });

  it('makes no more than `ahead` items beyond the one in use', async () => {
    let made = 0;
    async function* source(): AsyncGenerator<number, void> {
      for (;;) yield (made += 1);
    }
    let used = 0;
    for await (const item of readAhead(source(), 3)) {
      used += 1;
      await new Promise((resolve) => setTimeout(resolve, 1));
      expect(item).toBe(used);
      expect(made).toBeLessThanOrEqual(used + 3);
      if (used === 10) break;
    }
    expect(made).toBe(13);
  });

  it('ends the source when the consumer stops, and passes its failure on in turn', async () => {
    let closed = false;
    async function* source(): AsyncGenerator<number, void> {
      try {
        yield 1;
        yield 2;
        throw new Error('damaged');
      } finally {
        closed = true;
      }
    }
    const seen: number[] = [];
    await expect(
      (async () => {
        for await (const item of readAhead(source(), 2)) seen.push(item);
      })(),
    ).rejects.toThrow('damaged');
    expect(seen).toEqual([1, 2]);
    expect(closed).toBe(true);
  });
});
