// Protects: features of frames straight from the renderer are those that the studio computes from the same film as an MP4
// file, nearly: only the compression of the pictures lies between.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeTinyCheckpoint } from '#e2e/models/tiny-checkpoint.ts';
import { writeClip, type ClipFrame } from '#main/media/clip-writer.ts';
import { openFrameSource } from '#main/media/frame-source.ts';
import { probeVideo } from '#main/media/probe-video.ts';
import { rowDot } from '#main/pipeline/vectors/similarity.ts';
import { actionsNamed, filmScript, writeScript } from '#main/lab/world/untrimmed-video.ts';
import { openModel } from '#native-models/open-model.ts';
import { encodeFrames, filmFeatures, filmSettings, filmSource } from './filmed-video.ts';
import { reportScriptSeed } from './report-seeds.ts';

let scratch: string;
beforeAll(async () => {
  scratch = await mkdtemp(path.join(tmpdir(), 'filmed-'));
});
afterAll(() => rm(scratch, { recursive: true, force: true }));

it('agrees with the same film as a file', async () => {
  await using model = await openModel(await makeTinyCheckpoint(path.join(scratch, 'clip')), { provider: 'cpu' });
  const script = writeScript(reportScriptSeed(1, 0), {
    actions: actionsNamed(['jumping-jack', 'push-box']),
    occurrences: 2,
    difficulty: 1,
    backgroundS: [1, 3],
  });
  const direct = { features: await filmFeatures(model, script), table: filmSource(script).table };

  const file = path.join(scratch, 'film.mp4');
  async function* frames(): AsyncGenerator<ClipFrame> {
    yield* filmScript(script, filmSettings);
  }
  await writeClip(file, frames(), { endUs: direct.table.lastEndUs });
  const { frameTable } = await probeVideo(file);
  await using source = await openFrameSource(file, frameTable);
  const decoded = await encodeFrames(model, source, frameTable);

  expect(frameTable.toArray()).toEqual(direct.table.toArray());
  expect(decoded.timesUs).toEqual(direct.features.timesUs);
  for (let row = 0; row < decoded.timesUs.length; row += 1) {
    const own = Float64Array.from(direct.features.features.subarray(row * model.dim, (row + 1) * model.dim));
    expect(rowDot(decoded.features, row, own)).toBeGreaterThan(0.98);
  }
});
