import type { ClassSet } from '#main/pipeline/propose/class-set.ts';
import type { WithModels, WithTexts } from '../memory/ports.ts';
import { areStored } from '../memory/stored-videos.ts';
import type { CorrectedProject } from '../training/tuning-request.ts';
import type { LocalisationInput, TaughtChoice } from '../vocabulary.ts';
import { classSetOf } from './class-set-of.ts';
import { ownModuleAt } from './own-module.ts';

type Asked = Pick<LocalisationInput, 'model' | 'featuresFolder' | 'classes' | 'settings'> & {
  readonly taught: TaughtChoice;
};

/** Corrected videos whose features are stored, for a thread that learns from them. */
export async function correctedProject(
  memory: WithModels & WithTexts,
  { model, featuresFolder, classes, settings, taught }: Asked,
): Promise<{
  readonly request: CorrectedProject;
  readonly names: ClassSet;
  /** Videos whose features are not computed. */
  readonly missing: readonly string[];
  readonly warnings: readonly string[];
}> {
  const own = ownModuleAt(await memory.models.facts(model), settings.samplingFps);
  const { classSet: names, warnings } = await classSetOf(memory, model, classes, settings);
  const videos: CorrectedProject['videos'][number][] = [];
  const missing: string[] = [];
  for (const { videoId, name, checksum, endUs } of taught.videos) {
    const key = await memory.models.featureKey(checksum, model, settings.samplingFps);
    if (await areStored(featuresFolder, key)) videos.push({ videoId, key, endUs });
    else missing.push(name);
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
