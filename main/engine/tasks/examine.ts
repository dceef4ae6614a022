import { say } from '#preload/domain/saying.ts';
import { correctedProject } from '../localising/corrected-project.ts';
import { runExamination } from '../training/run-tuning.ts';
import type { EngineTask } from './task-context.ts';

/** What corrections bring without any training, on videos that are held back from them. */
export const examineTask: EngineTask<'examine'> = async (input, { memory, signal, report }) => {
  report({ done: 0, step: say('reading the corrections') });
  const { request, missing } = await correctedProject(memory, input);
  const examination = await runExamination(request, signal, ({ done }) =>
    report({ done, step: say('trying it on held-back videos') }),
  );
  return { examination, missing };
};
