import path from 'node:path';
import type { ProposedVideo, SampleRange } from '#main/pipeline/learn/describe-video.ts';
import { SpanDescriber } from '#main/pipeline/learn/span-descriptor.ts';
import { proposalsOfTable, stageMethod, tableOfProposals } from '#main/pipeline/learn/stage-tables.ts';
import { featureName, type FeatureKey } from '#main/pipeline/feature-store/feature-key.ts';
import { FeatureStore } from '#main/pipeline/feature-store/feature-store.ts';
import { keepStage, readStage, type StageKey, type StoredStage } from '#main/pipeline/feature-store/stage-store.ts';
import { boundaryInput, learnedBoundaries } from '#main/pipeline/tune/boundary-samples.ts';
import { boundaryVideo } from '#main/pipeline/tune/train-boundary-head.ts';
import type { FeatureAnalysis } from '#main/pipeline/propose/analyse-features.ts';
import type { LearnedBoundaries } from '#main/pipeline/propose/learned-boundaries.ts';
import { defaultLocalisationSettings } from '#main/pipeline/propose/localisation-settings.ts';
import { withOwnBoundaries, type AskedHead } from '#main/pipeline/propose/own-boundaries.ts';
import { sampleGrid } from '#main/pipeline/propose/sample-grid.ts';
import { proposeSegments, type ProposedSegments } from '#main/pipeline/propose/propose-segments.ts';
import { FrameTable } from '#preload/domain/frame-table.ts';
import type { Kept, WithInference, WithModels, WithVideos } from '../memory/ports.ts';
import type { IndexedMedia, TaughtVideo } from '../vocabulary.ts';
import type { Asked, ClassQuestion } from './class-question.ts';
import type { OwnHead } from './own-module.ts';
import { seenBy, type WithDenseFeatures } from './seen-features.ts';
import { say, type SaidValue, type Saying } from '#preload/domain/saying.ts';

export interface WithStages extends WithInference, WithModels, WithVideos, WithDenseFeatures {
  /** Proposals, class by class alike: corrections do not change them. */
  readonly staged: Kept<StagedVideo>;
  /** The last curves. */
  readonly curves: Kept<VideoCurvesSeen>;
}

/** A video after stage 1, without its features. */
export type StagedVideo = Omit<ProposedVideo, 'features' | 'plain' | 'videoId'>;

/** The curves behind a video's proposals, at the times `[N]` of its features, microseconds. */
export interface VideoCurvesSeen {
  readonly curves: ProposedSegments['curves'];
  readonly timesUs: Float64Array;
}

/** A video whose features are in memory. */
export interface OpenedVideo {
  readonly analysis: FeatureAnalysis;
  /** `[N, D]` features that are classified; the analysed ones where the model has no temporal module. */
  readonly dense: Float32Array;
  /** `[N, D]` features that the names are compared with; the same where no module was trained for them. */
  readonly named: Float32Array;
  readonly timesUs: Float64Array;
}

/** Where a video's features are, and its name in memory. */
export function videoKey({ featureKeyOf }: ClassQuestion, { checksum }: Pick<IndexedMedia, 'checksum'>) {
  const key = featureKeyOf(checksum);
  return { key, name: featureName(key) };
}

/** Fails with `not-found` where the features are not complete, `cancelled` when it is stopped. */
export async function openVideo(
  memory: WithStages,
  asked: Asked,
  media: IndexedMedia,
  question: ClassQuestion,
  signal: AbortSignal,
): Promise<OpenedVideo> {
  const { version, classIds } = question;
  const { key } = videoKey(question, media);
  const { analysis, features } = await memory.videos.of(asked.featuresFolder, key, media);
  const { features: plain, timesUs } = features;
  if (classIds.length === 0) return { analysis, dense: plain, named: plain, timesUs };
  const seen = { model: asked.model, featuresFolder: asked.featuresFolder, key };
  const dense = await seenBy(memory, { ...seen, version: null }, plain, signal);
  const named = version === null ? dense : await seenBy(memory, { ...seen, version }, plain, signal);
  return { analysis, dense, named, timesUs };
}

/** Describes a video's spans by the order of its features, and by what its names are compared with. */
export const describerOf = (video: OpenedVideo, dim: number): SpanDescriber =>
  describerWithin(video, dim, [0, video.timesUs.length]);

/** The same for spans within samples `[start, end)`, which are counted from its start: a new shot costs its own features alone. */
export function describerWithin(
  { analysis, dense, named }: OpenedVideo,
  dim: number,
  [start, end]: SampleRange,
): SpanDescriber {
  const within = (features: Float32Array): Float32Array => features.subarray(start * dim, end * dim);
  const own = within(dense);
  const plain = dense === analysis.features ? null : within(analysis.features);
  return new SpanDescriber(own, dim, plain, named === dense ? own : within(named));
}

