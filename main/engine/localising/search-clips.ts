import { spanFeature } from '#main/pipeline/classify/classify-span.ts';
import { rankClips, type ClipCandidate } from '#main/pipeline/retrieve/rank-clips.ts';
import { SpanMeans } from '#main/pipeline/vectors/span-means.ts';
import { Failure } from '#preload/domain/failure.ts';
import { FrameTable } from '#preload/domain/frame-table.ts';
import type { Span } from '#preload/domain/span.ts';
import { say } from '#preload/domain/saying.ts';
import type { WithModels, WithScorers, WithTexts, WithVideos } from '../memory/ports.ts';
import { searchQuery, type SearchQuery } from './search-query.ts';
import { seenBy, type WithDenseFeatures } from './seen-features.ts';
import type { WithTunedRows } from './tuned-classes.ts';
import type { IndexedMedia, ScorerChoice, SearchInput, SearchOutput, TaskControl } from '../vocabulary.ts';

type WithFrames = WithModels & WithVideos & WithDenseFeatures;

const clipsPerScoring = 64;

/**
 * Search among the clips that were encoded for proposals, by what the clip shows or by that and its frame features.
 * Fails with `nothing-to-do` where no clips were encoded with this scorer.
 */
export async function searchClips(
  input: SearchInput,
  text: string,
  scorer: ScorerChoice,
  { memory, signal, report }: TaskControl & { readonly memory: WithFrames & WithScorers & WithTexts & WithTunedRows },
): Promise<SearchOutput> {
  const { videos, featuresFolder, top, frameTables = [] } = input;
  const { scorers } = memory;
  const { rows: named, warnings } = await scorers.encodeNames(scorer.model, [text]);
  const { logitScale } = await scorers.facts(scorer.model);
  const query = scorer.mode === 'fused' ? await searchQuery(memory, text, input) : null;
  const candidates: ClipCandidate<number>[] = [];
  for (const [index, { videoId, name: path, checksum }] of videos.entries()) {
    const media = { path, checksum, frames: frameTables[index]! };
    signal.throwIfAborted();
    report({
      done: index / videos.length,
      step: say('searching video {{at}} of {{videos}}', { at: index + 1, videos: videos.length }),
    });
    const store = await scorers.storeOf(scorer.model, featuresFolder, media.checksum);
    const ranges = await store.ranges();
    if (ranges.length === 0) continue;
    const table = FrameTable.fromArray(media.frames);
    const frameCosine = query === null ? null : await frameCosines(memory, input, media, query, signal);
    for (let start = 0; start < ranges.length; start += clipsPerScoring) {
      const part = ranges.slice(start, start + clipsPerScoring);
      const logits = await scorers.score(scorer.model, await store.read(part), named);
      part.forEach(({ startFrame, endFrame }, at) => {
        const span = table.spanOfFrames(startFrame, endFrame);
        const clipCosine = logits[at]! / logitScale;
        candidates.push({ videoId, ...span, clipCosine, frameCosine: frameCosine && frameCosine(span) });
      });
    }
  }
  if (candidates.length === 0) {
    throw new Failure(
      'nothing-to-do',
      say('No clips were looked at with this scorer yet: propose segments first, or search by frame features.'),
    );
  }
  const moments = rankClips(candidates, top).map((found) => ({
    ...found,
    peakUs: Math.round((found.startUs + found.endUs) / 2),
  }));
  return { moments, warnings: [...warnings, ...(query?.warnings ?? [])] };
}

/** How well any stretch of a video fits a text by its mean frame feature. */
async function frameCosines(
  memory: WithFrames,
  { model, featuresFolder, settings }: SearchInput,
  media: IndexedMedia,
  { embedding, version }: SearchQuery,
  signal: AbortSignal,
): Promise<(span: Span) => number> {
  const key = await memory.models.featureKey(media.checksum, model, settings.samplingFps);
  const { analysis, features } = await memory.videos.of(featuresFolder, key, media);
  const seen = await seenBy(memory, { model, featuresFolder, version, key }, features.features, signal);
  const means = seen === features.features ? analysis.spanMeans : new SpanMeans(seen, analysis.dim);
  return (span) => dot(spanFeature(analysis, span, means), embedding);
}

const dot = (a: Float64Array, b: Float32Array): number => a.reduce((sum, value, at) => sum + value * b[at]!, 0);
