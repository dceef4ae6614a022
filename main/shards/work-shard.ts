import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { rm } from 'node:fs/promises';
import writeFileAtomic from 'write-file-atomic';
import { Failure } from '#preload/domain/failure.ts';
import { verbatim } from '#preload/domain/saying.ts';
import { frameTableFromBlob } from '../database/frame-table-blob.ts';
import type { Engine } from '../engine/tasks.ts';
import type { ModelChoice, TaskProgress } from '../engine/vocabulary.ts';
import { toFailure } from '../failures/to-failure.ts';
import { checksumOf } from '../media/checksum.ts';
import { checksumOfReading } from '../media/reading-checksum.ts';
import { sha256 } from '../project/media-locator.ts';
import {
  planParts,
  readPlan,
  readResult,
  readShard,
  type Plan,
  type PlannedVideo,
  type Result,
} from './plan-folder.ts';
import { takeShard, type Heartbeat } from './shard-lock.ts';

/** What a worker says while it works; every line of its log is one of these. */
export type WorkEvent =
  | { readonly event: 'start'; readonly videos: number; readonly seconds: number }
  | { readonly event: 'waiting' }
  | ({ readonly event: 'progress'; readonly video: string } & TaskProgress)
  | {
      readonly event: 'video';
      readonly video: string;
      readonly rows: number;
      readonly resumedFromRow: number;
      readonly provider: string | null;
    }
  | { readonly event: 'already'; readonly video: string }
  | { readonly event: 'failed'; readonly video: string; readonly failure: Failure };

export interface ShardWork {
  readonly folder: string;
  readonly index: number;
  /** Where the model is on this machine, if it is not where the plan says. */
  readonly modelFolder?: string | undefined;
  /** Where videos are on this machine, by their names, if they are not where the plan says. */
  readonly videosFolder?: string | undefined;
  readonly program: string;
  readonly engine: Engine;
  readonly signal: AbortSignal;
  readonly tell: (event: WorkEvent) => void;
  readonly heartbeat?: Heartbeat;
}

/** What became of a shard's videos. */
export interface ShardOutcome {
  readonly computed: number;
  readonly already: number;
  readonly failed: readonly { readonly video: string; readonly failure: Failure }[];
}

/**
 * Computes the features of a shard's videos into the plan's results. What is complete is left as it is, what was
 * interrupted goes on, and a video that fails stops no other. Fails with `cancelled`, `project-busy` while another worker
 * is at it, and `engine-stopped` or `disk-full`, where trying again makes sense.
 */
export async function workShard(work: ShardWork): Promise<ShardOutcome> {
  const { folder, index, tell } = work;
  const plan = readPlan(folder);
  const shard = readShard(folder, plan, index);
  using lock = await takeShard(path.join(planParts(folder).locks, `${index}.json`), {
    signal: work.signal,
    onWait: () => tell({ event: 'waiting' }),
    ...(work.heartbeat && { heartbeat: work.heartbeat }),
  });
  const signal = AbortSignal.any([work.signal, lock.lost]);
  tell({ event: 'start', videos: shard.videos.length, seconds: shard.seconds });
  const failed: { readonly video: string; readonly failure: Failure }[] = [];
  let [computed, already] = [0, 0];
  for (const video of shard.videos) {
    signal.throwIfAborted();
    if (await isComplete(folder, video)) {
      already += 1;
      tell({ event: 'already', video: video.name });
      continue;
    }
    try {
      const made = await embedPlanned({ ...work, signal }, plan, video);
      computed += 1;
      tell({ event: 'video', video: video.name, ...made });
    } catch (error) {
      signal.throwIfAborted();
      const failure = toFailure(error);
      if (isPassing(failure)) throw failure;
      tell({ event: 'failed', video: video.name, failure });
      failed.push({ video: video.name, failure });
    }
  }
  return { computed, already, failed };
}

/** Whether the same may work another time, or on another machine. */
export const isPassing = ({ code }: Failure): boolean =>
  code === 'engine-stopped' || code === 'disk-full' || code === 'project-busy' || code === 'cancelled';

