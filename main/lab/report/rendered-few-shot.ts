import { recognitionMetrics } from '#main/evaluate/recognition-metrics.ts';
import type { InstantAdapter } from '#main/pipeline/classify/instant-adapter.ts';
import type { Localisation, LocalisationExtras } from '#main/pipeline/classify/localise.ts';
import type { ClassSet } from '#main/pipeline/propose/class-set.ts';
import { adapterKeys } from '#main/pipeline/tune/adapter-keys.ts';
import { boundaryLabels } from '#main/pipeline/tune/boundary-samples.ts';
import {
  boundariesOf,
  boundaryVideo,
  trainBoundaryHead,
  type TrainedBoundaryHead,
} from '#main/pipeline/tune/train-boundary-head.ts';
import { trainingShots } from '#main/pipeline/tune/training-shots.ts';
import { denseFeatures } from '#native-models/temporal/dense-features.ts';
import { examplesOf, type TuningTask } from '#main/pipeline/tune/tuning-task.ts';
import { learn, methods, withHead, type Learned, type Lesson, type Method, type Presets } from './few-shot-methods.ts';
import type { Measurements } from './measurements.ts';
import { localiseIn, measureLocalisation } from './rendered-localisation.ts';
import { novelSplit, probabilitiesIn, recognition, trimmedActions } from './rendered-recognition.ts';
import type { NamedClasses, RenderedWorld, SeenVideo } from './rendered-world.ts';
import { correctionsOf, type Corrected } from './shots-of-videos.ts';

export interface FewShotOptions {
  readonly shotCounts: readonly number[];
  readonly methods?: readonly Method[];
  readonly presets: Presets;
  /** Steps of the boundary head's trainings; its own where absent. */
  readonly boundarySteps?: number;
  readonly seed: number;
  /** Called before each piece of work with what it is. */
  readonly begin: (stage: string) => void;
}

/** Numbers of shots for which a boundary head is trained: it takes longer than all prompts together. */
const headShots: readonly number[] = [1, 2, 8];

const edgesStage = (shots: number): string => `${shots} shots, edges`;
const methodStage = (shots: number, method: Method): string => `${shots} shots, ${method}`;

/** What `measureFewShot` begins, in order. */
export const fewShotStages = (shotCounts: readonly number[], chosen: readonly Method[] = methods): string[] =>
  shotCounts.flatMap((shots) => [
    ...(headShots.includes(shots) ? [edgesStage(shots)] : []),
    ...chosen.map((method) => methodStage(shots, method)),
  ]);

/** Novel actions recognised and localised in test videos after learning from a few of them in other videos. */
export async function measureFewShot(
  world: RenderedWorld,
  novel: NamedClasses,
  videos: { readonly shots: readonly SeenVideo[]; readonly test: readonly SeenVideo[] },
  options: FewShotOptions,
  measurements: Measurements,
): Promise<void> {
  const { presets, seed } = options;
  for (const shots of options.shotCounts) {
    const corrected = correctionsOf(videos.shots, novel.classIds, shots);
    const lesson = lessonOf(world, novel, videos.shots, corrected);
    let head: TrainedBoundaryHead | null = null;
    if (headShots.includes(shots)) {
      options.begin(edgesStage(shots));
      head = await headOf(videos.shots, corrected, novel.classSet, options);
    }
    for (const method of options.methods ?? methods) {
      options.begin(methodStage(shots, method));
      const learned = await learn(method, lesson, presets, seed);
      const student = await studentOf(learned, lesson, videos.test);
      const about = { split: novelSplit, shots, method };
      measureRecognition(student, novel, videos.test, { ...about, task: recognition }, measurements);
      measureLocalisation(await student.localise(videos.test, novel.classSet, null), novel, about, measurements);
      if (!headShots.includes(shots) || (method !== 'quick' && method !== 'full')) continue;
      // A head belongs to a version, and only one that goes live is used.
      const found = await student.localise(videos.test, novel.classSet, learned.runs.length > 0 ? head : null);
      measureLocalisation(found, novel, { ...about, method: withHead(method) }, measurements);
    }
  }
}

