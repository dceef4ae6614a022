import { toFailure } from '#main/failures/to-failure.ts';
import { writeRepository } from '#native-models/serving/write-repository.ts';
import type { EngineTask } from './task-context.ts';

/** A model's pieces as files that servers serve. */
export const exportModelTask: EngineTask<'exportModel'> = async (request, { memory }) => {
  const { hash, capabilities } = await memory.models.facts({ folder: request.folder, provider: 'cpu' });
  try {
    const models = writeRepository({ ...request, hash });
    return { models, leavesOutClips: capabilities.scoresClips && !models.some(({ piece }) => piece === 'clips') };
  } catch (error) {
    throw toFailure(error);
  }
};
