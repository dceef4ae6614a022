import { say } from '#preload/domain/saying.ts';
import type { Tensor } from '../graph/tensor.ts';
import type { Checkpoint } from './checkpoint.ts';
import { readSafetensorsHeader, unreadable } from './safetensors.ts';
import { readTensorValue } from './tensor-value-file.ts';
import { rowsInMemory, weightInMemory } from './weights-in-memory.ts';
import { floatsOf } from '../runtime/tensor-value.ts';

/** Tensors that tuning changed, by their names in the checkpoint that was tuned. */
export type ChangedTensors = ReadonlyMap<string, { readonly shape: readonly number[]; readonly values: Float32Array }>;

/** Reads the file in which changed tensors are kept. Fails with 'unreadable-model'. */
export function readChangedTensors(file: string): ChangedTensors {
  return new Map(
    [...readSafetensorsHeader(file)].map(([name, stored]) => {
      const values = floatsOf({ [name]: readTensorValue(stored) }, name);
      if (!values.every(Number.isFinite))
        throw unreadable(file, say("is damaged: tensor '{{name}}' holds no numbers", { name }), name);
      return [name, { shape: stored.shape, values }];
    }),
  );
}

/**
 * A checkpoint of which some tensors have other numbers. Fails with 'unreadable-model' where `changed` has a tensor that
 * the checkpoint lacks or that is asked for in another shape: it was made for another model. `file` is where it is from.
 */
export function overlaid(base: Checkpoint, changed: ChangedTensors, file: string): Checkpoint {
  const foreign = (name: string): Error =>
    unreadable(
      file,
      say("changes tensor '{{name}}' of another model than the one in {{folder}}", { name, folder: base.folder }),
      name,
    );
  for (const name of changed.keys()) if (!base.has(name)) throw foreign(name);
  const valuesOf = (name: string, shape: readonly number[]): Float32Array | null => {
    const own = changed.get(name);
    if (own !== undefined && own.shape.join() !== shape.join()) throw foreign(name);
    return own?.values ?? null;
  };
  const leaves = new Map<string, Tensor>();
  return {
    folder: base.folder,
    files: [...base.files, file],
    has: (name) => base.has(name),
    shape: (name) => base.shape(name),
    tensor(name, shape) {
      const values = valuesOf(name, shape);
      if (values === null) return base.tensor(name, shape);
      const leaf = leaves.get(name) ?? weightInMemory(name, shape, () => values);
      leaves.set(name, leaf);
      return leaf;
    },
    rows(name, shape, start, end) {
      const values = valuesOf(name, shape);
      return values === null
        ? base.rows(name, shape, start, end)
        : rowsInMemory(name, shape, [start, end], () => values);
    },
    values: (name, shape) => valuesOf(name, shape) ?? base.values(name, shape),
    number: (name) => valuesOf(name, [])?.[0] ?? base.number(name),
  };
}
