// Protects: a drawn split parts no source, gives each part its share, and deals every class alike.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { drawSplits } from './draw-splits.ts';

const shares = { train: 60, validation: 20, test: 20 };

test('no source is parted, every video is in a wanted part, and a seed decides all', () => {
  const videos = fc.array(fc.record({ group: fc.nat(8), classIds: fc.array(fc.nat(4), { maxLength: 6 }) }), {
    maxLength: 40,
  });
  fc.assert(
    fc.property(videos, fc.nat(), fc.boolean(), (rows, seed, noTest) => {
      const wanted = noTest ? { ...shares, test: 0 } : shares;
      const all = rows.map(({ group, classIds }, id) => ({ id, group: String(group), classIds }));
      const drawn = drawSplits(all, wanted, seed);
      expect([...drawn.keys()].sort((a, b) => a - b)).toEqual(all.map(({ id }) => id));
      if (noTest) expect([...drawn.values()]).not.toContain('test');
      for (const one of all)
        for (const other of all) if (one.group === other.group) expect(drawn.get(one.id)).toBe(drawn.get(other.id));
      expect(drawSplits(all, wanted, seed)).toEqual(drawn);
    }),
  );
});

test('classes that are rare are dealt like frequent ones', () => {
  const videos = Array.from({ length: 100 }, (_, id) => ({ id, group: String(id), classIds: [id % 10 === 0 ? 1 : 0] }));
  const drawn = drawSplits(videos, shares, 3);
  const count = (split: string, classId: number) =>
    videos.filter(({ id, classIds }) => drawn.get(id) === split && classIds[0] === classId).length;
  expect([count('train', 1), count('validation', 1), count('test', 1)]).toEqual([6, 2, 2]);
  expect([count('train', 0), count('validation', 0), count('test', 0)]).toEqual([54, 18, 18]);
});

test('other seeds deal otherwise', () => {
  const videos = Array.from({ length: 30 }, (_, id) => ({ id, group: String(id), classIds: [] }));
  expect(drawSplits(videos, shares, 1)).not.toEqual(drawSplits(videos, shares, 2));
});
