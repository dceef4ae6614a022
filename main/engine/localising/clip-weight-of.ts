import { learnClipWeight, type TwoOpinions } from '#main/pipeline/score-clips/clip-weight.ts';
import { usualClipWeight } from '#main/pipeline/score-clips/fuse-probabilities.ts';
import type { Kept, WithScorers } from '../memory/ports.ts';
import type { CorrectedClip } from '../vocabulary.ts';
import { probabilitiesOf, type ScoredInput } from './clip-opinion.ts';
import type { TaughtProject } from './lesson-of.ts';

export interface WithClipWeights extends WithScorers {
  readonly clipWeights: Kept<number>;
  /** Names of corrected clips that are known to be stored. */
  readonly storedClips: Kept<ReadonlySet<string>>;
}

/**
 * How far a scorer of clips is trusted beside frame features, by corrected stretches whose clips are stored; each is told
 * by what the other videos taught. The usual weight where there are none.
 */
export async function clipWeightOf(
  memory: WithClipWeights,
  input: ScoredInput,
  lesson: TaughtProject | null,
): Promise<number> {
  const { scorer, featuresFolder, classes } = input;
  if (scorer.mode !== 'fused' || lesson === null) return usualClipWeight;
  const stored = await storedClipsOf(memory, input, lesson);
  const key = JSON.stringify([lesson.key, scorer.model, featuresFolder, stored]);
  const known = memory.clipWeights.get(key);
  if (known !== undefined) return known;
  const heldBack = new Map(lesson.taught.heldBack.map((one) => [spanKey(one.shot), one]));
  const opinions: TwoOpinions[] = [];
  for (const [checksum, clips] of Map.groupBy(stored, (clip) => clip.checksum)) {
    const told = clips.filter((clip) => heldBack.has(spanKey(clip)));
    const { probabilities } = await probabilitiesOf(memory, input, checksum, told);
    for (const [row, clip] of told.entries()) {
      const { shot, probabilities: frames } = heldBack.get(spanKey(clip))!;
      const right = shot.classIds.map((classId) => classes.findIndex((one) => one.classId === classId));
      if (right.length > 0) opinions.push({ videoId: clip.videoId, right, frames, clip: probabilities[row]! });
    }
  }
  const weight = learnClipWeight(opinions);
  memory.clipWeights.set(key, weight, 1);
  return weight;
}

/**
 * Those of the corrected stretches whose clips are stored. All are looked for once for each lesson, and a video's own once
 * more when it is asked about: they were encoded just before.
 */
async function storedClipsOf(
  memory: WithClipWeights,
  { scorer, featuresFolder, media }: ScoredInput,
  lesson: TaughtProject,
): Promise<CorrectedClip[]> {
  const corrected = scorer.corrected ?? [];
  const key = JSON.stringify([lesson.key, scorer.model, featuresFolder]);
  const known = memory.storedClips.get(key);
  const open = corrected.filter(
    (clip) => known === undefined || (clip.checksum === media.checksum && !known.has(clipKey(clip))),
  );
  const there = new Set(known);
  for (const [checksum, clips] of Map.groupBy(open, (clip) => clip.checksum)) {
    const store = await memory.scorers.storeOf(scorer.model, featuresFolder, checksum);
    const missing = new Set((await store.missing(clips)).map(rangeKey));
    for (const clip of clips) if (!missing.has(rangeKey(clip))) there.add(clipKey(clip));
  }
  memory.storedClips.set(key, there, 1);
  return corrected.filter((clip) => there.has(clipKey(clip)));
}

const rangeKey = ({ startFrame, endFrame }: Pick<CorrectedClip, 'startFrame' | 'endFrame'>): string =>
  `${startFrame} ${endFrame}`;

const clipKey = (clip: CorrectedClip): string => `${clip.checksum} ${rangeKey(clip)}`;

const spanKey = ({ videoId, startUs, endUs }: Pick<CorrectedClip, 'videoId' | 'startUs' | 'endUs'>): string =>
  `${videoId} ${startUs} ${endUs}`;
