// Protects: what the report says of coverage, overlaps and gaps is what counting moment by moment gives.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { datasetFacts } from './dataset-facts.ts';
import { reportPage } from './report-page.ts';

const length = 40;
const spans = fc.array(
  fc
    .record({
      classId: fc.integer({ min: 1, max: 2 }),
      startUs: fc.nat(length - 1),
      size: fc.integer({ min: 1, max: 12 }),
    })
    .map(({ classId, startUs, size }) => ({ classId, startUs, endUs: Math.min(length, startUs + size) })),
  { maxLength: 8 },
);
const classes = [
  { id: 1, name: 'run' },
  { id: 2, name: '<b>"jump"&' },
];
const videoOf = (accepted: readonly { classId: number; startUs: number; endUs: number }[]) => ({
  name: 'a.mp4',
  split: null,
  span: { startUs: 0, endUs: length },
  accepted,
  proposed: 1,
  rejected: 2,
});

test('coverage, overlap and the longest gap are counted moment by moment', () => {
  fc.assert(
    fc.property(spans, (accepted) => {
      const [figures] = datasetFacts([videoOf(accepted)], classes).videos;
      const depth = Array.from(
        { length },
        (_, at) => accepted.filter(({ startUs, endUs }) => startUs <= at && at < endUs).length,
      );
      expect(figures!.coveredUs).toBe(depth.filter((count) => count > 0).length);
      expect(figures!.overlappedUs).toBe(depth.filter((count) => count > 1).length);
      const gaps = depth
        .map((count) => (count === 0 ? '.' : '#'))
        .join('')
        .split('#');
      expect(figures!.longestGapUs).toBe(Math.max(...gaps.map((gap) => gap.length)));
    }),
  );
});

test('the page holds every class and video as text, and asks for nothing from elsewhere', () => {
  const facts = datasetFacts([videoOf([{ classId: 2, startUs: 0, endUs: 10 }])], classes);
  const page = reportPage({
    project: '<script>alert(1)</script>',
    version: '0.1.0',
    at: new Date(0),
    facts,
    agreements: [],
  });
  expect(page).toContain('&lt;b&gt;&quot;jump&quot;&amp;');
  expect(page).toContain('a.mp4');
  // Nothing may be fetched, whatever a name holds.
  expect(page).toContain("default-src 'none'");
  expect(page).not.toMatch(/<script|https?:|src=|@import|url\(/u);
});
