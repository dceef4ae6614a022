import { Failure } from '#preload/domain/failure.ts';
import { say } from '#preload/domain/saying.ts';
import { readSafetensorsHeader, unreadable } from './checkpoint/safetensors.ts';
import { readTensorValue } from './checkpoint/tensor-value-file.ts';
import type { ProviderReport } from './runtime/providers.ts';
import type { TensorValue } from './runtime/tensor-value.ts';

/** What a reference implementation computed from a model's weights, by name: what it was given, and its answers. */
export class ReferenceTensors {
  readonly file: string;
  readonly #values: ReadonlyMap<string, TensorValue>;
  readonly #given = new Set<string>();

  /** Reads an `expected.safetensors`; fails with 'unreadable-model'. */
  constructor(file: string) {
    this.file = file;
    this.#values = new Map([...readSafetensorsHeader(file)].map(([name, stored]) => [name, readTensorValue(stored)]));
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }

  /** Takes a tensor as given: it is fed to the model and not compared. Fails where the file has none of that name. */
  take(name: string): TensorValue {
    const value = this.#values.get(name);
    if (value === undefined)
      throw new Failure(
        'unreadable-model',
        say("{{file}} holds no '{{name}}', which its other tensors need.", { file: this.file, name }),
        {
          tensor: name,
        },
      );
    this.#given.add(name);
    return value;
  }

  /**
   * The largest absolute difference of every tensor that was not taken; for gradients (`prompt.grad_…`) as a share of
   * the largest one. Fails with 'unreadable-model' for a tensor that was not computed: none is passed over.
   */
  differences(computed: ReadonlyMap<string, Float32Array>): Record<string, number> {
    const differences: Record<string, number> = {};
    for (const [name, reference] of this.#values) {
      if (this.#given.has(name)) continue;
      const ours = computed.get(name);
      if (ours === undefined)
        throw unreadable(this.file, say("holds '{{name}}', which nothing here computes", { name }), name);
      differences[name] = difference(this.file, name, ours, reference);
    }
    return differences;
  }
}

/** What an architecture makes of a reference file. */
export interface Recomputed {
  readonly computed: ReadonlyMap<string, Float32Array>;
  readonly provider: ProviderReport;
}

function difference(file: string, name: string, ours: Float32Array, reference: TensorValue): number {
  if (ours.length !== reference.data.length) {
    throw unreadable(
      file,
      say("holds {{data}} numbers for '{{name}}' where the model gives {{ours}}", {
        data: reference.data.length,
        name,
        ours: ours.length,
      }),
      name,
    );
  }
  let apart = 0;
  let largest = 0;
  for (let i = 0; i < ours.length; i += 1) {
    const expected = Number(reference.data[i]);
    const delta = Math.abs(ours[i]! - expected);
    if (Number.isNaN(delta)) return Number.NaN;
    apart = Math.max(apart, delta);
    largest = Math.max(largest, Math.abs(expected));
  }
  return name.startsWith('prompt.grad_') && largest > 0 ? apart / largest : apart;
}
