import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { isMissing } from '#main/failures/file-failure.ts';
import { Failure } from '#preload/domain/failure.ts';
import { verbatim } from '#preload/domain/saying.ts';
import { executionProvider, localProvider } from '#preload/domain/model.ts';
import { featureNumbers, framing } from '#preload/domain/settings.ts';
import { readingChoice } from '#preload/domain/video-facts.ts';

/** Format of a plan folder; a program reads plans of its own format only. */
const planVersion = 1;

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
/** A name that stays inside its folder. */
const featureName = z.string().regex(/^[\w.-]+$/);

/** `plan.json`: what all shards have in common. */
export const plan = z.object({
  cuepointPlan: z.literal(planVersion),
  /** Of the program that wrote it. */
  program: z.string(),
  project: z.string(),
  model: z.object({
    name: z.string(),
    folder: z.string(),
    /** Of its configuration and weights, as features' keys carry it. */
    hash: z.string(),
  }),
  provider: z.union([z.literal('auto'), localProvider]),
  /** What of pictures is encoded; the middle where it is left out. */
  framing: framing.optional(),
  /** Whether frames that hardly differ share features; each has its own where it is left out. */
  shareStill: z.boolean().optional(),
  /** In which numbers features are kept; float32 where it is left out. */
  numbers: featureNumbers.optional(),
  samplingFps: z.number().positive(),
  shards: z.int().positive(),
});
export type Plan = z.infer<typeof plan>;

const plannedVideo = z.object({
  name: z.string(),
  /** Where it was when the plan was written, and the way there from the plan's folder, with `/` (null: another drive). */
  path: z.string(),
  fromPlan: z.string().nullable(),
  /** SHA-256 of its bytes and, where a person chose how to read it, of that. */
  checksum: sha256,
  reading: readingChoice.optional(),
  /** SHA-256 of its file in `frames/`. */
  framesSum: sha256,
  /** Name of its features, here and in the project. */
  features: featureName,
  /** N, how many frame features it has. */
  rows: z.int().positive(),
});
export type PlannedVideo = z.infer<typeof plannedVideo>;

/** `shards/<i>.json`. */
export const shard = z.object({ seconds: z.number(), videos: z.array(plannedVideo) });
export type Shard = z.infer<typeof shard>;

/** `results/<features>.result.json`: says that a video's features are complete, and what they are. */
export const result = z.object({
  checksum: sha256,
  model: z.string(),
  rows: z.int().positive(),
  dim: z.int().positive(),
  featuresSum: sha256,
  timesSum: sha256,
  damagedPackets: z.int().nonnegative(),
  /** Null where features that were complete got no word before the worker was stopped. */
  provider: executionProvider.nullable(),
  program: z.string(),
});
export type Result = z.infer<typeof result>;

/** Where things are in a plan's folder. */
export const planParts = (folder: string) => ({
  plan: path.join(folder, 'plan.json'),
  shards: path.join(folder, 'shards'),
  shard: (index: number) => path.join(folder, 'shards', `${index}.json`),
  /** Frame tables, as a project stores them. */
  frames: path.join(folder, 'frames'),
  framesOf: ({ checksum }: Pick<PlannedVideo, 'checksum'>) => path.join(folder, 'frames', `${checksum}.frames`),
  /** A feature store. */
  results: path.join(folder, 'results'),
  resultOf: ({ features }: Pick<PlannedVideo, 'features'>) => path.join(folder, 'results', `${features}.result.json`),
  locks: path.join(folder, 'locks'),
  logs: path.join(folder, 'logs'),
});

/** Fails with `not-found` where there is no plan, `bad-input` where it is damaged or another program's. */
export function readPlan(folder: string): Plan {
  const file = planParts(folder).plan;
  const found = readJson(file);
  if (found === null)
    throw new Failure(
      'not-found',
      verbatim(`${folder} holds no plan; make one with "cuepoint plan <project> --out <folder>".`),
      {
        folder,
      },
    );
  const { success, data } = plan.safeParse(found);
  if (success) return data;
  throw new Failure(
    'bad-input',
    verbatim(`${file} is damaged, or the plan of another Cuepoint: plan again with this one.`),
    {
      file,
    },
  );
}

/** Fails with `not-found` for a number that the plan has not, `bad-input` where its shard is damaged. */
export function readShard(folder: string, { shards }: Plan, index: number): Shard {
  if (index >= shards)
    throw new Failure('not-found', verbatim(`The plan has shards 0 to ${shards - 1}, and no shard ${index}.`), {
      index,
    });
  const file = planParts(folder).shard(index);
  const { success, data } = shard.safeParse(readJson(file));
  if (success) return data;
  throw new Failure('bad-input', verbatim(`${file} is damaged or gone: plan again.`), { file });
}

/** What is said of a video's result; null where there is none, or none that can be read. */
export function readResult(folder: string, video: PlannedVideo): Result | null {
  return result.safeParse(readJson(planParts(folder).resultOf(video))).data ?? null;
}

/** Null where the file is not there; undefined where it is no JSON. */
function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if (isMissing(error)) return null;
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
