import { multiplyDims, type Shape } from './dimension.ts';
import { findAttention } from './fused-attention.ts';
import type { OnnxWriter } from './onnx-writer.ts';
import { normFolds, quantisable, quantiseColumns, quantiseRows, type QuantisedWeights } from './quantise.ts';
import type { Tensor } from './tensor.ts';

/**
 * The int8 form of a graph's maps, of their derivatives and of the norms before maps, and attention in one go: a name for
 * each tensor that has one, of the same shape, null for the rest.
 */
export function quantisedLowering(write: OnnxWriter, tensors: readonly Tensor[]) {
  const folds = normFolds(tensors);
  const attentions = findAttention(tensors);
  /** What the outputs of a norm were divided by, also where rows of them were taken. */
  const foldOf = ({ op, inputs }: Tensor, x: Tensor): Float32Array | null =>
    folds.get(x) ?? (op.kind === 'linear' && x.op.kind === 'slice' ? (folds.get(inputs[0]!.inputs[0]!) ?? null) : null);
  const inside = new Set([...attentions.values()].flatMap((attention) => attention.inside));
  const lower = (tensor: Tensor, nameOf: (tensor: Tensor) => string): string | null => {
    const attention = attentions.get(tensor);
    if (attention !== undefined) {
      const { query, key, value, heads, scale, bias } = attention;
      const attributes = { num_heads: heads, scale: { float: scale } };
      const rows = [query, key, value].map(nameOf);
      if (bias === null) return write.emitOfRuntime('MultiHeadAttention', rows, attributes);
      const [batch, , , keys] = bias.shape;
      const sizes = write.sizes([batch!, 1, query.shape[1]!, keys!]);
      // Its bias of the maps and its mask of keys are left out; what is added to scores is said for each query.
      const added = write.emit('Expand', [nameOf(bias), sizes]);
      return write.emitOfRuntime('MultiHeadAttention', [...rows, '', '', added], attributes);
    }
    const fold = folds.get(tensor);
    if (fold !== undefined && tensor.op.kind === 'layerNorm') {
      const divided = tensor.inputs.slice(1).map(({ op }) => {
        const values = op.kind === 'weight' ? op.data.read() : new Float32Array();
        return write.made(
          'folded',
          [fold.length],
          values.map((value, at) => value / fold[at]!),
        );
      });
      return write.emit('LayerNormalization', [nameOf(tensor.inputs[0]!), ...divided], {
        axis: -1,
        epsilon: { float: tensor.op.epsilon },
      });
    }
    const weights = quantisable(tensor);
    if (weights === null) return null;
    const [x, map, bias] = tensor.inputs as [Tensor, Tensor, Tensor?];
    const inputs = { x: nameOf(x), bias: bias === undefined ? null : nameOf(bias) };
    const shape = map.shape as [number, number];
    const isMap = tensor.op.kind === 'linear';
    const [out, width] = isMap ? shape : ([shape[1], shape[0]] as const);
    const quantised = isMap
      ? quantiseRows(weights.read(), shape, foldOf(tensor, x))
      : quantiseColumns(weights.read(), shape);
    return quantisedProduct(write, inputs, quantised, [out, width], tensor.shape, x.shape);
  };
  return {
    lower,
    /** Whether a tensor is a step of attention, which is never seen by itself. */
    isInside: (tensor: Tensor): boolean => inside.has(tensor),
  };
}

/**
 * `x Wᵀ + b` in whole numbers. Each row of x is scaled by its own largest magnitude, so that no row depends on those it
 * happens to be computed with.
 */
function quantisedProduct(
  write: OnnxWriter,
  { x, bias }: { readonly x: string; readonly bias: string | null },
  { values, scales }: QuantisedWeights,
  [out, width]: readonly [number, number],
  shape: Shape,
  given: Shape,
): string {
  const rows = given.slice(0, -1).reduce(multiplyDims, 1);
  const flat = given.length === 2 ? x : write.once(`rows of ${x}`, () => write.reshape(x, [rows, width]));
  const largest = write.once(`largest of ${x}`, () => {
    const above = write.emit('ReduceMax', [flat], { axes: [-1], keepdims: 1 });
    const below = write.emit('Neg', [write.emit('ReduceMin', [flat], { axes: [-1], keepdims: 1 })]);
    return write.emit('Max', [above, below, write.floatScalar(1e-20)]);
  });
  const whole = write.once(`whole ${x}`, () => {
    const inSteps = write.emit('Mul', [flat, write.emit('Div', [write.floatScalar(127), largest])]);
    return write.emit('QuantizeLinear', [inSteps, write.floatScalar(1), write.byte(128)]);
  });
  const step = write.once(`step of ${x}`, () => write.emit('Div', [largest, write.floatScalar(127)]));
  const product = write.emitOfRuntime('MatMulIntegerToFloat', [
    whole,
    write.made('int8', [width, out], values),
    write.floatScalar(1),
    write.made('scales', [out], scales),
    write.byte(128),
  ]);
  const scaled = write.emit('Mul', [product, step]);
  const shifted = bias === null ? scaled : write.emit('Add', [scaled, bias]);
  return shape.length === 2 ? shifted : write.reshape(shifted, shape);
}
