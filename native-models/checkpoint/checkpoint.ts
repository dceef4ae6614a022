import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { budgets } from '#preload/domain/budgets.ts';
import { conversionOfPickle } from './pickle-conversion.ts';
import { Failure } from '#preload/domain/failure.ts';
import { say } from '#preload/domain/saying.ts';
import { weight, type Tensor, type WeightData } from '../graph/tensor.ts';
import { bfloat16ToFloat32, float16ToFloat32 } from './half-precision.ts';
import {
  otherType,
  readSafetensorsHeader,
  readTensorBytes,
  readTensorPieces,
  unreadable,
  type StoredTensor,
} from './safetensors.ts';

/**
 * The weights of a model folder: `model.safetensors` (or what open_clip calls it), or the shards that its index names.
 * Only headers are read when it is opened; a tensor's numbers are read when a session needs them.
 */
export interface Checkpoint {
  readonly folder: string;
  /** All weight files, in a fixed order. */
  readonly files: readonly string[];
  has(name: string): boolean;
  /** The shape of `name` as it is stored; null where there is none. */
  shape(name: string): readonly number[] | null;
  /** The frozen weight `name` as a leaf of a graph. Fails if it is missing, of another shape or not of real numbers. */
  tensor(name: string, shape: readonly number[]): Tensor;
  /** Rows `[start, end)` of the frozen weight `name`, whose whole shape is `shape`, as a leaf of their own. Fails as `tensor`. */
  rows(name: string, shape: readonly number[], start: number, end: number): Tensor;
  /** The numbers of `name`; fails as `tensor` does. */
  values(name: string, shape: readonly number[]): Float32Array;
  /** A single stored number. */
  number(name: string): number;
}

const indexSchema = z.object({ weight_map: z.record(z.string(), z.string()) });

/**
 * Opens a folder's checkpoint, the first that is there of `names`; fails with 'unreadable-model' naming the file and tensor
 * at fault.
 */
export function openCheckpoint(folder: string, names = weightNames): Checkpoint {
  const files = weightFiles(folder, names);
  const tensors = new Map<string, StoredTensor>();
  const others = new Map<string, { readonly file: string; readonly type: string }>();
  for (const file of files) {
    const header = readSafetensorsHeader(file, ({ name, type }) => others.set(name, { file, type }));
    for (const [name, tensor] of header) tensors.set(name, tensor);
  }
  const leaves = new Map<string, Tensor>();
  const find = (name: string, shape: readonly number[]): StoredTensor => {
    const stored = tensors.get(name);
    const other = others.get(name);
    if (stored === undefined && other !== undefined) throw otherType(other.file, name, other.type);
    if (stored === undefined)
      throw unreadable(files[0]!, say("has no tensor '{{name}}', which this architecture needs", { name }), name);
    // Some tools store a single number as a list of one.
    const isOneNumber = shape.length === 0 && stored.shape.every((size) => size === 1);
    if (!isOneNumber && stored.shape.join() !== shape.join()) {
      const advice = say('Put the config.json beside it that came with these weights.');
      throw unreadable(
        stored.file,
        say("does not fit its config.json: tensor '{{name}}' is [{{shape}}] where config.json asks for [{{asked}}]", {
          name,
          shape: stored.shape.join(', '),
          asked: shape.join(', '),
        }),
        name,
        undefined,
        advice,
      );
    }
    return stored;
  };
  return {
    folder,
    files,
    has: (name) => tensors.has(name),
    shape: (name) => tensors.get(name)?.shape ?? null,
    tensor(name, shape) {
      const stored = find(name, shape);
      // One leaf per tensor: a weight that a graph uses in several places is one weight to the runtime too.
      const leaf = leaves.get(name) ?? weight(name, shape, weightData(stored));
      leaves.set(name, leaf);
      return leaf;
    },
    rows(name, shape, start, end) {
      const stored = find(name, shape);
      const rowBytes = stored.byteLength / shape[0]!;
      const part = {
        ...stored,
        shape: [end - start, ...shape.slice(1)],
        offset: stored.offset + start * rowBytes,
        byteLength: (end - start) * rowBytes,
      };
      const key = `${name}[${start}:${end}]`;
      const leaf = leaves.get(key) ?? weight(key, part.shape, weightData(part));
      leaves.set(key, leaf);
      return leaf;
    },
    values: (name, shape) => weightData(find(name, shape)).read(),
    number: (name) => weightData(find(name, [])).read()[0]!,
  };
}

/** What open_clip calls the file of weights; the second name is that of the hub's own conversion of a pickle. */
export const openClipWeightNames = ['open_clip_model.safetensors', 'open_clip_pytorch_model.safetensors'];

