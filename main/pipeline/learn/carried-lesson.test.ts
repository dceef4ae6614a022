// Protects: labelled points that are carried to another project add up there as they did where they were made, and a file
// of them that is not whole says so.
import { mkdtempSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { seededRandom } from '#main/random/seeded-random.ts';
import { carriedLesson, carriedTo } from './carried-lesson.ts';
import { usualWeights } from './choose-weights.ts';
import { addPoint, noPoints } from './discriminant.ts';
import type { Lesson } from './learn.ts';
import { readLessonFile, writeLessonFile } from './lesson-file.ts';
import { untaughtScore } from './segment-score.ts';

const width = 5;
const prompts = ['run', 'jump', 'throw'];
const basis = { dim: width, blocks: 1, rank: width, directions: null };

/** Points of three classes and of background; "jump" has none. */
function lesson(): Lesson {
  const { normal } = seededRandom(4);
  const points = noPoints(prompts.length + 1, width);
  for (let index = 0; index < 60; index += 1) {
    const group = [0, 2, 3][index % 3]!;
    addPoint(
      points,
      group,
      Float64Array.from({ length: width }, () => normal() + group),
      0.5 + (index % 2),
    );
  }
  const lengthsS = [[2, 3], [], [4.5]];
  const order = {
    follows: Float64Array.of(0, 4, 0, 0, 0, 0, 2, 1, 0),
    together: Float64Array.of(0, 4, 2, 4, 0, 0, 2, 0, 0),
    weights: { order: 0.5, company: 0 },
  };
  return {
    mixture: null,
    weights: usualWeights,
    score: untaughtScore,
    points,
    lengthsS,
    order,
    heldBack: [],
  };
}

const expectClose = (found: ArrayLike<number>, expected: ArrayLike<number>, digits: number): void => {
  expect(found.length).toBe(expected.length);
  for (let at = 0; at < found.length; at += 1) expect(found[at]!).toBeCloseTo(expected[at]!, digits);
};

test('where the classes are the same, so are the sums', () => {
  const taught = lesson();
  const arrived = carriedTo(carriedLesson(taught, basis, prompts), prompts)!;
  for (const key of ['counts', 'sums', 'squares'] as const) expectClose(arrived.points[key], taught.points[key], 9);
  expect(arrived.lengthsS).toEqual(taught.lengthsS);
});

test('classes are met by their words, in whatever order; the others have no points', () => {
  const taught = lesson();
  const arrived = carriedTo(carriedLesson(taught, basis, prompts), ['swim', 'throw', 'run'])!;
  const { counts } = taught.points;
  expect([...arrived.points.counts]).toEqual([0, counts[2], counts[0], counts[3]]);
  expectClose(arrived.points.sums.subarray(width, 2 * width), taught.points.sums.subarray(2 * width, 3 * width), 12);
  expect(arrived.lengthsS).toEqual([[], [4.5], [2, 3]]);
});

test('without a class that has points there is nothing to say', () => {
  expect(carriedTo(carriedLesson(lesson(), basis, prompts), ['swim', 'jump'])).toBeNull();
});

test('a file of it is read as it was written, or refused', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'cuepoint-lesson-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = path.join(folder, 'lesson.safetensors');
  const directions = [Float64Array.from({ length: 2 * width }, (_, at) => at / 7)];
  const narrow = { dim: width, blocks: 1, rank: 2, directions };
  for (const [kept, size] of [
    [basis, width],
    [narrow, 2],
  ] as const) {
    const points = noPoints(4, size);
    addPoint(
      points,
      0,
      Float64Array.from({ length: size }, (_, at) => at + 0.1),
      1,
    );
    const carried = carriedLesson({ ...lesson(), points }, kept, prompts);
    writeLessonFile(file, { lesson: carried, modelHash: 'abc', temporalModule: null });
    const read = readLessonFile(file);
    expect(read).toMatchObject({ modelHash: 'abc', temporalModule: null });
    expect(read.lesson.order).toEqual(carried.order);
    expect(read.lesson).toMatchObject({ prompts, lengthsS: carried.lengthsS, weights: carried.weights });
    for (const key of ['counts', 'sums', 'scatter'] as const) expectClose(read.lesson[key], carried[key], 5);
    expectClose(read.lesson.basis.directions?.[0] ?? [], kept.directions?.[0] ?? [], 5);
  }
  truncateSync(file, statSync(file).size - 8);
  expect(() => readLessonFile(file)).toThrow(expect.objectContaining({ code: 'unreadable-model' }));
  writeFileSync(file, 'something else');
  expect(() => readLessonFile(file)).toThrow(expect.objectContaining({ code: 'unreadable-model' }));
});
