import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { recognitionMetrics } from '#main/evaluate/recognition-metrics.ts';
import { localise, type LocalisationExtras } from '#main/pipeline/classify/localise.ts';
import { defaultBackgroundTexts } from '#main/pipeline/propose/background-texts.ts';
import { defaultLocalisationSettings } from '#main/pipeline/propose/localisation-settings.ts';
import { clipProbabilities } from '#main/pipeline/score-clips/clip-probabilities.ts';
import { learnClipWeight, type TwoOpinions } from '#main/pipeline/score-clips/clip-weight.ts';
import { opinionOf } from '#main/pipeline/score-clips/fuse-probabilities.ts';
import { proposalsToScore } from '#main/pipeline/score-clips/proposals-to-score.ts';
import { logitsOf, type ScorerTask } from '#main/pipeline/tune-scorer/scorer-task.ts';
import { tuneScorer } from '#main/pipeline/tune-scorer/tune-scorer.ts';
import { trainingShots, type Shot } from '#main/pipeline/tune/training-shots.ts';
import type { Span } from '#preload/domain/span.ts';
import { openVideoModel, type EncodedClips, type VideoTextModel } from '#native-models/open-video-model.ts';
import { openClipLearner } from '#native-models/xclip/clip-learner.ts';
import { correctionsOf } from './corrected-videos.ts';
import { measureLocalisation } from './measure-localisation.ts';
import type { Measurements } from './measurements.ts';
import { novelSplit, pairAccuracy, pairsSplit, recognition, seenSplit } from './rendered-recognition.ts';
import type { NamedClasses, SeenVideo } from './rendered-world.ts';
import { joined, ReportClips, type ClipVideo } from './report-clips.ts';
import type { SeedContext, SeedTask } from './seed-task.ts';
import { proposalsIn, studioKnowledge } from './student.ts';

export const clipScorerMethod = 'X-CLIP, zero-shot';
export const tunedScorerMethod = 'X-CLIP, tuned';
export const fusedMethod = 'studio with X-CLIP';

/** Nobody waits for a report at a screen. */
const longestSeconds = 3600;

/** A model of whole clips: on the trimmed actions and shots that frame features have, and on their proposals. */
export const measureClipScorer: SeedTask = async (context, measurements) => {
  const { films } = context;
  await using model = await openVideoModel(context.xclip!, { provider: 'cpu', threads: 1 });
  const scratch = await mkdtemp(path.join(tmpdir(), 'cuepoint-report-clips-'));
  try {
    const clips = new ReportClips(model, scratch);
    const shots = await films.films('shots');
    const test = await films.films('novel');
    await measureZeroShot(model, clips, await films.films('clips'), films.seen, measurements);
    await measureFewShot(model, clips, { shots, test }, films.novel, context, measurements);
    await measureProposals(model, clips, { shots, test }, context, measurements);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
};

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
  { shotCounts, scorerPreset: preset, seed }: SeedContext,
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

/** Proposals as clips: the clips' say alone, and beside that of the studio's features, without and with corrections. */
async function measureProposals(
  model: VideoTextModel,
  clips: ReportClips,
  { shots, test }: { readonly shots: readonly SeenVideo[]; readonly test: readonly SeenVideo[] },
  { films: { novel }, shotCounts }: SeedContext,
  measurements: Measurements,
): Promise<void> {
  const names = await namesOf(model, novel.labels);
  const sayOf = async (video: ClipVideo, span: Span): Promise<Float64Array> => {
    const logits = await model.score(await clips.of(video, span), names);
    return clipProbabilities(logits, names.length / model.dim, novel.classIds.length)[0]!;
  };
  const says = new Map<SeenVideo, Map<unknown, Float64Array>>();
  for (const video of test) {
    const said = new Map<unknown, Float64Array>();
    for (const { proposal } of proposalsToScore(proposalsIn(video, novel).proposals, video.table))
      said.set(proposal, await sayOf(video, proposal));
    says.set(video, said);
  }
  for (const count of shotCounts) {
    const corrected = correctionsOf(shots, novel.classIds, count);
    const { taught, knowledgeOf } = studioKnowledge(novel, { corrected: shots, unlabelled: test }, corrected);
    const opinions: TwoOpinions[] = [];
    for (const { shot, probabilities: frames } of taught.heldBack) {
      const right = shot.classIds.map((classId) => novel.classIds.indexOf(classId));
      const { videoId } = shot;
      const video = shots.find((one) => one.videoId === videoId)!;
      if (right.length > 0) opinions.push({ videoId, right, frames, clip: await sayOf(video, shot) });
    }
    const weight = learnClipWeight(opinions);
    for (const [method, mode] of [
      [clipScorerMethod, 'xclip'],
      [fusedMethod, 'fused'],
    ] as const) {
      const found = test.map((video) => {
        const extras: LocalisationExtras = {
          ...(mode === 'xclip' ? { denseFeatures: video.seen } : knowledgeOf(video)),
          proposed: proposalsIn(video, novel),
          opinion: (proposal, fromFeatures) => opinionOf(mode, fromFeatures, says.get(video)!.get(proposal), weight),
        };
        return { video, localisation: localise(video.analysis, novel.classSet, defaultLocalisationSettings, extras) };
      });
      measureLocalisation(found, novel, { split: novelSplit, shots: count, method }, measurements);
    }
  }
}

const namesOf = (model: VideoTextModel, labels: readonly string[]): Promise<Float32Array> =>
  model.encodeNames([...labels, ...defaultBackgroundTexts]);
