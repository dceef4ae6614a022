import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { blockBasis, type BlockBasis } from '#main/pipeline/learn/block-basis.ts';
import { unlabelledCount, unlabelledDescriptors, videoEvidence } from '#main/pipeline/learn/describe-video.ts';
import type { Ground, VideoEvidence } from '#main/pipeline/learn/evidence.ts';
import { carriedTo } from '#main/pipeline/learn/carried-lesson.ts';
import { groundOf } from '#main/pipeline/learn/ground.ts';
import { learn } from '#main/pipeline/learn/learn.ts';
import type { Taught } from '#main/pipeline/learn/learn-from-project.ts';
import type { Rows } from '#main/pipeline/learn/rows.ts';
import { basisOfTable, stageMethod, tableOfBasis } from '#main/pipeline/learn/stage-tables.ts';
import { unlabelledPool } from '#main/pipeline/learn/unlabelled-pool.ts';
import { trainingShots } from '#main/pipeline/tune/training-shots.ts';
import { areDamaged } from '#main/pipeline/feature-store/feature-store.ts';
import { keepStage, readStage } from '#main/pipeline/feature-store/stage-store.ts';
import { Failure } from '#preload/domain/failure.ts';
import { storedIn } from '../memory/stored-videos.ts';
import type { Kept } from '../memory/ports.ts';
import type { TaughtChoice, TaughtVideo } from '../vocabulary.ts';
import type { Asked, ClassQuestion } from './class-question.ts';
import { describedVideo, spansOf, type WithDescribed } from './described-video.ts';
import { computedAnew, describerOf, mediaOf, openVideo, stagedVideo, type Told } from './staged-video.ts';
import { distinct } from '#preload/domain/said-lists.ts';
import { say, type Saying } from '#preload/domain/saying.ts';

export interface WithLessons extends WithDescribed {
  /** What corrections taught, once for all videos. */
  readonly lessons: Kept<Promise<TaughtProject>>;
  /** What each video adds, so that a correction costs the video that it is in. */
  readonly evidence: Kept<VideoEvidence>;
  readonly bases: Kept<BlockBasis>;
  readonly grounds: Kept<Ground | null>;
}

/** What is learned from a project, and the name of the basis that it is told in. */
export interface TaughtProject {
  readonly taught: Taught;
  readonly basis: BlockBasis;
  readonly basisKey: string;
  /** Equal evidence has equal keys. */
  readonly key: string;
  /** Videos that teach nothing, and why. */
  readonly warnings: readonly Saying[];
}

const digestOf = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('base64');

/**
 * What a project's videos and corrections teach: computed once for equal corrections, and shared by all videos. Null
 * where there are no classes, or no videos with features.
 *
 * @param rest between two videos; in it others are answered, and a word to stop is heard after it.
 */
export async function lessonOf(
  memory: WithLessons,
  asked: Asked,
  question: ClassQuestion,
  signal: AbortSignal,
  rest: () => Promise<unknown> = setImmediate,
): Promise<TaughtProject | null> {
  const { taught: choice = null } = asked;
  if (choice === null || question.classIds.length === 0) return null;
  const isStored = await storedIn(asked.featuresFolder);
  const videos = choice.videos.filter(({ checksum }) => isStored(question.featureKeyOf(checksum)));
  if (videos.length === 0) return null;
  const pool = unlabelledPool(videos, ({ endUs }) => unlabelledCount(expectedProposals(endUs)));
  const key = digestOf([question.key, choice, pool.map(({ checksum }) => checksum), videos.length]);
  for (;;) {
    const known = memory.lessons.get(key);
    if (known === undefined) break;
    try {
      return await known;
    } catch (error) {
      // Whoever asked for it first was stopped, and this one was not.
      if (!isCancelled(error) || signal.aborted) throw error;
    }
  }
  const lesson = learnFrom(memory, asked, question, { choice, videos, pool, key }, signal, rest);
  memory.lessons.set(key, lesson, 1);
  // A lesson that failed may succeed another time, when a file is back.
  lesson.catch(() => memory.lessons.delete(key));
  return lesson;
}

const isCancelled = (error: unknown): boolean => error instanceof Failure && error.code === 'cancelled';

/** Proposals of a video of this length, about. */
const expectedProposals = (endUs: number): number => Math.max(200, (20 * endUs) / 60e6);

