import { rmSync } from 'node:fs';
import { freeStem, writeDescription } from '../project/version-files.ts';
import { chosenModel, lessonInput } from './model-run.ts';
import type { ProjectWork } from './project-work.ts';
import { say } from '#preload/domain/saying.ts';

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
  const { name: model } = chosenModel(project);
  const lessonFile = `${freeStem(folder, project, name)}.safetensors`;
  const kept = await engine.run(
    'keepLesson',
    { ...lessonInput(project), lessonFile },
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
      reason: say(
        '{{shots}} in {{videos}} of {{project}} taught it; what it brings here shows in proposals of classes of the same words.',
        {
          shots: say('{{count}} shots', { count: shots, one: '{{count}} shot' }),
          videos: say('{{count}} videos', { count: kept.videoCount, one: '{{count}} video' }),
          project: project.name,
        },
      ),
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
