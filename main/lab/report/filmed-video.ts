import type { FrameSource } from '#main/media/frame-source.ts';
import { frameBatches } from '#main/pipeline/encode/frame-batches.ts';
import { sampledFrames } from '#main/pipeline/encode/sampled-frames.ts';
import type { FrameFeatures } from '#main/pipeline/feature-store/frame-features.ts';
import { analyseFeatures, type FeatureAnalysis } from '#main/pipeline/propose/analyse-features.ts';
import { worldActions } from '#main/lab/world/actions.ts';
import { openFilm, type VideoScript } from '#main/lab/world/untrimmed-video.ts';
import type { ImageTextModel } from '#native-models/open-model.ts';
import { FrameTable } from '#preload/domain/frame-table.ts';
import { microsecondsOf, type Span } from '#preload/domain/span.ts';

/** Films as cameras make them: a wide picture, of which encoders see the middle. */
export const filmSettings = { width: 192, height: 144, fps: 12 } as const;
/** The studio's own. */
export const samplingFps = 4;
const batchSize = 8;

/** An action in a film; a class has the same id everywhere in the report. */
export interface ActionSpan extends Span {
  readonly classId: number;
}

/** An untrimmed video as the studio knows it once it is embedded, and what happens in it. */
export interface FilmedVideo {
  readonly videoId: number;
  readonly script: VideoScript;
  readonly table: FrameTable;
  readonly actions: readonly ActionSpan[];
  /** As the image encoder made them. */
  readonly features: FrameFeatures;
  readonly analysis: FeatureAnalysis;
}

/** The id of a world's action as a class. */
export const classIdOf = (actionId: string): number => worldActions.findIndex(({ id }) => id === actionId) + 1;

/** Pictures of a script straight from the renderer, in place of decoded ones. */
export function filmSource(script: VideoScript): {
  readonly source: Pick<FrameSource, 'framesAtIndices'>;
  readonly table: FrameTable;
} {
  const film = openFilm(script, filmSettings);
  const starts = Float64Array.from({ length: film.frameCount }, (_, index) => film.startUs(index));
  async function* framesAtIndices(indices: Iterable<number>) {
    for (const index of indices) {
      const picture = film.draw(index);
      yield { ...picture, index, atUs: picture.startUs, exact: true, [Symbol.dispose]: () => undefined };
    }
  }
  return { source: { framesAtIndices }, table: new FrameTable(starts, film.startUs(film.frameCount)) };
}

/** Frame features of a source, sampled, preprocessed and encoded as the studio does it. */
export async function encodeFrames(
  model: ImageTextModel,
  source: Pick<FrameSource, 'framesAtIndices'>,
  table: FrameTable,
): Promise<FrameFeatures> {
  const { dim, preprocessing } = model;
  const indices = sampledFrames(table, samplingFps);
  const features = new Float32Array(indices.length * dim);
  const timesUs = new Float64Array(indices.length);
  const spare: Float32Array<ArrayBuffer>[] = [];
  const sizes = Array.from({ length: Math.ceil(indices.length / batchSize) }, (_, batch) =>
    Math.min(batchSize, indices.length - batch * batchSize),
  );
  let row = 0;
  for await (const batch of frameBatches(source, indices, { preprocessing, sizes, largestSize: batchSize, spare })) {
    const count = batch.timesUs.length;
    const pixels = batch.pixels.subarray(0, (batch.pixels.length / batchSize) * count);
    features.set(await model.encodeImages(pixels, count), row * dim);
    timesUs.set(batch.timesUs, row);
    spare.push(batch.pixels);
    row += count;
  }
  return { features, timesUs, dim };
}

/** What the studio knows of a script once its film is embedded. */
export function filmedVideo(videoId: number, script: VideoScript, features: FrameFeatures): FilmedVideo {
  const { table } = filmSource(script);
  const actions = script.occurrences.map(({ action, startS, endS }) => ({
    classId: classIdOf(action.id),
    startUs: microsecondsOf(startS),
    endUs: microsecondsOf(endS),
  }));
  return { videoId, script, table, actions, features, analysis: analyseFeatures(features, table.lastEndUs) };
}

/** Films a script and embeds it. */
export function filmFeatures(model: ImageTextModel, script: VideoScript): Promise<FrameFeatures> {
  const { source, table } = filmSource(script);
  return encodeFrames(model, source, table);
}
