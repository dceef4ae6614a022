// Protects: every video is labelled by somebody, the shared ones by everybody, and nobody gets much more than another.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dealWork } from './deal-work.ts';

const hands = fc.record({
  seconds: fc.array(fc.integer({ min: 1, max: 600 }), { minLength: 1, maxLength: 60 }),
  annotators: fc.integer({ min: 1, max: 6 }),
  overlap: fc.constantFrom(0, 0.1, 0.5, 1),
  seed: fc.nat(1000),
});

test('the hands cover all videos, share what is to be shared and differ by no more than one video', () => {
  fc.assert(
    fc.property(hands, ({ seconds, annotators, overlap, seed }) => {
      const dealt = dealWork(seconds, annotators, overlap, seed);
      expect(dealt).toEqual(dealWork(seconds, annotators, overlap, seed));
      const holders = seconds.map((_, video) => dealt.filter((hand) => hand.includes(video)).length);
      for (const count of holders) expect([1, annotators]).toContain(count);
      if (annotators === 1) return;
      const sum = (videos: readonly number[]): number => videos.reduce((total, video) => total + seconds[video]!, 0);
      const shared = holders.flatMap((count, video) => (count === annotators ? video : []));
      if (overlap === 0) expect(shared).toEqual([]);
      else expect(shared.length).toBeGreaterThan(0);
      if (overlap === 1) expect(shared).toHaveLength(seconds.length);
      expect(Math.abs(sum(shared) - overlap * sum([...seconds.keys()]))).toBeLessThanOrEqual(Math.max(...seconds));
      const loads = dealt.map(sum);
      expect(Math.max(...loads) - Math.min(...loads)).toBeLessThanOrEqual(Math.max(...seconds));
    }),
  );
});
