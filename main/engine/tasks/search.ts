import { scoreOfCosine } from '#main/pipeline/retrieve/score-of-cosine.ts';
import { searchMoments } from '#main/pipeline/retrieve/search-moments.ts';
import type { SearchableVideo } from '#main/pipeline/retrieve/search-moments.ts';
import { FrameTable } from '#preload/domain/frame-table.ts';
import { searchClips } from '../localising/search-clips.ts';
import { storedIn } from '../memory/stored-videos.ts';
import { searchQuery } from '../localising/search-query.ts';
import { seenBy } from '../localising/seen-features.ts';
import type { EngineTask } from './task-context.ts';

/**
 * The moments that fit a text best, over all videos whose features are complete; the others are left out. The text is
 * read and the frames are seen as when classes are told apart.
 */
export const search: EngineTask<'search'> = async (input, context) => {
  if (input.scorer) return searchClips(input, input.scorer, context);
  const { memory, signal, report } = context;
  const { model, featuresFolder, settings, videos, top } = input;
  const { embedding, version, warnings } = await searchQuery(memory, input);
  const keyOf = await memory.models.featureKeys(model, settings.samplingFps);
  const isStored = await storedIn(featuresFolder);
  async function* searchable(): AsyncGenerator<SearchableVideo<number>> {
    for (const [index, { videoId, media }] of videos.entries()) {
      signal.throwIfAborted();
      report({ done: index / videos.length, step: `searching video ${index + 1} of ${videos.length}` });
      const key = keyOf(media.checksum);
      if (!isStored(key)) continue;
      const { features: stored, endUs } = await memory.videos.of(featuresFolder, key, media);
      const features = await seenBy(memory, { model, featuresFolder, version, key }, stored.features, signal);
      yield { videoId, video: { ...stored, features }, endUs };
    }
  }
  const moments = await searchMoments(embedding, searchable(), { top });
  // Under learned prompts cosines are others than the model's own.
  const facts = await memory.models.facts(model);
  const scoreOf = version === null ? (cosine: number) => scoreOfCosine(cosine, facts) : (cosine: number) => cosine;
  const framesOf = new Map(videos.map(({ videoId, media }) => [videoId, media.frames]));
  return {
    moments: moments.map((moment) => ({
      ...moment,
      score: scoreOf(moment.score),
      ...FrameTable.fromArray(framesOf.get(moment.videoId)!).snapSpan(moment),
    })),
    warnings,
  };
};
