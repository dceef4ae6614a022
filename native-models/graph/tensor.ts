import { elementCount, showShape, type Dim, type Shape } from './dimension.ts';

export type ElementType = 'float32' | 'int64';

/** The numbers of a frozen weight, fetched when a graph is lowered and not before. */
export interface WeightData {
  /** Where they lie in a file exactly as a runtime wants them (float32, aligned), so that it can map them; else null. */
  readonly place: { readonly file: string; readonly offset: number; readonly byteLength: number } | null;
  /** Fails if the numbers in their place cannot be used. Called before a runtime maps them without looking. */
  verify(): void;
  /** The numbers, verified. */
  read(): Float32Array;
}

/**
 * What a node computes, with its static attributes. These are all the primitives there are: each has one lowering
 * (`lower-to-onnx.ts`) and one derivative (`derivative-rules.ts`). Everything else in this folder is composed of them.
 */
export type Op =
  | { readonly kind: 'input' | 'parameter'; readonly name: string }
  | { readonly kind: 'weight'; readonly name: string; readonly data: WeightData }
  | { readonly kind: 'constant'; readonly data: Float32Array | BigInt64Array }
  | { readonly kind: 'size'; readonly dim: Dim }
  | { readonly kind: 'add' | 'sub' | 'mul' | 'div' }
  | { readonly kind: 'exp' | 'log' | 'sqrt' | 'erf' | 'sigmoid' | 'tanh' | 'relu' | 'step' }
  | { readonly kind: 'matmul' | 'linear' }
  | {
      readonly kind: 'convolve';
      readonly stride: number;
      readonly pads: readonly number[];
      readonly groups: number;
    }
  | { readonly kind: 'softmax' | 'logSoftmax' }
  | { readonly kind: 'layerNorm'; readonly epsilon: number }
  | {
      readonly kind: 'reduceSum' | 'reduceMean' | 'reduceMax';
      readonly axes: readonly number[];
      readonly keepDims: boolean;
    }
  | { readonly kind: 'reshape' | 'expand' }
  | { readonly kind: 'transpose'; readonly order: readonly number[] }
  | { readonly kind: 'slice'; readonly axis: number; readonly start: Dim; readonly end: Dim }
  | { readonly kind: 'pad'; readonly axis: number; readonly before: Dim; readonly after: Dim }
  | { readonly kind: 'concat'; readonly axis: number }
  | { readonly kind: 'gatherRows' | 'scatterAddRows' };

/** An immutable node of a graph: the value of `op` applied to `inputs`. Two nodes are the same value only if identical. */
export interface Tensor {
  readonly op: Op;
  readonly inputs: readonly Tensor[];
  readonly shape: Shape;
  readonly type: ElementType;
}

/** Makes a node; only the functions beside this file, which check shapes, should call it. */
export function node(op: Op, inputs: readonly Tensor[], shape: Shape, type: ElementType = 'float32'): Tensor {
  return { op, inputs, shape, type };
}

/** A graph that cannot be: the shapes or types given to an operation do not fit. A programming error, found at build time. */
export class ShapeError extends Error {
  override readonly name = 'ShapeError';
}

/** Throws a `ShapeError` that says the operation, why, and the shapes it was given. */
export function refuse(op: string, why: string, ...tensors: readonly Tensor[]): never {
  throw new ShapeError(`${op}: ${why}; given ${tensors.map((tensor) => showShape(tensor.shape)).join(' and ')}`);
}

/** What is fed at every run under `name`. Its axes are numbers or plain named sizes. */
export function input(name: string, shape: Shape, type: ElementType = 'float32'): Tensor {
  return node({ kind: 'input', name }, [], feedable(name, shape), type);
}

/** A trainable float32 tensor of this shape. It is fed at run time under `name` like an input, so updating it needs no new graph. */
export function parameter(name: string, shape: Shape): Tensor {
  return node({ kind: 'parameter', name }, [], feedable(name, shape));
}

/** A frozen weight of a checkpoint, float32, row-major in `shape`. No gradient is ever made for it. */
export function weight(name: string, shape: readonly number[], data: WeightData): Tensor {
  return node({ kind: 'weight', name, data }, [], shape);
}

/** Fixed numbers that are part of the graph itself, row-major in `shape`: masks, scalars, tables made in code. */
export function constant(data: Float32Array | BigInt64Array, shape: readonly number[]): Tensor {
  const type = data instanceof Float32Array ? 'float32' : 'int64';
  const made = node({ kind: 'constant', data }, [], shape, type);
  if (elementCount(shape) !== data.length) refuse('constant', `${data.length} numbers do not fill the shape`, made);
  return made;
}

/** One float32 number, a tensor of shape `[]`. */
export const scalar = (value: number): Tensor => constant(Float32Array.of(value), []);

/** The value of an axis as a float32 scalar: a constant where it is known, otherwise found when the graph runs. */
export function sizeOf(size: Dim): Tensor {
  return typeof size === 'number' ? scalar(size) : node({ kind: 'size', dim: size }, [], []);
}

/** All nodes that `outputs`, of any shapes, depend on, each after everything it depends on. */
export function inOrder(outputs: readonly Tensor[]): Tensor[] {
  const done = new Set<Tensor>();
  // An explicit stack: the graph of a 24-layer model with its gradients is deeper than the call stack.
  const stack = outputs.map((tensor) => ({ tensor, next: 0 })).toReversed();
  while (stack.length > 0) {
    const top = stack.at(-1)!;
    const child = top.tensor.inputs[top.next];
    if (done.has(top.tensor)) stack.pop();
    else if (child === undefined) {
      done.add(top.tensor);
      stack.pop();
    } else {
      top.next += 1;
      if (!done.has(child)) stack.push({ tensor: child, next: 0 });
    }
  }
  return [...done];
}

function feedable(name: string, shape: Shape): Shape {
  for (const size of shape) {
    if (typeof size !== 'number' && size.symbol === null) {
      throw new ShapeError(`input '${name}': an axis must be a number or one named size, not ${showShape([size])}`);
    }
  }
  return shape;
}
