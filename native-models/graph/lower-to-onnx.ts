import { multiplyDims, type Shape } from './dimension.ts';
import { encodeOnnxModel } from './onnx-format.ts';
import { OnnxWriter, valueInfo, type ExternalData } from './onnx-writer.ts';
import type { Precision } from './quantise.ts';
import { quantisedLowering } from './quantised-lowering.ts';
import { inOrder, ShapeError, type Op, type Tensor } from './tensor.ts';

/** A graph as an inference runtime takes it. */
export interface OnnxModel {
  readonly bytes: Uint8Array;
  /** Where the weight files lie that the model refers to by name; null if it refers to none. */
  readonly weightsFolder: string | null;
  /** Weights given as bytes, because no file holds them ready to use. */
  readonly externalData: readonly ExternalData[];
}

type Lowering<K extends Op['kind']> = (
  write: OnnxWriter,
  inputs: readonly string[],
  op: Op & { readonly kind: K },
  tensor: Tensor,
) => string;

const same =
  (opType: string, attributes: Parameters<OnnxWriter['emit']>[2] = {}) =>
  (write: OnnxWriter, inputs: readonly string[]): string =>
    write.emit(opType, inputs, attributes);

/** One entry per primitive, none of which is left out (the type sees to it). Plain ONNX operators only, opset 17. */
const lowerings: { readonly [K in Op['kind']]: Lowering<K> } = {
  input: (write, _, op, { type }) => (halves(write) && type === 'float32' ? write.toFloat(op.name) : op.name),
  parameter: (write, _, op) => (halves(write) ? write.toFloat(op.name) : op.name),
  weight: (write, _, op, tensor) => write.weight(op.name, tensor.shape as readonly number[], op.data),
  constant: (write, _, op, tensor) => write.constant(op.data, tensor.shape as readonly number[]),
  size: (write, _, op) => write.reshape(write.toFloat(write.size(op.dim)), []),
  add: same('Add'),
  sub: same('Sub'),
  mul: same('Mul'),
  div: same('Div'),
  exp: same('Exp'),
  log: same('Log'),
  sqrt: same('Sqrt'),
  erf: same('Erf'),
  sigmoid: same('Sigmoid'),
  tanh: same('Tanh'),
  relu: same('Relu'),
  step: (write, [x]) => write.toFloat(write.emit('Greater', [x!, write.floatScalar(0)])),
  matmul: same('MatMul'),
  linear: (write, [x, weights, bias], _, tensor) => {
    // Gemm reads the weights as checkpoints store them, [out, in]: no transposed copy of a model's weights is made.
    const width = tensor.inputs[0]!.shape.at(-1)!;
    const rows = tensor.shape.slice(0, -1).reduce(multiplyDims, 1);
    const flat = tensor.shape.length === 2 ? x! : write.reshape(x!, [rows, width]);
    const product = write.emit('Gemm', bias === undefined ? [flat, weights!] : [flat, weights!, bias], { transB: 1 });
    return tensor.shape.length === 2 ? product : write.reshape(product, tensor.shape);
  },
  convolve: (write, inputs, { stride, pads, groups }) =>
    write.emit('Conv', inputs, { strides: [stride, stride], pads, group: groups }),
  softmax: same('Softmax', { axis: -1 }),
  logSoftmax: same('LogSoftmax', { axis: -1 }),
  layerNorm: (write, inputs, op) =>
    write.emit('LayerNormalization', inputs, { axis: -1, epsilon: { float: op.epsilon } }),
  // Axes are an input of ReduceSum since opset 13, but an attribute of the others until 18.
  reduceSum: (write, [x], op) => write.emit('ReduceSum', [x!, write.ints(op.axes)], { keepdims: op.keepDims ? 1 : 0 }),
  reduceMean: (write, [x], op) => write.emit('ReduceMean', [x!], { axes: op.axes, keepdims: op.keepDims ? 1 : 0 }),
  reduceMax: (write, [x], op) => write.emit('ReduceMax', [x!], { axes: op.axes, keepdims: op.keepDims ? 1 : 0 }),
  reshape: (write, [x], _, tensor) => write.reshape(x!, tensor.shape),
  expand: (write, [x], _, tensor) =>
    write.emit('Expand', [x!, write.sizes(stretched(tensor.inputs[0]!.shape, tensor.shape))]),
  transpose: (write, [x], op) => write.emit('Transpose', [x!], { perm: op.order }),
  slice: (write, [x], op) => write.emit('Slice', [x!, write.size(op.start), write.size(op.end), write.ints([op.axis])]),
  pad: (write, [x], op, tensor) => {
    const zeros = tensor.shape.map(() => 0);
    return write.emit('Pad', [
      x!,
      write.sizes(
        [...zeros.with(op.axis, 0), ...zeros].map((size, at) => {
          if (at === op.axis) return op.before;
          return at === op.axis + zeros.length ? op.after : size;
        }),
      ),
    ]);
  },
  concat: (write, inputs, op) => write.emit('Concat', inputs, { axis: op.axis }),
  gatherRows: (write, inputs) => write.emit('Gather', inputs, { axis: 0 }),
  scatterAddRows: (write, [updates, indices], _, tensor) => {
    const zeros = write.emit('Expand', [write.floatScalar(0), write.sizes(tensor.shape)]);
    const places = write.reshape(indices!, [...tensor.inputs[1]!.shape, 1]);
    return write.emit('ScatterND', [zeros, places, updates!], { reduction: 'add' });
  },
};

