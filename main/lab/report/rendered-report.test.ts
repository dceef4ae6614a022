// Protects: the whole report runs, says the same for the same seeds, and its targets read what it measured.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeRandomXClip, tinyXClip } from '#e2e/models/random-xclip.ts';
import { makeTinyCheckpoint } from '#e2e/models/tiny-checkpoint.ts';
import { scorerPresets } from '#main/pipeline/tune-scorer/scorer-presets.ts';
import { tuningPresets } from '#main/pipeline/tune/presets.ts';
import { initialTemporal } from '#native-models/temporal/temporal-transformer.ts';
import { temporalModuleName, writeTemporalModule } from '#native-models/temporal/temporal-module-file.ts';
import { seededRandom } from '#main/random/seeded-random.ts';
import { readClipConfig } from '#native-models/clip/config.ts';
import { renderedReport, type RenderedReportOptions } from './rendered-report.ts';
import type { ReportRow } from './report-row.ts';
import { targetsOf } from './targets.ts';

let scratch: string;
beforeAll(async () => {
  scratch = await mkdtemp(path.join(tmpdir(), 'report-'));
});
afterAll(() => rm(scratch, { recursive: true, force: true }));

const miniature = {
  seeds: [3],
  threads: 1,
  shotCounts: [0, 1],
  size: { clipsPerAction: 1, seenVideos: 1, novelVideos: 3, videosPerNovel: 1 },
  published: { ...tuningPresets['efficient-prompt'], steps: 2 },
  timePresets: [tuningPresets.actionclip, tuningPresets.clip4clip].map((preset) => ({ ...preset, steps: 2 })),
  scorerPreset: { ...scorerPresets.careful, epochs: 2, warmUpEpochs: 1 },
} satisfies Partial<RenderedReportOptions>;

it('measures all that it promises, twice the same', { timeout: 600_000 }, async () => {
  const model = await makeTinyCheckpoint(path.join(scratch, 'clip'));
  const width = readClipConfig(model).projection_dim;
  const shape = { width, heads: 2, layers: 1, frames: 8, skip: 'outer' } as const;
  const { between, normal } = seededRandom(1);
  const learned = initialTemporal(shape, { uniform: () => between(-1, 1), normal });
  writeTemporalModule(path.join(model, temporalModuleName), { shape, fps: 4, learned, boundaries: null });
  const xclip = makeRandomXClip(path.join(scratch, 'xclip'), tinyXClip);
  const said: string[] = [];
  const options = { ...miniature, model, xclip };

  const rows = await renderedReport({ ...options, say: (line) => said.push(line) });
  const again = await renderedReport({ ...options, only: ['totals', 'newcomers'], say: () => undefined });
  const key = ({ task, split, shots, method, metric }: ReportRow): string =>
    [task, split, shots, method, metric].join();
  const before = new Map(rows.map((row) => [key(row), row]));
  expect(again).toEqual(again.map((row) => before.get(key(row))));

  expect([...new Set(rows.map(({ task, split }) => `${task}, ${split}`))]).toMatchInlineSnapshot(`
    [
      "recognition, 40 seen actions",
      "recognition, 8 novel actions among themselves",
      "recognition, novel actions among all 48",
      "recognition, an action or its reverse",
      "localisation, 40 seen actions",
      "retrieval, text to clip, 48 actions",
      "localisation, 8 novel actions among themselves",
      "recognition, novel actions, so many corrections in all",
      "localisation, novel actions, so many corrections in all",
      "recognition, novel actions, so many decisions from the top of the review queue",
      "localisation, novel actions, so many decisions from the top of the review queue",
      "recognition, novel actions among all 48 names",
      "localisation, novel actions among all 48 names",
      "recognition, seen actions among all 48 names",
      "localisation, seen actions among all 48 names",
      "recognition, novel names without shots, beside as many with, second half",
      "localisation, novel names without shots, beside as many with, second half",
      "recognition, novel names without shots, beside as many with, first half",
      "localisation, novel names without shots, beside as many with, first half",
      "recognition, edges off by up to 20 %",
      "localisation, edges off by up to 20 %",
      "recognition, 5 % wrong labels",
      "localisation, 5 % wrong labels",
      "recognition, 10 % wrong labels",
      "localisation, 10 % wrong labels",
      "recognition, with rejected segments",
      "localisation, with rejected segments",
      "localisation, the same films by themselves, 8 names",
      "localisation, recordings of an hour, 8 names",
      "localisation, the same films by themselves, 48 names",
      "localisation, recordings of an hour, 48 names",
      "localisation, recordings of an hour, 400 names",
      "localisation, recordings of an hour without cuts between films, 8 names",
      "localisation, recordings of an hour, actions of five minutes, 8 names",
      "localisation, recordings of an hour, actions of five minutes learned from short ones, 8 names",
      "recognition, one novel action a video",
      "localisation, one novel action a video",
      "recognition, bodies, backdrops and cameras that training never drew",
      "localisation, bodies, backdrops and cameras that training never drew",
      "recognition, with a lesson of another project: these names, like footage",
      "localisation, with a lesson of another project: these names, like footage",
      "recognition, with a lesson of another project: these names, unlike footage",
      "localisation, with a lesson of another project: these names, unlike footage",
      "recognition, with a lesson of another project: other names, like footage",
      "localisation, with a lesson of another project: other names, like footage",
    ]
  `);
  expect([...new Set(rows.map(({ method }) => method))]).toMatchInlineSnapshot(`
    [
      "zero-shot, middle frame",
      "zero-shot, mean of frames",
      "zero-shot, temporal module",
      "zero-shot",
      "studio",
      "the most uncertain first",
      "the most confident first",
      "by chance",
      "studio, clean corrections",
      "studio, nothing brought along",
      "efficient-prompt",
      "efficient-prompt, prompts only",
      "actionclip",
      "clip4clip",
      "X-CLIP, zero-shot",
      "X-CLIP, tuned",
      "studio with X-CLIP",
    ]
  `);
  expect(said.at(-1)).toMatch(/^16 of 16: seed 3, xclip, about \d+ s left$/);
  expect(targetsOf(rows)).toHaveLength(28);
  for (const { mean, std, metric } of rows) {
    expect(std).toBe(0);
    expect(mean).toBeGreaterThanOrEqual(0);
    if (metric !== 'MedR') expect(mean).toBeLessThanOrEqual(1);
  }
});
