import { say } from '#preload/domain/saying.ts';
import { z } from 'zod';
import {
  readSafetensorsHeader,
  readSafetensorsMetadata,
  unreadable,
  type StoredTensor,
} from '#native-models/checkpoint/safetensors.ts';
import { readTensorValue } from '#native-models/checkpoint/tensor-value-file.ts';
import { writeSafetensors, type TensorToWrite } from '#native-models/checkpoint/write-safetensors.ts';
import { noOrder } from './class-order.ts';
import type { CarriedLesson } from './carried-lesson.ts';
import { blocksOfView } from './span-descriptor.ts';
import { parsedJson } from '../tune/boundary-version-file.ts';
import { chooseAnother, damagedVersion } from '../tune/damaged-version.ts';

const size = z.int().positive();

const facts = z.object({
  lesson: z.object({
    dim: size,
    blocks: size,
    rank: size,
    /** Whether every direction is kept, so that none is stored. */
    isWhole: z.boolean(),
  }),
  /** Hash of the model; it means nothing with another. */
  modelHash: z.string(),
  /** Hash of the temporal module that features passed through; null where they did not. */
  temporalModule: z.string().nullable(),
  prompts: z.array(z.string()),
  lengthsS: z.array(z.array(z.number().positive())),
  weights: z.object({
    text: z.number().nonnegative(),
    discriminants: z.array(z.object({ shrinkage: z.number().min(0).max(1), weight: z.number() })).min(1),
  }),
  scoreWeights: z.array(z.number()).length(7).nullable(),
  /** Of the order of classes; files of before know none. */
  orderWeights: z
    .object({ order: z.number().min(0).max(1), company: z.number().min(0).max(1) })
    .nullable()
    .default(null),
});
type Facts = z.infer<typeof facts>;

/**
 * Whether a lesson describes spans as this program does; builds before had fewer descriptions, and what they learned means
 * nothing here.
 */
export const isOfThisBuild = ({ lesson, temporalModule }: LessonFile): boolean =>
  lesson.basis.blocks === (temporalModule === null ? 1 : 2) * blocksOfView;

/** A carried lesson with what it was learned for. */
export interface LessonFile extends Pick<Facts, 'modelHash' | 'temporalModule'> {
  readonly lesson: CarriedLesson;
}

const wide = (values: Float32Array): Float64Array => Float64Array.from(values);
const narrow = (values: ArrayLike<number>): Float32Array => Float32Array.from(values);

function shapesOf({ lesson: { dim, blocks, rank, isWhole }, prompts, orderWeights }: Facts): Map<string, number[]> {
  const groups = prompts.length + 1;
  const width = blocks * rank;
  return new Map<string, number[]>([
    ...(isWhole ? [] : [['directions', [blocks, rank, dim]] as [string, number[]]]),
    ['counts', [groups]],
    ['sums', [groups, width]],
    ['scatter', [width, width]],
    ...(orderWeights === null
      ? []
      : ['follows', 'together'].map((name): [string, number[]] => [name, [prompts.length, prompts.length]])),
  ]);
}

/** Writes a lesson; its file appears under its name only when it is whole and on the disk. */
export function writeLessonFile(file: string, { lesson, modelHash, temporalModule }: LessonFile): void {
  const { basis, prompts, lengthsS, weights, scoreWeights, order, counts, sums, scatter } = lesson;
  const { dim, blocks, rank, directions } = basis;
  const about: Facts = {
    lesson: { dim, blocks, rank, isWhole: directions === null },
    modelHash,
    temporalModule,
    prompts: [...prompts],
    lengthsS: lengthsS.map((own) => [...own]),
    weights: { text: weights.text, discriminants: weights.discriminants.map((one) => ({ ...one })) },
    scoreWeights: scoreWeights === null ? null : [...scoreWeights],
    orderWeights: order.weights,
  };
  const { follows, together } = order;
  const values: Record<string, ArrayLike<number>> = { counts, sums, scatter, follows, together };
  if (directions !== null) values['directions'] = directions.flatMap((block) => [...block]);
  const tensors = new Map<string, TensorToWrite>();
  for (const [name, shape] of shapesOf(about)) tensors.set(name, { shape, values: narrow(values[name]!) });
  writeSafetensors(file, tensors, 'F32', { cuepoint: JSON.stringify(about) });
}

/** Fails with `unreadable-model` where the file is missing, damaged or no lesson. */
export function readLessonFile(file: string): LessonFile {
  const known = readFacts(file);
  const { lesson: sizes, modelHash, temporalModule, orderWeights, ...about } = known;
  const header = readSafetensorsHeader(file);
  const stored = new Map(
    [...shapesOf(known)].map(([name, shape]) => [name, numbersOf(file, name, shape, header.get(name))]),
  );
  const { dim, blocks, rank, isWhole } = sizes;
  const all = stored.get('directions');
  const directions = isWhole
    ? null
    : Array.from({ length: blocks }, (_, block) => all!.slice(block * rank * dim, (block + 1) * rank * dim));
  return {
    modelHash,
    temporalModule,
    lesson: {
      ...about,
      order:
        orderWeights === null
          ? noOrder(about.prompts.length)
          : { follows: stored.get('follows')!, together: stored.get('together')!, weights: orderWeights },
      basis: { dim, blocks, rank, directions },
      counts: stored.get('counts')!,
      sums: stored.get('sums')!,
      scatter: stored.get('scatter')!,
    },
  };
}

function readFacts(file: string): Facts {
  const parsed = facts.safeParse(parsedJson(readSafetensorsMetadata(file)['cuepoint']));
  if (parsed.success && parsed.data.lengthsS.length === parsed.data.prompts.length) return parsed.data;
  throw unreadable(file, say('is not what corrections taught'), undefined, undefined, chooseAnother);
}

/** Held against the shape that the file says itself, before anything is made of that size. */
function numbersOf(
  file: string,
  name: string,
  shape: readonly number[],
  stored: StoredTensor | undefined,
): Float64Array {
  const numbers = stored?.shape.join() === shape.join() ? readTensorValue(stored).data : null;
  if (numbers instanceof Float32Array && numbers.every(Number.isFinite)) return wide(numbers);
  throw damagedVersion(file, name);
}
