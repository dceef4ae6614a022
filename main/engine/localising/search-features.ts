import { spanFeature } from '#main/pipeline/classify/classify-span.ts';
import type { FeatureKey } from '#main/pipeline/feature-store/feature-key.ts';
import { areDamaged } from '#main/pipeline/feature-store/feature-store.ts';
import { scoreOfCosine } from '#main/pipeline/retrieve/score-of-cosine.ts';
import { searchMoments, type Moment, type SearchableVideo } from '#main/pipeline/retrieve/search-moments.ts';
import { SpanMeans } from '#main/pipeline/vectors/span-means.ts';
import { Failure } from '#preload/domain/failure.ts';
import { say, type Saying } from '#preload/domain/saying.ts';
import type { WithModels, WithStretches, WithTexts, WithVideos } from '../memory/ports.ts';
import { areStored, storedIn } from '../memory/stored-videos.ts';
import type { SearchInput, SearchOutput, TaskControl, TaughtVideo } from '../vocabulary.ts';
import { liveVersion } from './live-version.ts';
import { pictureQuery } from './picture-query.ts';
import { searchQuery, type SearchQuery } from './search-query.ts';
import { searchStretches } from './search-stretches.ts';
import { storedSpanFeature } from './stored-rows.ts';
import { modulesOf, seenBy, type WithDenseFeatures } from './seen-features.ts';
import { mediaOf } from './staged-video.ts';
import type { WithTunedRows } from './tuned-classes.ts';

export type WithSearch = WithModels & WithVideos & WithDenseFeatures & WithStretches & WithTexts & WithTunedRows;

/** A video whose features are stored. */
export interface StoredSource {
  readonly video: TaughtVideo;
  readonly key: FeatureKey;
}

/** Where so few samples are stored, all are compared at once and nothing is kept for it. */
const fewSamples = 50_000;
/** What was searched for is found again at its own place, which is no news. */
const itself = 0.3;

/** The moments that fit best, over all videos whose features are complete; the others are left out. */
export async function searchFeatures(
  input: SearchInput,
  { memory, signal, report }: TaskControl & { readonly memory: WithSearch },
  indexFrom = fewSamples,
): Promise<SearchOutput> {
  const { model, featuresFolder, settings, videos, question } = input;
  const keyOf = await memory.models.featureKeys(model, settings.samplingFps);
  const isStored = await storedIn(featuresFolder);
  const stored = videos.map((video) => ({ video, key: keyOf(video.checksum) })).filter(({ key }) => isStored(key));
  const seen = async ({ video, key }: StoredSource, version: SearchQuery['version']) => {
    const { features, endUs, analysis } = await memory.videos.of(featuresFolder, key, mediaOf(video));
    const dense = await seenBy(memory, { model, featuresFolder, version, key }, features.features, signal);
    return { video: { ...features, features: dense }, endUs, analysis, dense };
  };
  const warnings: Saying[] = [];
  /** Null where the features went since the search began, or are damaged, which is said: others are found all the same. */
  const seenIfThere = async (source: StoredSource, version: SearchQuery['version']) => {
    try {
      return await seen(source, version);
    } catch (error) {
      signal.throwIfAborted();
      if (areDamaged(error)) warnings.push(error.said);
      else if (await areStored(featuresFolder, source.key)) throw error;
      return null;
    }
  };
  const query =
    'text' in question
      ? await searchQuery(memory, question.text, input)
      : 'picture' in question
        ? await pictureQuery(memory, question.picture, input)
        : await likeness(question.like);
  const top = 'like' in question ? input.top + 1 : input.top;
  const samples = stored.reduce((sum, { video }) => sum + (video.endUs / 1e6) * settings.samplingFps, 0);
  const quick =
    samples < indexFrom
      ? null
      : await searchStretches(
          memory,
          {
            featuresFolder,
            stored,
            modules: await modulesOf(memory, {
              model,
              samplingFps: settings.samplingFps,
              version: query.version,
            }),
            read: async (source) => (await seenIfThere(source, query.version))?.video ?? null,
          },
          query.embedding,
          top,
          { signal, report },
        );
  const found = quick?.moments ?? (await searchMoments(query.embedding, oneByOne(), { top }));
  // Under learned prompts, and between pictures, cosines are others than the model's own.
  const facts = 'text' in question && query.version === null ? await memory.models.facts(model) : null;
  const scoreOf = (cosine: number): number => (facts === null ? cosine : scoreOfCosine(cosine, facts));
  return {
    moments: ('like' in question ? found.filter(isElsewhere(question.like)) : found)
      .slice(0, input.top)
      .map((moment) => ({ ...moment, score: scoreOf(moment.score) })),
    warnings: [...query.warnings, ...(quick?.warnings ?? []), ...warnings],
  };

  async function* oneByOne(): AsyncGenerator<SearchableVideo<number>> {
    for (const [index, source] of stored.entries()) {
      signal.throwIfAborted();
      report({
        done: index / stored.length,
        step: say('searching video {{at}} of {{videos}}', { at: index + 1, videos: stored.length }),
      });
      const video = await seenIfThere(source, query.version);
      if (video !== null) yield { videoId: source.video.videoId, ...video };
    }
  }

  /** The mean feature of a stretch. Fails with `not-found` where the video's features are not complete. */
  async function likeness(like: { readonly videoId: number; readonly startUs: number; readonly endUs: number }) {
    const source = stored.find(({ video }) => video.videoId === like.videoId);
    if (source === undefined)
      throw new Failure('not-found', say('The model has not looked at this video yet: propose segments in it first.'), {
        videoId: like.videoId,
      });
    const live = await liveVersion(memory, model, settings.samplingFps, input.versionFile ?? null);
    // Pictures are compared as they are seen for names that were taught; texts have no say in it.
    const { version } = live;
    const modules = await modulesOf(memory, { model, samplingFps: settings.samplingFps, version });
    const embedding = storedSpanFeature(featuresFolder, { features: source.key, modules }, like, source.video.endUs);
    if (embedding !== null) return { embedding, version, warnings: live.warnings };
    const { analysis, dense, video } = await seen(source, version);
    const means = dense === analysis.features ? analysis.spanMeans : new SpanMeans(dense, video.dim);
    return { embedding: Float32Array.from(spanFeature(analysis, like, means)), version, warnings: live.warnings };
  }
}

/** Whether a moment is not the stretch itself that others like it are searched for. */
const isElsewhere =
  (like: { readonly videoId: number; readonly startUs: number; readonly endUs: number }) =>
  ({ videoId, startUs, endUs }: Moment<number>): boolean => {
    if (videoId !== like.videoId) return true;
    const overlap = Math.min(endUs, like.endUs) - Math.max(startUs, like.startUs);
    return overlap < itself * Math.min(endUs - startUs, like.endUs - like.startUs);
  };
