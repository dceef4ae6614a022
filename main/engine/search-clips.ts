import { spanFeature } from '#main/pipeline/classify/classify-span.ts';
import { rankClips, type ClipCandidate } from '#main/pipeline/retrieve/rank-clips.ts';
import { Failure } from '#preload/domain/failure.ts';
import { FrameTable } from '#preload/domain/frame-table.ts';
import type { TaskContext } from './task-context.ts';
import type { EngineTasks, ScorerChoice } from './tasks.ts';

const clipsPerScoring = 64;

/**
 * Search among the clips that were encoded for proposals, by what the clip shows or by that and its frame features.
 * Fails with `nothing-to-do` where no clips were encoded with this scorer.
 */
export async function searchClips(
  { text, videos, model, featuresFolder, settings, top }: EngineTasks['search']['input'],
  scorer: ScorerChoice,
  { memory, signal, report }: TaskContext,
): Promise<EngineTasks['search']['output']> {
  const { scorers, models, texts } = memory;
  const { rows: name } = await scorers.encodeNames(scorer.model, [text]);
  const { logitScale } = await scorers.facts(scorer.model);
  const query = scorer.mode === 'fused' ? (await texts.embed(model, [text])).embeddings : null;
  const candidates: ClipCandidate<number>[] = [];
  for (const [index, { videoId, media }] of videos.entries()) {
    signal.throwIfAborted();
    report({ done: index / videos.length, step: `searching video ${index + 1} of ${videos.length}` });
    const store = await scorers.storeOf(scorer.model, featuresFolder, media.checksum);
    const ranges = await store.ranges();
    if (ranges.length === 0) continue;
    const table = FrameTable.fromArray(media.frames);
    const features =
      query === null
        ? null
        : await memory.videos.of(
            featuresFolder,
            await models.featureKey(media.checksum, model, settings.samplingFps),
            media,
          );
    for (let start = 0; start < ranges.length; start += clipsPerScoring) {
      const part = ranges.slice(start, start + clipsPerScoring);
      const logits = await scorers.score(scorer.model, await store.read(part), name);
      part.forEach(({ startFrame, endFrame }, at) => {
        const span = table.spanOfFrames(startFrame, endFrame);
        const frameCosine = features === null ? null : dot(spanFeature(features.analysis, span), query!);
        candidates.push({ videoId, ...span, clipCosine: logits[at]! / logitScale, frameCosine });
      });
    }
  }
  if (candidates.length === 0) {
    throw new Failure(
      'nothing-to-do',
      'No clips were looked at with this scorer yet: propose segments first, or search by frame features.',
    );
  }
  return rankClips(candidates, top).map((found) => ({
    ...found,
    peakUs: Math.round((found.startUs + found.endUs) / 2),
  }));
}

const dot = (a: Float64Array, b: Float32Array): number => a.reduce((sum, value, at) => sum + value * b[at]!, 0);
