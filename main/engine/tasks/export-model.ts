import { toFailure } from '#main/failures/to-failure.ts';
import { writeRepository } from '#native-models/serving/write-repository.ts';
import type { EngineTask } from './task-context.ts';

/** A model's pieces as files that servers serve. */
export const exportModelTask: EngineTask<'exportModel'> = async (request, { memory }) => {
  const { hash } = await memory.models.facts({ folder: request.folder, provider: 'cpu' });
  try {
    return writeRepository({ ...request, hash });
  } catch (error) {
    throw toFailure(error);
  }
};
