import { z } from 'zod';
import { boundaryHeadShapes } from '#native-models/boundary-head/boundary-head.ts';
import { readSafetensorsHeader, readSafetensorsMetadata } from '#native-models/checkpoint/safetensors.ts';
import { readTensorValue } from '#native-models/checkpoint/tensor-value-file.ts';
import { writeSafetensors, type TensorToWrite } from '#native-models/checkpoint/write-safetensors.ts';
import { Failure } from '#preload/domain/failure.ts';
import { say } from '#preload/domain/saying.ts';
import { damagedVersion } from './damaged-version.ts';
import type { TrainedBoundaryHead } from './train-boundary-head.ts';

const facts = z.object({
  /** Hash of the model whose features it reads; it means nothing with another. */
  modelHash: z.string(),
  /** Hash of the temporal module beside whose boundary head it was trained; null where there was none. */
  besideHeadOf: z.string().nullable().default(null),
  /** Videos of the project that it was trained on; none where an older file does not remember. */
  seen: z.array(z.object({ videoId: z.int() })).default([]),
  /** Of layers an older file says nothing: there was one way. */
  boundary: z.object({
    width: z.int().positive(),
    hidden: z.int().positive(),
    distances: z.array(z.int().positive()).readonly().default([2]),
    skip: z.enum(['layer', 'none']).default('none'),
    longestS: z.number().positive(),
  }),
});

/** What a version of the boundary head says of itself without its tensors. */
export type BoundaryVersionFacts = Readonly<z.infer<typeof facts>>;

/** Writes a boundary head and which videos it has `seen`; its file appears under its name only when it is whole and on the disk. */
export function writeBoundaryVersion(
  file: string,
  about: Pick<BoundaryVersionFacts, 'modelHash' | 'besideHeadOf'>,
  { shape, learned, longestS }: TrainedBoundaryHead,
  seen: readonly number[],
): void {
  const tensors = new Map<string, TensorToWrite>();
  for (const [name, size] of boundaryHeadShapes(shape)) tensors.set(name, { shape: size, values: learned.get(name)! });
  const all: BoundaryVersionFacts = {
    ...about,
    seen: seen.map((videoId) => ({ videoId })),
    boundary: { ...shape, longestS },
  };
  writeSafetensors(file, tensors, 'F32', { cuepoint: JSON.stringify(all) });
}

/** Fails with `unreadable-model` where the file is missing, damaged or not a boundary head. */
export function readBoundaryVersionFacts(file: string): BoundaryVersionFacts {
  const parsed = facts.safeParse(parsedJson(readSafetensorsMetadata(file)['cuepoint']));
  if (parsed.success) return parsed.data;
  throw new Failure(
    'unreadable-model',
    say('{{file}} is not a boundary head of Cuepoint: choose another version.', { file }),
    {
      file,
    },
  );
}

/** A stored head, its tensors held against the shape that it declares. Fails with `unreadable-model` as its facts do. */
export function readBoundaryVersion(file: string): TrainedBoundaryHead {
  const { longestS, ...shape } = readBoundaryVersionFacts(file).boundary;
  const header = readSafetensorsHeader(file);
  const learned = new Map<string, Float32Array>();
  // What it says of itself is held against its tensors before anything is made of that size.
  for (const [name, size] of boundaryHeadShapes(shape)) {
    const stored = header.get(name);
    if (stored?.shape.join() !== size.join()) throw damagedVersion(file, name);
    learned.set(name, readTensorValue(stored).data as Float32Array);
  }
  return { shape, learned, longestS };
}

/** Null for what is no JSON. */
export function parsedJson(text: string | undefined): unknown {
  try {
    return text === undefined ? null : JSON.parse(text);
  } catch {
    return null;
  }
}