/** Whether a video's features are there and are what was said of them when they were complete; others are removed. */
async function isComplete(folder: string, video: PlannedVideo): Promise<boolean> {
  const said = readResult(folder, video);
  if (said === null) return false;
  const { features, times } = featureFilesOf(folder, video);
  const isWhole =
    said.checksum === video.checksum &&
    existsSync(features) &&
    existsSync(times) &&
    (await sha256(features)) === said.featuresSum &&
    (await sha256(times)) === said.timesSum;
  if (!isWhole)
    for (const file of [planParts(folder).resultOf(video), features, times]) await rm(file, { force: true });
  return isWhole;
}

async function embedPlanned(
  { folder, modelFolder, videosFolder, program, engine, signal, tell }: ShardWork,
  plan: Plan,
  video: PlannedVideo,
): Promise<{ readonly rows: number; readonly resumedFromRow: number; readonly provider: string | null }> {
  const { results, resultOf } = planParts(folder);
  const model: ModelChoice = {
    folder: path.resolve(modelFolder ?? plan.model.folder),
    provider: plan.provider,
    ...(plan.framing !== undefined && { framing: plan.framing }),
    ...(plan.shareStill !== undefined && { shareStill: plan.shareStill }),
    ...(plan.numbers !== undefined && { numbers: plan.numbers }),
  };
  const { samplingFps } = plan;
  const { checksum } = video;
  const { key } = await engine.run('featureKey', { checksum, model, samplingFps, featuresFolder: results }, { signal });
  if (key !== video.features)
    throw new Failure(
      'unreadable-model',
      verbatim(
        `The model in ${model.folder} is not the one of the plan (${plan.model.name}): copy that one here, or plan again.`,
      ),
      { folder: model.folder },
    );
  const media = {
    path: await findVideo(folder, videosFolder, video, signal),
    checksum,
    frames: framesOf(folder, video),
  };
  const made = await engine.run(
    'embed',
    { media, model, samplingFps, featuresFolder: results },
    { signal, onProgress: ({ done, step }) => tell({ event: 'progress', video: video.name, done, step }) },
  );
  const { features, times } = featureFilesOf(folder, video);
  const { dim } = await engine.run('describeModel', { folder: model.folder }, { signal });
  const provider = made.provider?.chosen ?? null;
  const said: Result = {
    checksum,
    model: plan.model.hash,
    rows: made.rows,
    dim,
    featuresSum: await sha256(features),
    timesSum: await sha256(times),
    damagedPackets: made.damagedPackets,
    provider,
    program,
  };
  await writeFileAtomic(resultOf(video), `${JSON.stringify(said, null, 2)}\n`);
  return { rows: made.rows, resumedFromRow: made.resumedFromRow, provider };
}

/** The video's file, with the bytes of the plan. Fails with `not-found`, or `unreadable-video` for another film. */
async function findVideo(
  folder: string,
  videosFolder: string | undefined,
  { name, path: planned, fromPlan, checksum, reading }: PlannedVideo,
  signal: AbortSignal,
): Promise<string> {
  const places =
    videosFolder === undefined
      ? [...(fromPlan === null ? [] : [path.resolve(folder, fromPlan)]), planned]
      : [path.join(videosFolder, name)];
  const file = places.find((place) => existsSync(place));
  if (file === undefined)
    throw new Failure(
      'not-found',
      verbatim(`${name} is not at ${places.join(' nor at ')}: copy it there, or give --videos.`),
      {
        path: places[0],
      },
    );
  if (checksumOfReading(await checksumOf(file, { signal }), reading) === checksum) return file;
  throw new Failure('unreadable-video', verbatim(`${file} is not the film of the plan: its checksum is another.`), {
    path: file,
  });
}

function framesOf(folder: string, video: PlannedVideo): Float64Array {
  const file = planParts(folder).framesOf(video);
  const bytes = readFileSync(file);
  if (createHash('sha256').update(bytes).digest('hex') === video.framesSum) return frameTableFromBlob(bytes);
  throw new Failure('bad-input', verbatim(`${file} is damaged: plan again.`), { file });
}

const featureFilesOf = (folder: string, { features }: PlannedVideo) => {
  const stem = path.join(planParts(folder).results, features);
  return { features: `${stem}.npy`, times: `${stem}.times.npy` };
};
