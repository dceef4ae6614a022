import { carriedLesson } from '#main/pipeline/learn/carried-lesson.ts';
import { writeLessonFile } from '#main/pipeline/learn/lesson-file.ts';
import { trainingShots, shotsPerClass } from '#main/pipeline/tune/training-shots.ts';
import { Failure } from '#preload/domain/failure.ts';
import { say } from '#preload/domain/saying.ts';
import { classQuestion } from '../localising/class-question.ts';
import { lessonOf } from '../localising/lesson-of.ts';
import { ownModuleAt } from '../localising/own-module.ts';
import type { EngineTask } from './task-context.ts';

/** Writes what the corrections teach now as a file that another project can go on from. */
export const keepLessonTask: EngineTask<'keepLesson'> = async (input, { memory, signal }) => {
  const { model, classes, settings, taught, lessonFile } = input;
  const shots = trainingShots(taught.corrections, taught.reviewed);
  const perClass = shotsPerClass(shots);
  // Trained parts are versions of their own: what is carried is told by the names as they are.
  const plain = { ...input, taught: { ...taught, versionFile: null, boundaryFile: null } };
  const question = await classQuestion(memory, plain);
  const lesson = perClass.size === 0 ? null : await lessonOf(memory, plain, question, signal);
  if (lesson === null || lesson.taught.mixture === null) {
    throw new Failure(
      'nothing-to-do',
      say('There is nothing to carry away yet: accept or draw a segment in a video whose features are computed.'),
    );
  }
  const about = await memory.models.facts(model);
  writeLessonFile(lessonFile, {
    lesson: carriedLesson(
      lesson.taught,
      lesson.basis,
      classes.map(({ prompt }) => prompt),
    ),
    modelHash: about.hash,
    temporalModule: ownModuleAt(about, settings.samplingFps).hash,
  });
  return {
    modelHash: about.hash,
    classes: classes.map(({ classId, prompt }) => ({ prompt, shots: perClass.get(classId) ?? 0 })),
    backgroundShots: shots.filter(({ classIds }) => classIds.length === 0).length,
    videoCount: new Set(shots.map(({ videoId }) => videoId)).size,
    warnings: lesson.warnings,
  };
};
