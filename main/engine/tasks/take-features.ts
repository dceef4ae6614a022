import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { sampledFrames } from '#main/pipeline/encode/sampled-frames.ts';
import { featureName } from '#main/pipeline/feature-store/feature-key.ts';
import { FeatureStore } from '#main/pipeline/feature-store/feature-store.ts';
import { isMissing } from '#main/failures/file-failure.ts';
import { readNpy } from '#main/pipeline/feature-store/npy.ts';
import { Failure } from '#preload/domain/failure.ts';
import { say, type Saying } from '#preload/domain/saying.ts';
import { FrameTable } from '#preload/domain/frame-table.ts';
import type { EngineTask } from './task-context.ts';

/** How far from 1 the length of a unit row may be, squared: float32, and half precision where that was asked for. */
const lengthTolerance = 5e-3;

/**
 * Takes in features that another machine computed: what was said of them must hold, and they must have the rows, times
 * and width that computing them here would give.
 */
export const takeFeatures: EngineTask<'takeFeatures'> = async (input, { memory, signal }) => {
  const { checksum, model, samplingFps, frames, from, said, featuresFolder } = input;
  const key = await memory.models.featureKey(checksum, model, samplingFps);
  const { dim, hash } = await memory.models.facts(model);
  const stem = path.join(from, featureName(key));
  if (said.checksum !== checksum || said.model !== hash)
    throw refused(say('it says that it is of another video or model'));
  const features = await read(`${stem}.npy`, said.featuresSum);
  const times = await read(`${stem}.times.npy`, said.timesSum);
  signal.throwIfAborted();
  const table = FrameTable.fromArray(frames);
  const indices = sampledFrames(table, samplingFps);
  if (features.shape.length !== 2 || features.shape[0] !== indices.length || features.shape[1] !== dim)
    throw refused(
      say('its features are [{{shape}}] and not [{{asked}}]', {
        shape: features.shape.join(', '),
        asked: `${indices.length}, ${dim}`,
      }),
    );
  if (times.data.length !== indices.length || indices.some((frame, row) => times.data[row] !== table.startUs(frame)))
    throw refused(say('its times are not those of the frames that are sampled'));
  const { data } = features;
  if (!(data instanceof Float32Array) || !(times.data instanceof Float64Array))
    throw refused(say('its numbers are not of the kind that features are kept in'));
  for (let row = 0; row < indices.length; row += 1) {
    let squared = 0;
    for (let at = row * dim; at < (row + 1) * dim; at += 1) squared += data[at]! * data[at]!;
    if (!(Math.abs(squared - 1) <= lengthTolerance))
      throw refused(say('its feature {{row}} is no row of length 1', { row: String(row) }));
  }
  await new FeatureStore(featuresFolder).take(key, { features: data, timesUs: times.data, dim });
};

async function read(file: string, sum: string) {
  const bytes = await readFile(file).catch((error: unknown) => {
    if (isMissing(error)) throw refused(say('{{file}} is gone', { file: path.basename(file) }));
    throw error;
  });
  if (createHash('sha256').update(bytes).digest('hex') !== sum)
    throw refused(say('{{file}} is not what was computed: its checksum is another', { file: path.basename(file) }));
  return readNpy(bytes, file);
}

const refused = (reason: Saying) => new Failure('bad-input', reason);