async function learnFrom(
  memory: WithLessons,
  asked: Asked,
  question: ClassQuestion,
  project: {
    readonly choice: TaughtChoice;
    /** Those with features, and those among them that classes inherit from. */
    readonly videos: readonly TaughtVideo[];
    readonly pool: readonly TaughtVideo[];
    readonly key: string;
  },
  signal: AbortSignal,
  rest: () => Promise<unknown>,
): Promise<TaughtProject> {
  const { choice, videos, pool, key: lessonKey } = project;
  const { corrections, reviewed } = choice;
  const warnings: Saying[] = [];
  const { classIds, classSet, dim } = question;
  const basisKey = digestOf([question.key, pool.map(({ checksum }) => checksum)]);
  const prompts = asked.classes.map(({ prompt }) => prompt);
  const carried = question.carried === null ? null : carriedTo(question.carried, prompts);
  // What comes from elsewhere is told in the terms of a basis of its own.
  const basis = (carried && question.carried?.basis) ?? memory.bases.get(basisKey) ?? (await basisOf());
  memory.bases.set(basisKey, basis, 1);
  const shots = trainingShots(
    corrections.filter(({ classId }) => classIds.includes(classId)),
    reviewed,
  );
  const evidence: VideoEvidence[] = [];
  for (const video of videos.toSorted((a, b) => a.videoId - b.videoId)) {
    const own = {
      shots: shots.filter(({ videoId }) => videoId === video.videoId),
      reviewed: reviewed.find(({ videoId }) => videoId === video.videoId) ?? null,
      isInPool: pool.includes(video),
    };
    if (own.shots.length > 0 || own.reviewed !== null || own.isInPool) {
      const found = await reading(video, () => evidenceOf(video, own));
      if (found !== null) evidence.push(found);
    }
  }
  const backgroundCount = classSet.backgroundEmbeddings.length / dim;
  const inPool = new Set(pool.map(({ videoId }) => videoId));
  const groundKey = digestOf([basisKey, evidence.flatMap(({ videoId }) => (inPool.has(videoId) ? videoId : []))]);
  const ground = memory.grounds.get(groundKey) ?? groundOf(evidence, classIds.length);
  memory.grounds.set(groundKey, ground, 1);
  const taught = { ...learn({ classIds, backgroundCount, videos: evidence, carried, ground }), basis };
  return { taught, basis, basisKey, key: lessonKey, warnings: distinct(warnings) };

  /**
   * A video whose features cannot be read teaches nothing, and keeps no other from teaching. That they were found
   * damaged is told to whoever asked, once.
   */
  async function reading<Value>(video: TaughtVideo, work: () => Promise<Told<Value>>): Promise<Value | null> {
    signal.throwIfAborted();
    try {
      const { value, warnings: words } = await work();
      warnings.push(...words);
      return value;
    } catch (error) {
      if (!(error instanceof Failure) || isCancelled(error) || areDamaged(error)) throw error;
      warnings.push(say('{{name}} teaches nothing for now: {{fault}}', { name: video.name, fault: error.said }));
      return null;
    }
  }

  /** From the disk where it was computed before: then no features are read. */
  async function basisOf(): Promise<BlockBasis> {
    const stageKey = { kind: 'spans', features: null, question: JSON.stringify([stageMethod, basisKey]) } as const;
    const stored = await readStage(asked.featuresFolder, stageKey);
    const known = stored.state === 'there' && stored.table !== null ? basisOfTable(stored.table, dim) : null;
    if (known !== null) return known;
    warnings.push(...computedAnew(stored, say('the project’s features as a whole')));
    const rows: Rows[] = [];
    for (const video of pool) {
      const media = mediaOf(video);
      const descriptors = await reading(video, async () => {
        const { value: staged, warnings: words } = await stagedVideo(memory, asked, media, question, signal);
        const opened = await openVideo(memory, asked, media, question, signal);
        return { value: unlabelledDescriptors(staged, describerOf(opened, dim)), warnings: words };
      });
      if (descriptors !== null) rows.push(descriptors);
    }
    const made = blockBasis(rows, dim);
    // Of nothing there is no basis, and with features there will be one.
    if (made.blocks > 0) await keepStage(asked.featuresFolder, stageKey, tableOfBasis(made));
    return made;
  }

  async function evidenceOf(
    video: TaughtVideo,
    own: Pick<Parameters<typeof videoEvidence>[2], 'shots' | 'reviewed' | 'isInPool'>,
  ): Promise<Told<VideoEvidence>> {
    const key = digestOf([basisKey, video, own]);
    const kept = memory.evidence.get(key);
    if (kept !== undefined) return { value: kept, warnings: [] };
    await rest();
    signal.throwIfAborted();
    const named = { basis, basisKey };
    const described = await describedVideo(memory, asked, mediaOf(video), question, named, own.shots, signal);
    const { staged, table } = described.value;
    const found = videoEvidence({ ...staged, videoId: video.videoId }, (ranges) => spansOf(table, ranges), {
      classIds,
      ...own,
    });
    memory.evidence.set(key, found, bytesOf(found));
    return { value: found, warnings: described.warnings };
  }
}

const bytesOf = ({ unlabelled, shotSpans, reviewed }: VideoEvidence): number =>
  [unlabelled, shotSpans, ...(reviewed === null ? [] : [reviewed])].reduce(
    (sum, { codes, texts }) => sum + codes.values.byteLength + texts.values.byteLength,
    0,
  );
