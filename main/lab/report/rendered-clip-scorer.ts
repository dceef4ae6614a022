import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { recognitionMetrics } from '#main/evaluate/recognition-metrics.ts';
import { defaultBackgroundTexts } from '#main/pipeline/propose/background-texts.ts';
import { clipProbabilities } from '#main/pipeline/score-clips/clip-probabilities.ts';
import { framesOfSpan, type FrameRange } from '#main/pipeline/score-clips/clip-span.ts';
import { ClipStore } from '#main/pipeline/score-clips/clip-store.ts';
import { encodeClips } from '#main/pipeline/score-clips/encode-clips.ts';
import type { ScorerPreset } from '#main/pipeline/tune-scorer/scorer-presets.ts';
import { logitsOf, type ScorerTask } from '#main/pipeline/tune-scorer/scorer-task.ts';
import { tuneScorer } from '#main/pipeline/tune-scorer/tune-scorer.ts';
import { trainingShots, type Shot } from '#main/pipeline/tune/training-shots.ts';
import { preprocessingHash } from '#native-models/image/image-preprocessing.ts';
import { openVideoModel, type EncodedClips, type VideoTextModel } from '#native-models/open-video-model.ts';
import { openClipLearner } from '#native-models/xclip/clip-learner.ts';
import type { Span } from '#preload/domain/span.ts';
import { filmSource, type FilmedVideo } from './filmed-video.ts';
import type { Measurements } from './measurements.ts';
import { novelSplit, pairAccuracy, pairsSplit, recognition, seenSplit } from './rendered-recognition.ts';
import type { NamedClasses } from './rendered-world.ts';
import { correctionsOf } from './shots-of-videos.ts';

export const clipScorerMethod = 'X-CLIP, zero-shot';
export const tunedScorerMethod = 'X-CLIP, tuned';

type ClipVideo = Pick<FilmedVideo, 'videoId' | 'script' | 'table' | 'actions'>;

export interface ClipScorerOptions {
  readonly folder: string;
  readonly shotCounts: readonly number[];
  readonly preset: ScorerPreset;
  readonly seed: number;
  readonly begin: (stage: string) => void;
}

const zeroShotStage = 'X-CLIP, zero-shot';
const tuningStage = (shots: number): string => `${shots} shots, X-CLIP`;

/** What `measureClipScorer` begins, in order. */
export const clipScorerStages = (shotCounts: readonly number[]): string[] => [
  zeroShotStage,
  ...shotCounts.map(tuningStage),
];

/** Nobody waits for a report at a screen. */
const longestSeconds = 3600;