function lessonOf(
  { model, parts }: RenderedWorld,
  { classIds, names, classSet }: NamedClasses,
  videos: readonly SeenVideo[],
  { corrections, reviewed }: Corrected,
): Lesson {
  const task: TuningTask = {
    dim: model.dim,
    classIds,
    zeroShot: classSet.classEmbeddings,
    background: classSet.backgroundEmbeddings,
    videos: new Map(
      videos.map(({ videoId, seen, features }) => [videoId, { features: seen, timesUs: features.timesUs }]),
    ),
  };
  return { parts, names, scale: model.logitScale, task, shots: trainingShots(corrections, reviewed) };
}

async function headOf(
  videos: readonly SeenVideo[],
  { corrections, reviewed }: Corrected,
  classSet: ClassSet,
  { seed, boundarySteps }: FewShotOptions,
): Promise<TrainedBoundaryHead | null> {
  const touched = videos.filter(({ videoId }) => corrections.some((correction) => correction.videoId === videoId));
  const labelled = touched.map(({ videoId, analysis }) => ({
    videoId,
    analysis,
    labels: boundaryLabels(videoId, corrections, reviewed),
  }));
  const steps = boundarySteps === undefined ? {} : { steps: boundarySteps };
  return (await trainBoundaryHead(labelled, classSet, { seed, provider: 'cpu', threads: 1, ...steps })).head;
}

/** What was learned, ready to look at test videos. */
interface Student {
  readonly classSet: ClassSet;
  extrasFor(video: SeenVideo): Pick<LocalisationExtras, 'adapter' | 'denseFeatures'>;
  /** With what a head, trained beside the bare names `zeroShot`, says of edges. */
  localise(
    videos: readonly SeenVideo[],
    zeroShot: ClassSet,
    head: TrainedBoundaryHead | null,
  ): Promise<{ readonly video: SeenVideo; readonly localisation: Localisation }[]>;
}

async function studentOf(
  { classFeatures, scale, runs, adapter: strength }: Learned,
  { task, shots }: Lesson,
  test: readonly SeenVideo[],
): Promise<Student> {
  const shape = runs[0]?.temporal ?? null;
  const trainings = runs.map((run) => run.learned);
  const see = (features: Float32Array): Promise<Float32Array> =>
    shape === null ? Promise.resolve(features) : denseFeatures(shape, trainings, features, 'cpu');
  let adapter: InstantAdapter | null = null;
  if (strength !== null) {
    const videos = new Map<number, { features: Float32Array; timesUs: Float64Array }>();
    for (const [id, { features, timesUs }] of task.videos) videos.set(id, { features: await see(features), timesUs });
    const dense = { ...task, videos };
    adapter = { ...adapterKeys(dense, shots, examplesOf(dense, shots, null).features), ...strength };
  }
  const denseOf = new Map<SeenVideo, Float32Array>();
  for (const video of test) denseOf.set(video, await see(video.seen));
  const classSet = { classEmbeddings: classFeatures, backgroundEmbeddings: task.background, logitScale: scale };
  const extrasFor: Student['extrasFor'] = (video) => {
    const dense = denseOf.get(video)!;
    return {
      ...(adapter === null ? {} : { adapter }),
      ...(dense === video.features.features ? {} : { denseFeatures: dense }),
    };
  };
  return {
    classSet,
    extrasFor,
    async localise(videos, zeroShot, head) {
      const found: { video: SeenVideo; localisation: Localisation }[] = [];
      for (const video of videos) {
        const boundaries = head && (await boundariesOf(head, boundaryVideo(video.analysis, zeroShot), 'cpu'));
        const extras = { ...extrasFor(video), ...(boundaries === null ? {} : { boundaries }) };
        found.push({ video, localisation: localiseIn(video, classSet, extras) });
      }
      return found;
    },
  };
}

function measureRecognition(
  student: Student,
  { classIds }: NamedClasses,
  videos: readonly SeenVideo[],
  about: { readonly task: string; readonly split: string; readonly shots: number; readonly method: string },
  measurements: Measurements,
): void {
  const trimmed = trimmedActions(videos);
  const scores = trimmed.flatMap(({ video, action }) => [
    ...probabilitiesIn(video, action, student.classSet, student.extrasFor(video)),
  ]);
  const { top1 } = recognitionMetrics(
    scores,
    trimmed.map(({ action }) => classIds.indexOf(action.classId)),
  );
  measurements.add({ ...about, metric: 'top-1' }, top1);
}
