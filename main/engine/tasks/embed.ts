import { openFrameSource } from '#main/media/frame-source.ts';
import { embedVideo } from '#main/pipeline/encode/embed-video.ts';
import { middle } from '#main/pipeline/encode/moving-part.ts';
import { movingPartOf } from '#main/pipeline/encode/moving-part-of-video.ts';
import { featureName } from '#main/pipeline/feature-store/feature-key.ts';
import { FeatureStore } from '#main/pipeline/feature-store/feature-store.ts';
import { FrameTable } from '#preload/domain/frame-table.ts';
import { say } from '#preload/domain/saying.ts';
import { openFrameEncoder } from '../memory/frame-encoder.ts';
import { areStored } from '../memory/stored-videos.ts';
import type { EngineTask } from './task-context.ts';

/** Frame features into the store, from where an earlier run stopped; no model is opened and nothing decoded where they are complete. */
export const embed: EngineTask<'embed'> = async (input, { memory, signal, report }) => {
  const { media, model, samplingFps, featuresFolder } = input;
  const key = await memory.models.featureKey(media.checksum, model, samplingFps);
  const store = new FeatureStore(featuresFolder);
  const outcome = { key: featureName(key), stopped: null };
  // Before the model: it may be at a server that is away.
  if ((await areStored(featuresFolder, key)) || (await store.halve(key))) {
    const { features } = await memory.videos.of(featuresFolder, key, media);
    const rows = features.timesUs.length;
    return { ...outcome, provider: null, rows, shared: 0, resumedFromRow: rows, damagedPackets: 0 };
  }
  report({ done: 0, step: say('loading the model') });
  const encoder = await openFrameEncoder(memory, model);
  signal.throwIfAborted();
  const began = encoder.provider;
  const table = FrameTable.fromArray(media.frames);
  await using frames = await openFrameSource(media.path, table, { signal, hardware: true });
  const place = model.framing === 'moving' ? await movingPartOf(frames, table) : middle;
  await using appender = await store.append(key, encoder.dim);
  const resumedFromRow = appender.rowCount;
  const { rows, shared } = await embedVideo({
    frames,
    table,
    samplingFps,
    encoder,
    place,
    shareStill: model.shareStill ?? false,
    appender,
    signal,
    onProgress: (rowsDone, total) =>
      report({ done: rowsDone / total, step: say('encoding frame {{done}} of {{total}}', { done: rowsDone, total }) }),
  });
  await appender.finish();
  const ended = encoder.provider;
  const problem = ended.trials.find(({ provider }) => provider === began.chosen)?.problem ?? null;
  const stopped =
    problem === null
      ? null
      : say('{{began}} was left for {{ended}}: {{problem}}.', { began: began.chosen, ended: ended.chosen, problem });
  return { ...outcome, provider: ended, stopped, rows, shared, resumedFromRow, damagedPackets: frames.damagedPackets };
};
