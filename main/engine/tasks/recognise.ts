import { classifySpan } from '#main/pipeline/classify/classify-span.ts';
import { fuseProbabilities } from '#main/pipeline/score-clips/fuse-probabilities.ts';
import { framesOfSpan, shortClipWarning, wholeVideo } from '#main/pipeline/score-clips/clip-span.ts';
import { FrameTable } from '#preload/domain/frame-table.ts';
import { classQuestion } from '../localising/class-question.ts';
import { lessonOf, type TaughtProject } from '../localising/lesson-of.ts';
import type { WithLocalisations } from '../localising/localisation-of.ts';
import { openVideo } from '../localising/staged-video.ts';
import { probabilitiesOf } from '../localising/clip-opinion.ts';
import { clipWeightOf } from '../localising/clip-weight-of.ts';
import { encodeRanges } from '../localising/encode-ranges.ts';
import type { EngineTask, TaskContext } from './task-context.ts';
import type { EngineTasks } from '../tasks.ts';
import type { Saying } from '#preload/domain/saying.ts';

type Input = EngineTasks['recognise']['input'];
interface Recognised {
  /** `[K]`. */
  readonly probabilities: Float64Array;
  readonly warnings: readonly Saying[];
}

interface RecognisedByFeatures extends Recognised {
  readonly lesson: TaughtProject | null;
}

/** Recognition: which classes a stretch or a whole video shows, by whichever scorer the project has. */
export const recognise: EngineTask<'recognise'> = async (input, context) => {
  const { probabilities, warnings } = await recognised(input, context);
  const ranking = Array.from(probabilities, (probability, index) => ({
    classId: input.classes[index]!.classId,
    probability,
  }))
    .toSorted((a, b) => b.probability - a.probability || a.classId - b.classId)
    .slice(0, input.top);
  return { ranking, warnings };
};

async function recognised(input: Input, context: TaskContext): Promise<Recognised> {
  const scorer = input.scorer ?? null;
  if (scorer === null) return byFeatures(input, context);
  const clip = await byClip({ ...input, scorer }, context);
  if (scorer.mode === 'xclip') return clip;
  const features = await byFeatures(input, context);
  const weight = await clipWeightOf(context.memory, { ...input, scorer }, features.lesson);
  return {
    probabilities: fuseProbabilities(features.probabilities, clip.probabilities, weight),
    warnings: [...features.warnings, ...clip.warnings],
  };
}

/** Fails with `not-found` where the video's frame features are not complete. */
async function byFeatures(
  input: Input,
  { memory, signal }: { readonly memory: WithLocalisations; readonly signal: AbortSignal },
): Promise<RecognisedByFeatures> {
  const { media, classes, span } = input;
  const question = await classQuestion(memory, input);
  const { analysis, dense, named } = await openVideo(memory, input, media, question, signal);
  const lesson = await lessonOf(memory, input, question, signal);
  const warnings = [...question.warnings, ...(lesson?.warnings ?? [])];
  const scores = classifySpan(analysis, question.classSet, {
    top: classes.length,
    ...(span === null ? {} : { span }),
    ...(lesson === null ? {} : { taught: lesson.taught }),
    ...(dense === analysis.features ? {} : { denseFeatures: dense }),
    ...(named === dense ? {} : { namedFeatures: named }),
  });
  const probabilities = new Float64Array(classes.length);
  for (const { classIndex, probability } of scores) probabilities[classIndex] = probability;
  return { probabilities, warnings, lesson };
}

async function byClip(
  input: Input & { readonly scorer: NonNullable<Input['scorer']> },
  context: TaskContext,
): Promise<Recognised> {
  const { media, featuresFolder, scorer, span } = input;
  const table = FrameTable.fromArray(media.frames);
  const range = span === null ? wholeVideo(table) : framesOfSpan(table, span);
  await encodeRanges(context, media, scorer.model, featuresFolder, [range]);
  const { probabilities, warnings } = await probabilitiesOf(context.memory, input, media.checksum, [range]);
  const short = shortClipWarning([range], (await context.memory.scorers.facts(scorer.model)).frameCount);
  return { probabilities: probabilities[0]!, warnings: [...warnings, ...(short === null ? [] : [short])] };
}
