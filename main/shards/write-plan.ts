import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { PlannedShards } from '#preload/contract/shards.ts';
import { Failure } from '#preload/domain/failure.ts';
import { verbatim } from '#preload/domain/saying.ts';
import { computingHere } from '#preload/domain/inference-server.ts';
import type { LocalProvider } from '#preload/domain/model.ts';
import { sampledFrames } from '../pipeline/encode/sampled-frames.ts';
import { frameTableToBlob } from '../database/frame-table-blob.ts';
import type { StoredVideo } from '../database/videos-table.ts';
import type { Engine } from '../engine/tasks.ts';
import { chosenModel } from '../jobs/model-run.ts';
import { dealLongestFirst } from '../project/longest-first.ts';
import { mediaPath } from '../project/media-locator.ts';
import type { OpenProject } from '../project/open-project.ts';
import { encodingSeconds } from './encoding-cost.ts';
import { planParts, type Plan, type PlannedVideo, type Shard } from './plan-folder.ts';

/** A video without features: where its file is, and what they will be called. */
interface Lacking {
  readonly video: StoredVideo;
  readonly media: string;
  readonly features: string;
}

export interface PlanRequest {
  readonly folder: string;
  readonly shards: number;
  /** What workers compute on; as the settings of this machine say where it is left out. */
  readonly provider: 'auto' | LocalProvider | undefined;
  /** Of the project's model here, if it was measured. */
  readonly framesPerSecond: number | null;
}

/**
 * Writes a plan folder for the videos whose features the project lacks: shards of about the same work, each with all that
 * a worker needs beside the video files and the model. Whole or not at all. Fails with `bad-input` without a model,
 * `already-there` where the folder is in use, `nothing-to-do` where no features are lacking.
 */
export async function writePlan(project: OpenProject, engine: Engine, request: PlanRequest): Promise<PlannedShards> {
  const { folder, framesPerSecond } = request;
  const { name, folder: modelFolder, provider: computing, framing, shareStill, numbers } = chosenModel(project);
  if (existsSync(folder))
    throw new Failure('already-there', verbatim(`${folder} is there already: name a folder that is not.`), { folder });
  const { samplingFps } = project.settings;
  const provider = request.provider ?? computingHere(computing);
  const { lacking, missing } = await lackingFeatures(project, engine, provider);
  const { hash } = await engine.run('describeModel', { folder: modelFolder });
  const unfinished = `${folder}.${process.pid}.unfinished`;
  const parts = planParts(unfinished);
  try {
    for (const part of [parts.shards, parts.frames, parts.results, parts.locks, parts.logs])
      await mkdir(part, { recursive: true });
    const planned: (PlannedVideo & { readonly seconds: number })[] = [];
    for (const { video, media, features } of lacking) {
      const table = project.frames(video.id);
      const frames = frameTableToBlob(table.toArray());
      await writeFile(parts.framesOf(video), frames);
      const rows = sampledFrames(table, samplingFps).length;
      planned.push({
        name: video.name,
        path: media,
        fromPlan: mediaPath(folder, media, 0).relativePath,
        checksum: video.checksum,
        ...(video.facts.reading && { reading: video.facts.reading }),
        framesSum: createHash('sha256').update(frames).digest('hex'),
        features,
        rows,
        seconds: encodingSeconds(video.facts, rows, framesPerSecond),
      });
    }
    const hands = dealLongestFirst(
      planned.map(({ seconds }) => seconds),
      Math.min(request.shards, planned.length),
    );
    const shards = hands.map((hand) => shardOf(hand.map((at) => planned[at]!)));
    for (const [index, one] of shards.entries()) await writeJson(parts.shard(index), one);
    const plan: Plan = {
      cuepointPlan: 1,
      program: project.appVersion,
      project: project.name,
      model: { name, folder: path.resolve(modelFolder), hash },
      provider,
      ...(framing !== undefined && { framing }),
      ...(shareStill !== undefined && { shareStill }),
      ...(numbers !== undefined && { numbers }),
      samplingFps,
      shards: shards.length,
    };
    await writeJson(parts.plan, plan);
    await rename(unfinished, folder);
    return {
      folder,
      project: project.name,
      modelFolder: plan.model.folder,
      mediaPaths: planned.map((one) => one.path),
      shards: shards.map(({ videos, seconds }) => ({ videos: videos.length, seconds })),
      missing,
    };
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}

/** Videos without features, apart from those whose files are missing, by their names. At least one has its file. */
async function lackingFeatures(
  project: OpenProject,
  engine: Engine,
  provider: 'auto' | LocalProvider,
): Promise<{ readonly lacking: readonly Lacking[]; readonly missing: string[] }> {
  const { name: _, provider: computing, ...model } = chosenModel(project);
  const usual = computingHere(computing);
  const { samplingFps } = project.settings;
  const { features: featuresFolder } = project.folder;
  const keyOf = async (checksum: string, by: 'auto' | LocalProvider) =>
    engine.run('featureKey', { checksum, model: { ...model, provider: by }, samplingFps, featuresFolder });
  const lacking: Lacking[] = [];
  const missing: string[] = [];
  for (const video of project.database.videos.present()) {
    const { key, complete } = await keyOf(video.checksum, usual);
    if (complete) continue;
    const media = project.mediaOf(video);
    if (media === null) missing.push(video.name);
    else lacking.push({ video, media, features: key });
  }
  const [first] = lacking;
  if (first === undefined)
    throw new Failure(
      'nothing-to-do',
      verbatim(
        missing.length === 0
          ? 'All features are there already.'
          : `The videos without features are missing: ${missing.join(', ')}. Put them back or relink them.`,
      ),
    );
  if ((await keyOf(first.video.checksum, provider)).key === first.features) return { lacking, missing };
  throw new Failure(
    'bad-input',
    verbatim(
      `${provider} computes in another precision than ${usual}, for which the settings of this machine ask: such features could not stand beside the project's. Choose providers alike.`,
    ),
  );
}

const shardOf = (videos: readonly (PlannedVideo & { readonly seconds: number })[]): Shard => ({
  seconds: videos.reduce((sum, { seconds }) => sum + seconds, 0),
  videos: videos.map(({ seconds: _, ...video }) => video),
});

const writeJson = (file: string, value: unknown): Promise<void> =>
  writeFile(file, `${JSON.stringify(value, null, 2)}\n`);
