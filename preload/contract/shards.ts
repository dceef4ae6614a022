import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { localProvider } from '../domain/model.ts';
import { saying } from '../domain/saying.ts';
import { fileName, placeToken } from './given.ts';

const plannedShards = z.object({
  folder: z.string(),
  project: z.string(),
  modelFolder: z.string(),
  /** Of all planned videos. */
  mediaPaths: z.array(z.string()),
  /** About how many seconds each takes on a machine like this one. */
  shards: z.array(z.object({ videos: z.int(), seconds: z.number() })),
  /** Videos without features whose files are not there. */
  missing: z.array(z.string()),
});
export type PlannedShards = z.infer<typeof plannedShards>;

const collected = z.object({
  /** How many videos have features from the plan now, and how many had them before. */
  taken: z.int(),
  already: z.int(),
  /** Videos whose results are not there yet, and the shard that makes them. */
  absent: z.array(z.object({ video: z.string(), shard: z.int() })),
  /** Results that are not what the project would have computed, a line each. */
  refused: z.array(z.object({ video: z.string(), shard: z.int(), reason: saying })),
});
export type Collected = z.infer<typeof collected>;

/** Frame features computed by a cluster's scheduler: written as shards, worked on anywhere, collected again. */
export const shards = {
  /** Writes a plan for the videos whose features are lacking as a new folder in the folder `place`. */
  plan: oc
    .input(
      z.object({
        place: placeToken,
        folderName: fileName,
        shards: z.int().positive().max(100_000),
        /** What workers compute on; as this machine's settings say where it is left out. */
        provider: z.union([z.literal('auto'), localProvider]).optional(),
      }),
    )
    .output(plannedShards),
  /** Checks every result of a plan and takes in all that are right; tells how far it has come. */
  collect: oc
    .input(z.object({ place: placeToken }))
    .output(eventIterator(z.object({ done: z.number(), step: z.string() }), collected)),
};
