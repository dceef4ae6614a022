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

const { quick, full } = tuningPresets;
const brief = { steps: 2, seeds: 1 } as const;
const miniature = {
  seeds: [3],
  threads: 1,
  shotCounts: [0, 1],
  size: { clipsPerAction: 1, seenVideos: 1, novelVideos: 3 },
  presets: {
    quick: { ...quick, ...brief },
    full: { ...full, ...brief },
    'efficient-prompt': { ...tuningPresets['efficient-prompt'], ...brief },
  },
  scorerPreset: { ...scorerPresets.careful, epochs: 2, warmUpEpochs: 1 },
  boundarySteps: 2,
} satisfies Partial<RenderedReportOptions>;

it('measures all that it promises, twice the same', { timeout: 600_000 }, async () => {
  const model = await makeTinyCheckpoint(path.join(scratch, 'clip'));
  const width = readClipConfig(model).projection_dim;
  const shape = { width, heads: 2, layers: 1, frames: 8, skip: 'outer' } as const;
  const { between, normal } = seededRandom(1);
  const learned = initialTemporal(shape, { uniform: () => between(-1, 1), normal });
  writeTemporalModule(path.join(model, temporalModuleName), { shape, fps: 4, learned });
  const xclip = makeRandomXClip(path.join(scratch, 'xclip'), tinyXClip);
  const said: string[] = [];
  const options = { ...miniature, model, xclip };

  const rows = await renderedReport({ ...options, say: (line) => said.push(line) });
  const again = await renderedReport({ ...options, xclip: null, methods: ['quick'], say: () => undefined });
  const key = ({ task, split, shots, method, metric }: ReportRow): string =>
    [task, split, shots, method, metric].join();
  const before = new Map(rows.map((row) => [key(row), row]));
  expect(again).toEqual(again.map((row) => before.get(key(row))));

  expect([...new Set(rows.map(({ task, split, metric }) => `${task}, ${split}, ${metric}`))]).toMatchInlineSnapshot(`
    [
      "recognition, 40 seen actions, top-1",
      "recognition, 40 seen actions, top-5",
      "recognition, 8 novel actions among themselves, top-1",
      "recognition, 8 novel actions among themselves, top-5",
      "recognition, novel actions among all 48, top-1",
      "recognition, novel actions among all 48, top-5",
      "recognition, an action or its reverse, two-way accuracy",
      "localisation, 40 seen actions, average mAP@0.3:0.7",
      "localisation, 40 seen actions, AR@10",
      "localisation, 40 seen actions, AR@50",
      "retrieval, text to clip, 48 actions, R@1",
      "retrieval, text to clip, 48 actions, R@5",
      "retrieval, text to clip, 48 actions, R@10",
      "retrieval, text to clip, 48 actions, MedR",
      "localisation, 8 novel actions among themselves, average mAP@0.3:0.7",
      "localisation, 8 novel actions among themselves, AR@10",
      "localisation, 8 novel actions among themselves, AR@50",
    ]
  `);
  expect([...new Set(rows.map(({ method }) => method))]).toMatchInlineSnapshot(`
    [
      "zero-shot, middle frame",
      "zero-shot, mean of frames",
      "zero-shot, temporal module",
      "zero-shot",
      "instant adapter",
      "quick",
      "full",
      "efficient-prompt",
      "quick, boundary head",
      "full, boundary head",
      "X-CLIP, zero-shot",
      "X-CLIP, tuned",
    ]
  `);
  expect(said.at(-1)).toMatch(/^16 of 16: seed 3, 1 shots, X-CLIP, about \d+ s left$/);
  expect(targetsOf(rows)).toHaveLength(7);
  for (const { mean, std, metric } of rows) {
    expect(std).toBe(0);
    expect(mean).toBeGreaterThanOrEqual(0);
    if (metric !== 'MedR') expect(mean).toBeLessThanOrEqual(1);
  }
});
