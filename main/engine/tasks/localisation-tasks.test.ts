// From stored features alone: classes typed, curves drawn and moments found without the video being decoded again.
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FrameTable } from '#preload/domain/frame-table.ts';
import { EngineMemory } from './engine-memory.ts';
import type { TestBench } from '../../testing/engine-test-bench.ts';
import { makeTestBench, searchedVideo } from '../../testing/engine-test-bench.ts';
import type { TaskContext } from './task-context.ts';
import { classCurves, curves } from './curves.ts';
import { embed } from './embed.ts';
import { embedTexts } from './embed-texts.ts';
import { localiseTask } from './localise.ts';
import { search } from './search.ts';
import type { EngineTasks } from '../tasks.ts';
import { english } from '#preload/domain/saying.ts';

const settings = { samplingFps: 4, templates: [], backgroundTexts: [] };
const classes = [
  { classId: 7, prompt: 'throw discus' },
  { classId: 3, prompt: '高跳' },
];
const memory = new EngineMemory();
const context: TaskContext = { memory, signal: new AbortController().signal, report: () => undefined };
let bench: TestBench;
let question: EngineTasks['localise']['input'];

beforeAll(async () => {
  bench = await makeTestBench(12);
  const { media, model } = bench;
  question = { media, model, featuresFolder: path.join(bench.folder, 'features'), classes, settings };
});

afterAll(async () => {
  await memory[Symbol.asyncDispose]();
  await rm(bench.folder, { recursive: true, force: true });
});

describe('localisation tasks', () => {
  it('say that features are missing before there are any', async () => {
    await expect(localiseTask(question, context)).rejects.toMatchObject({ code: 'not-found' });
    expect(await curves(question, context)).toBeNull();
    const videos = [searchedVideo(bench, 1)];
    const found = await search({ ...question, question: { text: 'a jump' }, videos, top: 3 }, context);
    expect(found).toEqual({ moments: [], warnings: [] });
  });

  it('work on stored features, on frame boundaries, with the media file gone', async () => {
    const { rows } = await embed({ ...question, samplingFps: 4 }, context);
    expect(rows).toBe(48);
    await rm(bench.media.path);
    const { segments, warnings } = await localiseTask(question, context);
    expect(warnings).toEqual([]);
    expect(segments.length).toBeGreaterThan(0);
    const table = FrameTable.fromArray(bench.media.frames);
    for (const { startUs, endUs, classId, score, ranking } of segments) {
      expect(table.snapSpan({ startUs, endUs })).toEqual({ startUs, endUs });
      expect([7, 3]).toContain(classId);
      expect(score).toBeGreaterThan(0);
      expect(score).toBeLessThanOrEqual(1);
      expect(ranking.map((ranked) => ranked.classId).toSorted((a, b) => a - b)).toEqual([3, 7]);
    }
    const drawn = (await curves(question, context))!;
    expect(drawn.timesUs).toHaveLength(48);
    expect(drawn.actionness).toHaveLength(48);
    const whole = { startUs: 0, endUs: table.lastEndUs, classIds: [3, 7, 99], points: 4096 };
    const ofClasses = (await classCurves({ ...question, view: whole }, context))!;
    expect(ofClasses.perClass.map(({ classId }) => classId)).toEqual([7, 3]);
    expect(ofClasses.perClass[0]!.probability).toHaveLength(48);
    // A stretch of it says the same of its samples, and in fewer points the highest of each part.
    const view = { startUs: 3_000_000, endUs: 5_000_000, classIds: [3], points: 4096 };
    const part = (await classCurves({ ...question, view }, context))!;
    const at = ofClasses.timesUs.indexOf(part.timesUs[0]!);
    expect(part.timesUs[0]).toBeLessThanOrEqual(3_000_000);
    expect(part.timesUs.at(-1)).toBeGreaterThanOrEqual(5_000_000);
    expect(part.perClass[0]!.probability).toEqual(
      ofClasses.perClass[1]!.probability.subarray(at, at + part.timesUs.length),
    );
    // Behind the last sample there is that one, and not the whole video.
    const end = { startUs: ofClasses.timesUs.at(-1)! + 1, endUs: table.lastEndUs, classIds: [3], points: 10 };
    const atEnd = (await classCurves({ ...question, view: end }, context))!;
    expect(atEnd.timesUs).toEqual(ofClasses.timesUs.subarray(-1));
    expect(atEnd.perClass[0]!.probability).toEqual(ofClasses.perClass[1]!.probability.subarray(-1));
    const thin = (await classCurves({ ...question, view: { ...whole, points: 12 } }, context))!;
    expect(thin.perClass[1]!.probability[2]).toBe(Math.max(...ofClasses.perClass[1]!.probability.subarray(8, 12)));
  });

  it('need no class and no text for curves', async () => {
    const nothing = { ...question, classes: [] };
    expect(await localiseTask(nothing, context)).toEqual({ segments: [], warnings: [] });
    const drawn = (await curves(nothing, context))!;
    const view = { startUs: 0, endUs: 1_000_000, classIds: [7], points: 10 };
    expect((await classCurves({ ...nothing, view }, context))!.perClass).toEqual([]);
    expect([...new Set(drawn.actionness)]).toEqual([0.5]);
  });

  it('give the same segments for the same classes in another order', async () => {
    const { segments } = await localiseTask(question, context);
    const turned = await localiseTask({ ...question, classes: classes.toReversed() }, context);
    const byClass = (list: typeof segments) =>
      list.map(({ classId, startUs, endUs }) => `${classId}:${startUs}-${endUs}`).toSorted();
    expect(byClass(turned.segments)).toEqual(byClass(segments));
  });

  it('find moments of a text within the video, best first', async () => {
    const videos = [searchedVideo(bench, 5)];
    const { moments, warnings } = await search(
      { ...question, question: { text: 'a person runs' }, videos, top: 2 },
      context,
    );
    expect(warnings).toEqual([]);
    expect(moments.length).toBeGreaterThan(0);
    expect(moments.length).toBeLessThanOrEqual(2);
    for (const { videoId, startUs, peakUs, endUs } of moments) {
      expect(videoId).toBe(5);
      expect([0, startUs, peakUs, endUs, 12e6]).toEqual([0, startUs, peakUs, endUs, 12e6].toSorted((a, b) => a - b));
    }
    expect(moments.map(({ score }) => score)).toEqual(moments.map(({ score }) => score).toSorted((a, b) => b - a));
  });
});

describe('text embeddings', () => {
  it('are unit rows in the order asked, whether known already or not', async () => {
    const texts = ['a run', 'a jump', 'a run', 'a throw'];
    const { embeddings, dim, warnings } = await embedTexts({ model: bench.model, texts }, context);
    expect(warnings).toEqual([]);
    const row = (index: number) => embeddings.slice(index * dim, (index + 1) * dim);
    expect(row(0)).toEqual(row(2));
    expect(row(0)).not.toEqual(row(1));
    for (let index = 0; index < texts.length; index += 1) expect(Math.hypot(...row(index))).toBeCloseTo(1, 5);
    const again = await embedTexts({ model: bench.model, texts: ['a throw', 'a swim'] }, context);
    expect(again.embeddings.slice(0, dim)).toEqual(row(3));
  });

  it('say which texts the model did not read to their end', async () => {
    const long = 'jump '.repeat(60).trim();
    const { warnings } = await embedTexts({ model: bench.model, texts: ['run', long] }, context);
    expect(warnings).toHaveLength(1);
    expect(english(warnings[0]!)).toContain(long);
  });
});
