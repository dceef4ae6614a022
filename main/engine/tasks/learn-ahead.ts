import { say } from '#preload/domain/saying.ts';
import { setTimeout } from 'node:timers/promises';
import { classQuestion } from '../localising/class-question.ts';
import { lessonOf } from '../localising/lesson-of.ts';
import type { EngineTask } from './task-context.ts';

/** Between two videos others are answered, and a machine with few processors has its breath. */
const restMs = 30;

/** What corrections teach now, and what each video adds to it, so that the next correction costs its own video alone. */
export const learnAheadTask: EngineTask<'learnAhead'> = async (input, { memory, signal, report }) => {
  const question = await classQuestion(memory, input);
  await lessonOf(memory, input, question, signal, async () => {
    report({ done: 0, step: say('reading what was corrected') });
    await setTimeout(restMs);
  });
};
