import { proposalsToScore } from '#main/pipeline/score-clips/proposals-to-score.ts';
import { FrameTable } from '#preload/domain/frame-table.ts';
import { encodeRanges } from '../localising/encode-ranges.ts';
import { classQuestion } from '../localising/class-question.ts';
import { stagedVideo } from '../localising/staged-video.ts';
import type { EngineTask } from './task-context.ts';

/** The clips that a scorer needs of a video's proposals, and of what was accepted there; what an earlier run stored is not decoded again. */
export const encodeClipsTask: EngineTask<'encodeClips'> = async (input, context) => {
  const { media, featuresFolder, scorer } = input;
  const question = await classQuestion(context.memory, input);
  const { value: staged } = await stagedVideo(context.memory, input, input.media, question, context.signal);
  const scored = proposalsToScore(staged.proposals, FrameTable.fromArray(media.frames));
  const corrected = (scorer.corrected ?? []).filter(({ checksum }) => checksum === media.checksum);
  const ranges = [...scored.map(({ range }) => range), ...corrected];
  return { clips: ranges.length, ...(await encodeRanges(context, media, scorer.model, featuresFolder, ranges)) };
};
