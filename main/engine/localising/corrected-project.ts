import type { ClassSet } from '#main/pipeline/propose/class-set.ts';
import type { WithModels, WithTexts } from '../memory/ports.ts';
import { storedIn } from '../memory/stored-videos.ts';
import type { CorrectedProject } from '../training/tuning-request.ts';
import type { LocalisationInput, TaughtChoice, TaughtVideo } from '../vocabulary.ts';
import { classSetOf } from './class-set-of.ts';
import { ownModuleAt } from './own-module.ts';
import type { Saying } from '#preload/domain/saying.ts';

type Asked = Pick<LocalisationInput, 'model' | 'featuresFolder' | 'classes' | 'settings'> & {
  readonly taught: TaughtChoice;
};

/** So many videos show what there is in a project; those with corrections are taken whatever their number. */
const enoughVideos = 24;

/** Corrected videos whose features are stored, and some others beside them, for a thread that learns from them. */
export async function correctedProject(
  memory: WithModels & WithTexts,
  { model, featuresFolder, classes, settings, taught }: Asked,
): Promise<{
  readonly request: CorrectedProject;
  readonly names: ClassSet;
  /** Corrected videos whose features are not computed. */
  readonly missing: readonly string[];
  readonly warnings: readonly Saying[];
}> {
  const own = ownModuleAt(await memory.models.facts(model), settings.samplingFps);
  const { classSet: names, warnings } = await classSetOf(memory, model, classes, settings);
  const videos: CorrectedProject['videos'][number][] = [];
  const missing: string[] = [];
  const decided = new Set([...taught.corrections, ...taught.reviewed].map(({ videoId }) => videoId));
  const isDecided = ({ videoId }: TaughtVideo): boolean => decided.has(videoId);
  const others = taught.videos.filter((video) => !isDecided(video));
  const keyOf = await memory.models.featureKeys(model, settings.samplingFps);
  const isStored = await storedIn(featuresFolder);
  for (const video of [...taught.videos.filter(isDecided), ...others]) {
    const { videoId, name, checksum, endUs } = video;
    if (!isDecided(video) && videos.length >= enoughVideos) break;
    const key = keyOf(checksum);
    if (isStored(key)) videos.push({ videoId, name, key, endUs });
    else if (isDecided(video)) missing.push(name);
  }
  const ids = new Set(videos.map(({ videoId }) => videoId));
  const classIds = new Set(classes.map(({ classId }) => classId));
  return {
    request: {
      modelFolder: model.folder,
      temporalModule: own.hash,
      classes,
      zeroShot: names.classEmbeddings,
      background: names.backgroundEmbeddings,
      logitScale: names.logitScale,
      featuresFolder,
      videos,
      corrections: taught.corrections.filter(({ videoId, classId }) => ids.has(videoId) && classIds.has(classId)),
      reviewed: taught.reviewed.filter(({ videoId }) => ids.has(videoId)),
    },
    names,
    missing,
    warnings: [...warnings, ...own.warnings],
  };
}