/** What the file of weights may be called, the usual name first; shards have an index of the same name. */
export const weightNames: readonly string[] = ['model.safetensors', ...openClipWeightNames];

function weightFiles(folder: string, known: readonly string[]): string[] {
  const names = known.map((name) => path.join(folder, name));
  const single = names.find((name) => existsSync(name));
  // Resolved, because caches of the Hugging Face hub are links, and the runtime only follows real paths.
  if (single !== undefined) return [realpathSync(single)];
  const index = names.map((name) => `${name}.index.json`).find((name) => existsSync(name));
  if (index === undefined) throw noWeights(folder);
  const parsed = indexSchema.safeParse(parseJson(index));
  if (!parsed.success) throw unreadable(index, say('has no weight_map'));
  return [...new Set(Object.values(parsed.data.weight_map))].toSorted().map((name) => {
    const shard = path.join(folder, path.basename(name));
    if (!existsSync(shard)) throw unreadable(index, say('names {{name}}, which is not there', { name }));
    return realpathSync(shard);
  });
}

/** Files of weights by their endings that hold a program as well as numbers: opening one runs it. */
const pickled = /\.(bin|pt|pth|ckpt|pkl)$/;

function noWeights(folder: string): Failure {
  const pickle = readdirSync(folder).find((name) => pickled.test(name));
  const file = path.join(folder, weightNames[0]!);
  if (pickle === undefined)
    return new Failure('unreadable-model', say('{{folder}} holds no model.safetensors.', { folder }), { file });
  return new Failure(
    'unreadable-model',
    say(
      '{{folder}} holds its weights as {{pickle}}, a pickle, which can run any program when it is opened; convert it once where you trust it, in Python: {{command}}.',
      { folder, pickle, command: conversionOfPickle(pickle) },
    ),
    { file: path.join(folder, pickle) },
  );
}

/** A text file of a model folder; fails with 'unreadable-model' naming it. */
export function readText(file: string): string {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size > budgets.modelTextBytes)
    throw unreadable(
      file,
      say('has {{size}} bytes, more than the {{modelTextBytes}} that are read', {
        size,
        modelTextBytes: budgets.modelTextBytes,
      }),
    );
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw unreadable(file, say('cannot be read'), undefined, cause);
  }
}

/** A JSON file of a model folder; fails with 'unreadable-model' naming it. */
export function parseJson(file: string): unknown {
  const text = readText(file);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw unreadable(file, say('is not JSON'), undefined, cause);
  }
}

/** The numbers of a stored tensor of any precision, row-major in its shape. Fails with 'unreadable-model' where one of them is none. */
export const storedNumbers = (stored: StoredTensor): Float32Array => weightData(stored).read();

function weightData(stored: StoredTensor): WeightData {
  const { file, offset, byteLength, type } = stored;
  return {
    place: type === 'F32' && offset % 4 === 0 ? { file, offset, byteLength } : null,
    verify() {
      for (const piece of readTensorPieces(stored)) checkFinite(stored, asFloat32(stored, piece));
    },
    read() {
      const numbers = asFloat32(stored, readTensorBytes(stored));
      checkFinite(stored, numbers);
      return numbers;
    },
  };
}

function asFloat32(stored: StoredTensor, bytes: Buffer): Float32Array {
  const { buffer, byteOffset, length } = bytes;
  switch (stored.type) {
    case 'F32':
      return byteOffset % 4 === 0
        ? new Float32Array(buffer, byteOffset, length / 4)
        : new Float32Array(Uint8Array.from(bytes).buffer);
    case 'F64':
      return Float32Array.from(new Float64Array(Uint8Array.from(bytes).buffer));
    case 'F16':
      return float16ToFloat32(new Uint16Array(buffer, byteOffset, length / 2));
    case 'BF16':
      return bfloat16ToFloat32(new Uint16Array(buffer, byteOffset, length / 2));
    default:
      throw unreadable(
        stored.file,
        say("stores tensor '{{name}}' as {{type}}, not as real numbers", { name: stored.name, type: stored.type }),
        stored.name,
        undefined,
        say('Take the model in F32, F16 or BF16.'),
      );
  }
}

function checkFinite({ file, name }: StoredTensor, numbers: Float32Array): void {
  const bits = new Uint32Array(numbers.buffer, numbers.byteOffset, numbers.length);
  for (let i = 0; i < bits.length; i += 1) {
    if ((bits[i]! & 0x7f800000) === 0x7f800000) {
      throw unreadable(
        file,
        say("is damaged: tensor '{{name}}' holds {{value}}", {
          name,
          value: Number.isNaN(numbers[i]!) ? 'NaN' : say('an infinite number'),
        }),
        name,
      );
    }
  }
}