/** A model of whole clips on the same trimmed actions, and tuned on the same shots, as frame features. */
export async function measureClipScorer(
  videos: {
    readonly clips: readonly ClipVideo[];
    readonly shots: readonly ClipVideo[];
    readonly test: readonly ClipVideo[];
  },
  classes: { readonly seen: NamedClasses; readonly novel: NamedClasses },
  options: ClipScorerOptions,
  measurements: Measurements,
): Promise<void> {
  await using model = await openVideoModel(options.folder, { provider: 'cpu', threads: 1 });
  const scratch = await mkdtemp(path.join(tmpdir(), 'cuepoint-report-clips-'));
  try {
    const clips = new ReportClips(model, scratch);
    options.begin(zeroShotStage);
    await measureZeroShot(model, clips, videos.clips, classes.seen, measurements);
    await measureFewShot(model, clips, videos, classes.novel, options, measurements);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function measureZeroShot(
  model: VideoTextModel,
  clips: ReportClips,
  videos: readonly ClipVideo[],
  seen: NamedClasses,
  measurements: Measurements,
): Promise<void> {
  const own = videos.flatMap((video) =>
    video.actions.filter(({ classId }) => seen.classIds.includes(classId)).map((action) => ({ video, action })),
  );
  const names = await namesOf(model, seen.labels);
  const rows: { classId: number; row: Float64Array }[] = [];
  for (const { video, action } of own) {
    const logits = await model.score(await clips.of(video, action), names);
    const [row] = clipProbabilities(logits, names.length / model.dim, seen.classIds.length);
    rows.push({ classId: action.classId, row: row! });
  }
  const { top1, top5 } = recognitionMetrics(
    rows.flatMap(({ row }) => [...row]),
    rows.map(({ classId }) => seen.classIds.indexOf(classId)),
  );
  const about = { task: recognition, shots: 0, method: clipScorerMethod };
  measurements.add({ ...about, split: seenSplit, metric: 'top-1' }, top1);
  measurements.add({ ...about, split: seenSplit, metric: 'top-5' }, top5);
  const pairs = pairAccuracy(rows, seen.classIds);
  measurements.add({ ...about, split: pairsSplit, metric: 'two-way accuracy' }, pairs);
}

async function measureFewShot(
  model: VideoTextModel,
  clips: ReportClips,
  videos: { readonly shots: readonly ClipVideo[]; readonly test: readonly ClipVideo[] },
  novel: NamedClasses,
  { shotCounts, preset, seed, begin }: ClipScorerOptions,
  measurements: Measurements,
): Promise<void> {
  const names = await namesOf(model, novel.labels);
  const { parts, dim } = model;
  const byId = new Map([...videos.shots, ...videos.test].map((video) => [video.videoId, video]));
  const task: ScorerTask = {
    classIds: novel.classIds,
    columns: names.length / dim,
    async clips(shots) {
      const parted: EncodedClips[] = [];
      for (const shot of shots) parted.push(await clips.of(byId.get(shot.videoId)!, shot));
      return { kind: 'encoded', clips: joined(parted) };
    },
  };
  await using learner = await openClipLearner(parts, { trained: preset.trained, names, provider: 'cpu', threads: 1 });
  const test = videos.test.flatMap(({ videoId, actions }) =>
    actions.map(({ classId, startUs, endUs }): Shot => ({ videoId, startUs, endUs, classIds: [classId] })),
  );
  const accuracy = (logits: Float32Array): number =>
    recognitionMetrics(
      clipProbabilities(logits, task.columns, novel.classIds.length).flatMap((row) => [...row]),
      test.map(({ classIds }) => novel.classIds.indexOf(classIds[0]!)),
    ).top1;
  const zeroShot = accuracy(await logitsOf(learner, learner.start(), task, test));
  for (const shots of shotCounts) {
    const { corrections, reviewed } = correctionsOf(videos.shots, novel.classIds, shots);
    const about = { task: recognition, split: novelSplit, shots, metric: 'top-1' };
    measurements.add({ ...about, method: clipScorerMethod }, zeroShot);
    begin(tuningStage(shots));
    let tuned = zeroShot;
    if (shots > 0) {
      const { tensors, decision } = await tuneScorer(learner, task, trainingShots(corrections, reviewed), preset, {
        seed,
        progressFolder: null,
        current: null,
        longestSeconds,
      });
      if (decision.live) {
        const learned = new Map([...tensors].map(([name, { values }]) => [name, values]));
        tuned = accuracy(await logitsOf(learner, learned, task, test));
      }
    }
    measurements.add({ ...about, method: tunedScorerMethod }, tuned);
  }
}

const namesOf = (model: VideoTextModel, labels: readonly string[]): Promise<Float32Array> =>
  model.encodeNames([...labels, ...defaultBackgroundTexts]);

function joined(parts: readonly EncodedClips[]): EncodedClips {
  const all = (of: (clips: EncodedClips) => Float32Array): Float32Array =>
    Float32Array.from(parts.flatMap((part) => [...of(part)]));
  return { count: parts.length, frames: all(({ frames }) => frames), context: all(({ context }) => context) };
}

/** Encoded clips of stretches of films, sampled, prepared and kept as the studio does it. */
class ReportClips {
  readonly #model: VideoTextModel;
  readonly #folder: string;
  readonly #known = new Map<string, EncodedClips>();

  constructor(model: VideoTextModel, folder: string) {
    this.#model = model;
    this.#folder = folder;
  }

  async of(video: ClipVideo, span: Span): Promise<EncodedClips> {
    const range = framesOfSpan(video.table, span);
    const key = [video.videoId, range.startFrame, range.endFrame].join();
    const known = this.#known.get(key) ?? (await this.#encode(video, range));
    this.#known.set(key, known);
    return known;
  }

  async #encode({ videoId, script }: ClipVideo, range: FrameRange): Promise<EncodedClips> {
    const { clipHash, preprocessing, frameCount, contextRows, dim } = this.#model;
    const store = new ClipStore(this.#folder, {
      videoChecksum: `film-${videoId}`,
      modelHash: clipHash,
      preprocessingHash: preprocessingHash(preprocessing),
      frameCount,
      contextRows,
      dim,
    });
    const encoder = {
      preprocessing,
      frameCount,
      batchSize: 1,
      encode: (pixels: Float32Array<ArrayBuffer>, count: number) => this.#model.encodeClips(pixels, count),
    };
    await encodeClips({ source: filmSource(script).source, ranges: [range], encoder, store });
    return store.read([range]);
  }
}
