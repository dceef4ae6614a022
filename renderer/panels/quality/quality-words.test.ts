// What is said beside the numbers: how far to trust them, how old they are, and which clips are shown.
import { expect, test } from 'vitest';
import { confusionOf } from './shown-confusion.ts';
import { estimateWords, questionWords, staleWords, trustWords } from './quality-words.ts';

const sure = { value: 0.46, low: 0.41, high: 0.51 };
const unsure = { value: 0.46, low: 0.12, high: 0.8 };
const measured = { measuredAt: 1, isCurrent: true, editsSince: 12 };
const nameOf = (classId: number): string => ['jump', 'run'][classId - 1]!;

test('an interval is written once the number is more than a guess', () => {
  expect(estimateWords(sure)).toBe('46 % (41 to 51 %)');
  expect(estimateWords({ value: 0.46, low: null, high: null })).toBe('46 %');
});

test('few videos, and a wide interval, are warned of', () => {
  expect(trustWords(1, { value: 0.5, low: null, high: null })).toMatch(/^1 video only/);
  expect(trustWords(2, unsure)).toMatch(/^2 videos only/);
  expect(trustWords(5, unsure)).toContain('from 12 % to 80 %');
  expect(trustWords(5, sure)).toBeNull();
});

test('what was measured before edits says how many, what changed otherwise says so', () => {
  expect(staleWords({ measured })).toBeNull();
  expect(staleWords({ measured: null })).toBeNull();
  expect(staleWords({ measured: { ...measured, isCurrent: false } })).toBe('Measured before the last 12 edits.');
  expect(staleWords({ measured: { ...measured, isCurrent: false, editsSince: 0 } })).toMatch(/has changed/);
});

test('each number names its clips', () => {
  expect(questionWords({ by: 'outcome', outcome: 'misnamed', classId: 2 }, nameOf)).toBe('Wrongly named: run');
  expect(questionWords({ by: 'cell', trueClassId: 1, proposedClassId: 2 }, nameOf)).toBe('jump, proposed as run');
  expect(questionWords({ by: 'cell', trueClassId: 1, proposedClassId: null }, nameOf)).toBe('Missed: jump');
  expect(questionWords({ by: 'cell', trueClassId: null, proposedClassId: 1 }, nameOf)).toBe('False: jump');
  expect(questionWords({ by: 'bin', bin: 9 }, nameOf)).toBe('Scored 90 to 100 %');
  expect(questionWords({ by: 'above', score: 0.25, classId: null }, nameOf)).toBe('Scored 25 % or more');
});

test('of hundreds of classes, the confusion shows those with most mistakes, in their order', () => {
  const classes = Array.from({ length: 200 }, (_, index) => ({ classId: index + 1 }));
  const counts = Array.from({ length: 201 }, () => Array.from({ length: 201 }, () => 0));
  for (let index = 0; index < 100; index += 1) counts[index]![index] = 1;
  counts[7]![150] = 3;
  counts[150]![200] = 2;
  const shown = confusionOf({ classes: classes as never, confusion: counts });
  expect(shown.classIds).toHaveLength(30);
  expect(shown.leftOut).toBe(71);
  expect(shown.classIds).toEqual(shown.classIds.toSorted((a, b) => a - b));
  const [row, column] = [shown.classIds.indexOf(8), shown.classIds.indexOf(151)];
  expect(shown.counts[row]![column]).toBe(3);
  expect(shown.counts[column]!.at(-1)).toBe(2);
});