/** Stage 1 by the bare names, with what heads say of edges: the model's own, and the live one, which was trained beside both. */
export async function propose(
  memory: WithStages,
  { analysis: plain, dense }: OpenedVideo,
  question: ClassQuestion,
): Promise<ProposedSegments> {
  const { ownHead } = question;
  const analysis = await withOwnBoundaries(plain, dense, ownHead && askedOf(memory, ownHead));
  const boundaries = await boundariesSeen(memory, question, analysis);
  const own = dense === plain.features ? null : dense;
  return proposeSegments(analysis, question.zeroShot, defaultLocalisationSettings.proposal, boundaries, own);
}

/** A model's own head, asked of the inference thread. */
const askedOf = ({ inference }: WithInference, { module, ...head }: OwnHead): AskedHead => ({
  ...head,
  run: (features, dense) =>
    inference.ask('ownBoundaries', { module, features, dense }, { transfer: [features.buffer, dense.buffer] }),
});

async function boundariesSeen(
  memory: WithInference,
  { edges, zeroShot }: ClassQuestion,
  analysis: FeatureAnalysis,
): Promise<LearnedBoundaries | null> {
  if (edges === null) return null;
  const batch = boundaryInput(boundaryVideo(analysis, zeroShot));
  const probabilities = await memory.inference.ask('boundaryHead', { versionFile: edges.file, batch });
  return learnedBoundaries(probabilities, edges.boundary.longestS);
}

/** Bytes that a proposal takes as an object, about. */
const bytesPerProposal = 120;

/** Something that was found or computed, with a word about what had to be computed anew. */
export interface Told<Value> {
  readonly value: Value;
  readonly warnings: readonly Saying[];
}

/** A word about a file that could not be used; none where there was no file. */
export const computedAnew = (stored: StoredStage, of: SaidValue): Saying[] =>
  stored.state === 'absent'
    ? []
    : [
        say('What was kept of {{of}} was damaged and is computed anew from the features ({{file}}).', {
          of,
          file: path.basename(stored.file),
        }),
      ];

/** Stage 1 of a video, from memory or the disk; it is computed from its features where neither has it. */
export async function stagedVideo(
  memory: WithStages,
  asked: Asked,
  media: IndexedMedia,
  question: ClassQuestion,
  signal: AbortSignal,
): Promise<Told<StagedVideo>> {
  const { key, name } = videoKey(question, media);
  const known = memory.staged.get(`${question.key}\0${name}`);
  if (known !== undefined) return { value: known, warnings: [] };
  const stored = await readStage(asked.featuresFolder, proposalsKey(key, question));
  if (stored.state === 'there' && stored.table !== null) {
    const timesUs = await new FeatureStore(asked.featuresFolder).timesOf(key).catch(() => null);
    const grid = timesUs && sampleGrid(timesUs, FrameTable.fromArray(media.frames).lastEndUs);
    const proposals = grid && proposalsOfTable(stored.table, grid);
    if (proposals !== null) {
      const staged = { grid: grid!, proposals };
      remember(memory, `${question.key}\0${name}`, staged);
      return { value: staged, warnings: [] };
    }
  }
  const { staged } = await stage(memory, asked, media, question, signal);
  return { value: staged, warnings: computedAnew(stored, path.basename(media.path)) };
}

const proposalsKey = (features: FeatureKey, question: ClassQuestion): StageKey => ({
  kind: 'proposals',
  features,
  question: JSON.stringify([stageMethod, question.key]),
});

const remember = (memory: WithStages, key: string, staged: StagedVideo): void =>
  memory.staged.set(key, staged, staged.grid.edgesUs.byteLength + bytesPerProposal * staged.proposals.length);

/** The curves of a video: stage 1 again where they are not among the last. */
export async function curvesOf(
  memory: WithStages,
  asked: Asked,
  media: IndexedMedia,
  question: ClassQuestion,
  signal: AbortSignal,
): Promise<VideoCurvesSeen> {
  const { name } = videoKey(question, media);
  return memory.curves.get(`${question.key}\0${name}`) ?? (await stage(memory, asked, media, question, signal)).seen;
}

async function stage(
  memory: WithStages,
  asked: Asked,
  media: IndexedMedia,
  question: ClassQuestion,
  signal: AbortSignal,
): Promise<{ readonly staged: StagedVideo; readonly seen: VideoCurvesSeen }> {
  const { key, name } = videoKey(question, media);
  const opened = await openVideo(memory, asked, media, question, signal);
  const { proposals, curves } = await propose(memory, opened, question);
  const { grid } = opened.analysis;
  const staged = { grid, proposals };
  remember(memory, `${question.key}\0${name}`, staged);
  await keepStage(asked.featuresFolder, proposalsKey(key, question), tableOfProposals(proposals));
  const seen = { curves, timesUs: opened.timesUs };
  memory.curves.set(`${question.key}\0${name}`, seen, 1);
  return { staged, seen };
}

/** Stored features are all that is read of a video that teaches; its end is all they need of its frame table. */
export const mediaOf = ({ name, checksum, endUs }: TaughtVideo): IndexedMedia => ({
  path: name,
  checksum,
  frames: Float64Array.of(0, endUs),
});
