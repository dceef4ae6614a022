// Prompt ensembling: one unit embedding per class, equal to the text's own where there is one template.
import { expect, it } from 'vitest';
import { averageTemplates } from './average-templates.ts';

it('averages the texts of each class and normalises', () => {
  const rows = Float32Array.of(1, 0, 0, 1, 0.6, 0.8, 0.6, 0.8);
  const means = averageTemplates(rows, [2, 2], 2);
  expect(means[0]).toBeCloseTo(Math.SQRT1_2, 6);
  expect(means[1]).toBeCloseTo(Math.SQRT1_2, 6);
  expect(means[2]).toBeCloseTo(0.6, 6);
  expect(means[3]).toBeCloseTo(0.8, 6);
});

it('leaves single texts as they are, and no classes as none', () => {
  expect(averageTemplates(Float32Array.of(0.6, 0.8), [1], 2)).toEqual(Float32Array.of(0.6, 0.8));
  expect(averageTemplates(new Float32Array(0), [], 2)).toHaveLength(0);
});

it('takes different numbers of texts of classes', () => {
  const rows = Float32Array.of(1, 0, 1, 0, 0, 1);
  expect([...averageTemplates(rows, [1, 2], 2)]).toEqual([1, 0, Math.fround(Math.SQRT1_2), Math.fround(Math.SQRT1_2)]);
});
