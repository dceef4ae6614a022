import { rmSync } from 'node:fs';
import { counted } from '#preload/domain/counted.ts';
import { taughtChoice } from '../project/taught-choice.ts';
import { freeStem, writeDescription } from '../project/version-files.ts';
import { chosenModel } from './model-run.ts';
import type { ProjectWork } from './project-work.ts';
import { promptedClasses } from './prompted-classes.ts';

const name = 'Corrections';

/**
 * Writes what the corrections teach now into a folder, as a version that another project can take in. Answers the path of
 * its tensors. Fails with `nothing-to-do` where they teach nothing.
 */
export async function exportCorrections(
  { project, engine }: ProjectWork,
  folder: string,
  signal: AbortSignal | undefined,
): Promise<string> {
  const { name: model, ...choice } = chosenModel(project);
  const { samplingFps, templates, backgroundTexts } = project.settings;
  const lessonFile = `${freeStem(folder, project, name)}.safetensors`;
  const kept = await engine.run(
    'keepLesson',
    {
      model: choice,
      featuresFolder: project.folder.features,
      classes: promptedClasses(project.database),
      settings: { samplingFps, templates, backgroundTexts },
      taught: taughtChoice(project),
      lessonFile,
    },
    signal === undefined ? {} : { signal },
  );
  const shots = kept.classes.reduce((sum, one) => sum + one.shots, 0);
  try {
    await writeDescription(lessonFile, {
      kind: 'corrections',
      name,
      createdAt: Date.now(),
      model,
      modelHash: kept.modelHash,
      project: project.name,
      curve: [],
      passed: true,
      reason: `${counted(shots, 'shot')} in ${counted(kept.videoCount, 'video')} of ${project.name} taught it; what it brings here shows in proposals of classes of the same words.`,
      classes: kept.classes,
      backgroundShots: kept.backgroundShots,
      videoCount: kept.videoCount,
    });
  } catch (error) {
    rmSync(lessonFile, { force: true });
    throw error;
  }
  return lessonFile;
}
