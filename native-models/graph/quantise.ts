import type { Tensor, WeightData } from './tensor.ts';

/**
 * How a graph is computed. `int8` multiplies whole numbers in the numbered layers of a model, several times faster on a
 * processor; `fp16` computes all of it in half precision, several times faster on a device. The error of either must be
 * judged on real inputs.
 */
export type Precision = 'fp32' | 'fp16' | 'int8';

/** Weights `[in, out]` as whole numbers of −127 to 127, and what each output is to be multiplied with. */
export interface QuantisedWeights {
  readonly values: Int8Array;
  readonly scales: Float32Array;
}

/**
 * The weights of a product that is computed in int8: of the linear maps `[out, in]` of the numbered layers, and of their
 * derivatives, which multiply rows with `[in, out]`. The first and last maps are few and matter most.
 */
export function quantisable({ op, inputs }: Tensor): WeightData | null {
  if (op.kind !== 'linear' && op.kind !== 'matmul') return null;
  const [rows, map] = inputs as [Tensor, Tensor];
  const { op: weights } = map;
  const isOfLayer = weights.kind === 'weight' && /\.(layers?|blocks|resblocks)\.\d+\./.test(weights.name);
  if (!isOfLayer || map.shape.length !== 2 || (op.kind === 'matmul' && rows.shape.length !== 2)) return null;
  return weights.data;
}

/** Symmetric per output: each column of `weights` `[in, out]` becomes max|w| / 127 times whole numbers. */
export function quantiseColumns(weights: Float32Array, [width, out]: readonly [number, number]): QuantisedWeights {
  const scales = new Float32Array(out);
  for (let at = 0; at < weights.length; at += 1) {
    const column = at % out;
    scales[column] = Math.max(scales[column]!, Math.abs(weights[at]!));
  }
  for (let column = 0; column < out; column += 1) scales[column] = scales[column] === 0 ? 1 : scales[column]! / 127;
  const values = new Int8Array(width * out);
  for (let at = 0; at < weights.length; at += 1) values[at] = Math.round(weights[at]! / scales[at % out]!);
  return { values, scales };
}

/**
 * Symmetric per output: each row of `weights` `[out, in]`, its columns multiplied with `columns` where given, becomes
 * max|w| / 127 times whole numbers, turned round to `[in, out]`.
 */
export function quantiseRows(
  weights: Float32Array,
  [out, width]: readonly [number, number],
  columns: Float32Array | null,
): QuantisedWeights {
  const values = new Int8Array(weights.length);
  const scales = new Float32Array(out);
  const row = new Float32Array(width);
  for (let at = 0; at < out; at += 1) {
    row.set(weights.subarray(at * width, (at + 1) * width));
    let largest = 0;
    for (let column = 0; column < width; column += 1) {
      if (columns !== null) row[column]! *= columns[column]!;
      largest = Math.max(largest, Math.abs(row[column]!));
    }
    const scale = largest === 0 ? 1 : largest / 127;
    scales[at] = scale;
    for (let column = 0; column < width; column += 1) values[column * out + at] = Math.round(row[column]! / scale);
  }
  return { values, scales };
}

/**
 * By layer norm, what its outputs `[…, width]` are divided by and the columns of the maps after it multiplied with, `[width]`: the same function,
 * in which channels that are large by themselves no longer take the whole numbers away from all others (after Xiao et
 * al. 2023, SmoothQuant, with 4|gain| + |bias| in place of measured activations). Only norms that feed nothing but maps
 * in int8 are among them.
 */
export function normFolds(tensors: readonly Tensor[]): ReadonlyMap<Tensor, Float32Array> {
  const users = new Map<Tensor, Tensor[]>();
  for (const tensor of tensors)
    for (const input of tensor.inputs) users.set(input, [...(users.get(input) ?? []), tensor]);
  const folds = new Map<Tensor, Float32Array>();
  for (const tensor of tensors) {
    if (tensor.op.kind !== 'layerNorm') continue;
    const [gain, bias] = tensor.inputs.slice(1).map(({ op }) => (op.kind === 'weight' ? op.data : null));
    const maps = mapsAfter(tensor, users);
    if (gain == null || bias == null || maps === null) continue;
    folds.set(tensor, balance(gain.read(), bias.read(), maps));
  }
  return folds;
}

/** The maps in int8 that a norm's outputs go to, straight or as a slice of rows; null where they go anywhere else. */
function mapsAfter(norm: Tensor, users: ReadonlyMap<Tensor, readonly Tensor[]>): Tensor[] | null {
  const maps: Tensor[] = [];
  for (const user of users.get(norm) ?? []) {
    const rows = norm.shape.length - 1;
    const isSlice = user.op.kind === 'slice' && user.op.axis < rows;
    for (const map of isSlice ? (users.get(user) ?? []) : [user]) {
      const reads = map.inputs[0] === (isSlice ? user : norm);
      if (!reads || map.op.kind !== 'linear' || quantisable(map) === null) return null;
      maps.push(map);
    }
  }
  return maps.length === 0 ? null : maps;
}

function balance(gain: Float32Array, bias: Float32Array, maps: readonly Tensor[]): Float32Array {
  const width = gain.length;
  const largest = new Float32Array(width);
  for (const map of maps) {
    const weights = quantisable(map)!.read();
    for (let at = 0; at < weights.length; at += 1) {
      const column = at % width;
      largest[column] = Math.max(largest[column]!, Math.abs(weights[at]!));
    }
  }
  return largest.map((weight, channel) => {
    const size = 4 * Math.abs(gain[channel]!) + Math.abs(bias[channel]!);
    return size > 0 && weight > 0 ? Math.sqrt(size / weight) : 1;
  });
}
