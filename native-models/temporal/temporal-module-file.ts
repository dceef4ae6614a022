import { existsSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { boundaryHeadShapes } from '../boundary-head/boundary-head.ts';
import { ownHeadShape, type OwnBoundaryHead } from '../boundary-head/own-boundaries.ts';
import { storedNumbers } from '../checkpoint/checkpoint.ts';
import { modelHash } from '../checkpoint/model-hash.ts';
import {
  readSafetensorsHeader,
  readSafetensorsMetadata,
  unreadable,
  type StoredTensor,
} from '../checkpoint/safetensors.ts';
import { writeSafetensors, type TensorToWrite } from '../checkpoint/write-safetensors.ts';
import { temporalParameterShapes, type TemporalShape } from './temporal-transformer.ts';

/** A trained temporal module that a model folder brings along: whoever uses the model classifies by what it makes. */
export interface TemporalModuleContent {
  readonly shape: TemporalShape;
  /** Frames per second of the features that it was trained on; it means nothing at another rate. */
  readonly fps: number;
  /** The tensors of `temporalParameterShapes(shape)`. */
  readonly learned: ReadonlyMap<string, Float32Array>;
  /** What tells where actions begin and end, trained on what the module makes; null where it brings none along. */
  readonly boundaries: OwnBoundaryHead | null;
}

/** What a temporal module says of itself without its numbers. */
export interface TemporalModuleFacts extends Pick<TemporalModuleContent, 'shape' | 'fps'> {
  /** SHA-256 of its file: part of the key of whatever depends on what it makes. */
  readonly hash: string;
  /** Of the boundary head that it brings along; null where there is none. */
  readonly boundaries: Omit<OwnBoundaryHead, 'learned'> | null;
}

/** Its name in a model folder. */
export const temporalModuleName = 'temporal_module.safetensors';

const aboutSchema = z
  .object({
    width: z.int().positive(),
    heads: z.int().positive(),
    layers: z.int().positive(),
    frames: z.int().positive(),
    skip: z.enum(['outer', 'none']),
    fps: z.number().positive(),
    boundaries: z
      .object({
        hidden: z.int().positive(),
        distances: z.array(z.int().positive()).min(1),
        longestS: z.number().positive(),
      })
      .nullish(),
  })
  .refine(({ width, heads }) => width % heads === 0, 'its heads do not divide its width');

/** Tensors of the boundary head stand beside the module's under names that begin so. */
const boundaryTensor = (name: string): string => `boundaries.${name}`;

/** Writes a module; the file appears under its name only when it is whole. Half precision halves its size. */
export function writeTemporalModule(
  file: string,
  { shape, fps, learned, boundaries }: TemporalModuleContent,
  type: 'F32' | 'F16' = 'F32',
): void {
  const { width, heads, layers, frames, skip } = shape;
  const edges = boundaries && {
    hidden: boundaries.shape.hidden,
    distances: boundaries.shape.distances,
    longestS: boundaries.longestS,
  };
  const about = aboutSchema.parse({ width, heads, layers, frames, skip, fps, ...(edges && { boundaries: edges }) });
  const tensors = [...temporalParameterShapes(shape)].map(([name, size]): [string, TensorToWrite] => [
    name,
    { shape: size, values: learned.get(name)! },
  ]);
  const ofBoundaries = [...(boundaries === null ? [] : boundaryHeadShapes(boundaries.shape))].map(
    ([name, size]): [string, TensorToWrite] => [
      boundaryTensor(name),
      { shape: size, values: boundaries!.learned.get(name)! },
    ],
  );
  writeSafetensors(file, new Map([...tensors, ...ofBoundaries]), type, { cuepoint: JSON.stringify(about) });
}

/**
 * The temporal module of a model folder; null where it has none. `dim` is the D of the model's frame features.
 * Fails with 'unreadable-model', naming the file, where it is damaged, lacks a tensor or is of another width.
 */
export function readTemporalModule(folder: string, dim: number): TemporalModuleContent | null {
  const found = lookAtModule(folder, dim);
  if (found === null) return null;
  const { shape, fps, boundaries, tensors } = found;
  const numbers = (names: Iterable<string>, nameInFile = (name: string): string => name): Map<string, Float32Array> =>
    new Map([...names].map((name) => [name, storedNumbers(tensors.get(nameInFile(name))!)]));
  return {
    shape,
    fps,
    learned: numbers(temporalParameterShapes(shape).keys()),
    boundaries: boundaries && {
      ...boundaries,
      learned: numbers(boundaryHeadShapes(boundaries.shape).keys(), boundaryTensor),
    },
  };
}

/** What the temporal module of a folder says of itself, with all of the file checked but its numbers; fails as above. */
export async function readTemporalModuleFacts(
  folder: string,
  dim: number,
  hashCache?: string,
): Promise<TemporalModuleFacts | null> {
  const found = lookAtModule(folder, dim);
  if (found === null) return null;
  const { shape, fps, boundaries } = found;
  const hash = await modelHash([path.join(folder, temporalModuleName)], hashCache);
  return { shape, fps, hash, boundaries };
}

interface ModuleOnDisk extends Pick<TemporalModuleContent, 'shape' | 'fps'> {
  readonly boundaries: Omit<OwnBoundaryHead, 'learned'> | null;
  readonly tensors: ReadonlyMap<string, StoredTensor>;
}

function lookAtModule(folder: string, dim: number): ModuleOnDisk | null {
  const file = path.join(folder, temporalModuleName);
  if (!existsSync(file)) return null;
  const stored = readSafetensorsHeader(file);
  const { fps, boundaries: edges, ...shape } = aboutModule(file);
  if (shape.width !== dim)
    throw unreadable(file, `is for frame features of ${shape.width} numbers; those of its model have ${dim}`);
  // A few bytes can announce any number of layers: each has tensors, or nothing is made for it.
  if (shape.layers > stored.size)
    throw unreadable(file, `announces ${shape.layers} layers and holds ${stored.size} tensors`);
  if (edges && edges.distances.length > stored.size)
    throw unreadable(
      file,
      `announces ${edges.distances.length} layers of a boundary head and holds ${stored.size} tensors`,
    );
  const boundaries = edges ? { shape: ownHeadShape(dim, edges), longestS: edges.longestS } : null;
  const needed: [string, readonly number[]][] = [...temporalParameterShapes(shape)];
  if (boundaries !== null)
    for (const [name, size] of boundaryHeadShapes(boundaries.shape)) needed.push([boundaryTensor(name), size]);
  const tensors = new Map<string, StoredTensor>();
  for (const [name, size] of needed) {
    const tensor = stored.get(name);
    if (tensor === undefined) throw unreadable(file, `has no tensor '${name}', which a temporal module needs`, name);
    if (tensor.shape.join() !== size.join())
      throw unreadable(
        file,
        `holds tensor '${name}' as [${tensor.shape.join(', ')}] where its metadata asks for [${size.join(', ')}]`,
        name,
      );
    tensors.set(name, tensor);
  }
  return { shape, fps, boundaries, tensors };
}

function aboutModule(file: string): z.infer<typeof aboutSchema> {
  const text = readSafetensorsMetadata(file)['cuepoint'];
  if (text === undefined) throw unreadable(file, `is no temporal module: its metadata has no entry 'cuepoint'`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw unreadable(file, `has an entry 'cuepoint' in its metadata that is not JSON`, undefined, cause);
  }
  const parsed = aboutSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw unreadable(file, `describes its temporal module wrongly: ${[...issue!.path, issue!.message].join(': ')}`);
}
