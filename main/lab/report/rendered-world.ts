import { ownModuleAt } from '#main/engine/localising/own-module.ts';
import { averageTemplates } from '#main/pipeline/encode/average-templates.ts';
import { defaultBackgroundTexts, fillTemplates } from '#main/pipeline/propose/background-texts.ts';
import type { ClassSet } from '#main/pipeline/propose/class-set.ts';
import { headHere, withOwnBoundaries } from '#main/pipeline/propose/own-boundaries.ts';
import type { PromptedName } from '#main/pipeline/tune/tuning-learners.ts';
import type { WorldAction } from '#main/lab/world/actions.ts';
import type { VideoScript } from '#main/lab/world/untrimmed-video.ts';
import type { DualEncoder } from '#native-models/open-model.ts';
import { noTokenizer, type TextTokenizer } from '#native-models/text/tokenizer.ts';
import { openModel, type ImageTextModel } from '#native-models/open-model.ts';
import { denseFeatures } from '#native-models/temporal/dense-features.ts';
import { readTemporalModule, type TemporalModuleContent } from '#native-models/temporal/temporal-module-file.ts';
import { Failure } from '#preload/domain/failure.ts';
import { verbatim, english } from '#preload/domain/saying.ts';
import { eachOf, FilmCache, type FilmFeatures } from './film-cache.ts';
import { classIdOf, filmFeatures, filmedVideo, samplingFps, type FilmedVideo } from './filmed-video.ts';

/** A video as classification sees it. */
export interface SeenVideo extends FilmedVideo {
  /** `[N, D]`: through the model's temporal module, where it brings one along; else the features themselves. */
  readonly seen: Float32Array;
}

/** Names of what never happens are numbered from here. */
const firstOtherId = 1001;

/** Classes by their names alone. */
export interface NamedClasses {
  readonly classIds: readonly number[];
  readonly labels: readonly string[];
  readonly names: readonly PromptedName[];
  readonly classSet: ClassSet;
}

/** The model that is reported on. */
export interface RenderedWorld extends AsyncDisposable {
  readonly model: ImageTextModel;
  readonly encoder: DualEncoder;
  /** Its own, where it brings one along for the report's sampling rate, and its hash. */
  readonly module: TemporalModuleContent | null;
  readonly moduleHash: string | null;
  /** Why a module that is there is not used. */
  readonly warnings: readonly string[];
  /** @param others names of what never happens, after those of the actions. */
  classesOf(actions: readonly WorldAction[], others?: readonly string[]): Promise<NamedClasses>;
  /** Films of scripts, with ids from `firstId` on. */
  see(firstId: number, scripts: readonly VideoScript[]): Promise<SeenVideo[]>;
  /** Videos with what the model's own boundary head says of their edges, where it brings one along. */
  withBoundaries(videos: readonly SeenVideo[]): Promise<SeenVideo[]>;
}

/**
 * Opens a checkpoint of the CLIP family; features of films are kept in `cacheFolder`, where there is one. Fails with
 * 'not-found' or 'unreadable-model'.
 */
export async function openRenderedWorld(folder: string, cacheFolder: string | null = null): Promise<RenderedWorld> {
  const model = await openModel(folder, { provider: 'cpu', threads: 1 });
  const { encoder, dim, logitScale } = model;
  if (encoder === null)
    throw new Failure(
      'unreadable-model',
      verbatim(`${folder} holds ready-made encoders, which cannot be tuned: give a checkpoint.`),
    );
  const tokenizer: TextTokenizer | null = encoder.tokenizer;
  if (tokenizer === null) throw noTokenizer(folder);
  const own = ownModuleAt(model, samplingFps);
  const module = own.hash === null ? null : readTemporalModule(folder, dim);
  const cache = cacheFolder === null ? null : new FilmCache(cacheFolder, [model.hash, own.hash ?? 'plain']);
  const make = async (script: VideoScript): Promise<FilmFeatures> => {
    const { features, timesUs } = await filmFeatures(model, script);
    const seen = module === null ? features : await denseFeatures(module.shape, [module.learned], features, 'cpu');
    return { features, timesUs, seen };
  };
  const head = module?.boundaries ? headHere(module.boundaries) : null;
  const withBoundaries = (videos: readonly SeenVideo[]): Promise<SeenVideo[]> =>
    eachOf(videos, async (video) => ({
      ...video,
      analysis: await withOwnBoundaries(video.analysis, video.seen, head),
    }));
  return {
    model,
    encoder,
    module,
    moduleHash: own.hash,
    warnings: own.warnings.map(english),
    async classesOf(actions, others = []) {
      const labels = [...actions.map(({ phrases }) => phrases[0]), ...others];
      const texts = await model.encodeTexts(labels.flatMap((label) => fillTemplates(label)));
      const classIds = [...actions.map(({ id }) => classIdOf(id)), ...others.map((_, at) => firstOtherId + at)];
      return {
        classIds,
        labels,
        names: labels.map((label, index) => ({
          classId: classIds[index]!,
          tokens: tokenizer.words(label),
        })),
        classSet: {
          classEmbeddings: averageTemplates(
            texts,
            labels.map(() => texts.length / dim / labels.length),
            dim,
          ),
          backgroundEmbeddings: await model.encodeTexts(defaultBackgroundTexts),
          logitScale,
        },
      };
    },
    async see(firstId, scripts) {
      const made = cache === null ? await eachOf(scripts, make) : await cache.featuresOf(scripts, make);
      const videos = scripts.map((script, at) => {
        const { features, timesUs, seen } = made[at]!;
        return { ...filmedVideo(firstId + at, script, { features, timesUs, dim }), seen };
      });
      return withBoundaries(videos);
    },
    withBoundaries,
    [Symbol.asyncDispose]: () => model[Symbol.asyncDispose](),
  };
}