const halves = ({ float }: OnnxWriter): boolean => float === 'float16';

/** Only axes that really stretch need a size: ONNX's Expand leaves an axis alone where the target says 1. */
function stretched(from: Shape, to: Shape): Shape {
  const shift = to.length - from.length;
  return to.map((size, axis) => (axis >= shift && from[axis - shift] !== 1 ? 1 : size));
}

/**
 * Writes the graph of `outputs`, of any shapes, as an ONNX model. Its inputs are all `input` and `parameter` leaves it depends on, under
 * their names; its outputs have the names of `outputs`. Weights are referred to, not copied into the model's bytes; in int8
 * and fp16 they are converted, and given beside the model; with `gatheredIn` all are given so, as the parts of one file of that name. What goes in and comes out is float32 in every precision.
 */
export function lowerToOnnx(
  outputs: Readonly<Record<string, Tensor>>,
  precision: Precision = 'fp32',
  gatheredIn: string | null = null,
): OnnxModel {
  const tensors = inOrder(Object.values(outputs));
  const fed = feeds(tensors);
  const float = precision === 'fp16' ? 'float16' : 'float32';
  const write = new OnnxWriter(
    fed,
    gatheredIn === null && precision === 'fp32' && mapsAllWeights(tensors),
    float,
    gatheredIn,
  );
  const inWholeNumbers = precision === 'int8' ? quantisedLowering(write, tensors) : null;
  const names = new Map<Tensor, string>();
  const lower = (tensor: Tensor): string => {
    const own = lowerings[tensor.op.kind] as Lowering<Op['kind']>;
    return own(write, tensor.inputs.map(nameOf), tensor.op, tensor);
  };
  // Weights are written when first used as they are: in whole numbers most are not.
  const nameOf = (tensor: Tensor): string => {
    const known = names.get(tensor);
    if (known !== undefined) return known;
    const made = lower(tensor);
    names.set(tensor, made);
    return made;
  };
  for (const tensor of tensors) {
    if (tensor.op.kind === 'weight' || inWholeNumbers?.isInside(tensor)) continue;
    names.set(tensor, inWholeNumbers?.lower(tensor, nameOf) ?? lower(tensor));
  }
  for (const [name, tensor] of Object.entries(outputs)) {
    if (fed.some((leaf) => leaf.name === name)) throw new ShapeError(`'${name}' names both an input and an output`);
    if (halves(write) && tensor.type === 'float32') write.emit('Cast', [nameOf(tensor)], { to: 1 }, name);
    else write.emit('Identity', [nameOf(tensor)], {}, name);
  }
  const bytes = encodeOnnxModel({
    name: 'graph',
    node: write.nodes,
    initializer: write.initializers,
    input: fed.map(({ name, tensor }) => valueInfo(name, tensor)),
    output: Object.entries(outputs).map(([name, tensor]) => valueInfo(name, tensor)),
  });
  return { bytes, weightsFolder: write.weightsFolder, externalData: write.externalData };
}

/** The inputs of a graph: all leaves that are fed, `[B, …]` as each is declared. */
export const inputsOf = (outputs: Readonly<Record<string, Tensor>>) => feeds(inOrder(Object.values(outputs)));

function feeds(tensors: readonly Tensor[]): { name: string; shape: Shape; tensor: Tensor }[] {
  const byName = new Map<string, Tensor>();
  for (const tensor of tensors) {
    if (tensor.op.kind !== 'input' && tensor.op.kind !== 'parameter') continue;
    const { name } = tensor.op;
    if (byName.has(name)) throw new ShapeError(`two inputs of one graph are both named '${name}'`);
    byName.set(name, tensor);
  }
  return [...byName].map(([name, tensor]) => ({ name, shape: tensor.shape, tensor }));
}

/** onnxruntime takes weights from files or from memory, never both in one model: one that must be converted decides for all. */
const mapsAllWeights = (tensors: readonly Tensor[]): boolean =>
  tensors.every(({ op }) => op.kind !== 'weight' || op.data.place !== null);
