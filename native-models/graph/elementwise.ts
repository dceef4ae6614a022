import { sameDim, showDim, type Dim, type Shape } from './dimension.ts';
import { node, refuse, scalar, type Tensor } from './tensor.ts';

/** Where a function takes numbers, a plain number stands for a scalar. */
export type Operand = Tensor | number;

/** The shape of `a ∘ b` under numpy broadcasting: axes aligned from the right, an axis of 1 stretches. */
export function broadcastShape(op: string, a: Tensor, b: Tensor): Shape {
  const rank = Math.max(a.shape.length, b.shape.length);
  return Array.from({ length: rank }, (_, axis): Dim => {
    const left = a.shape[axis - rank + a.shape.length] ?? 1;
    const right = b.shape[axis - rank + b.shape.length] ?? 1;
    if (left === 1) return right;
    if (right === 1 || sameDim(left, right)) return left;
    return refuse(op, `axes of ${showDim(left)} and ${showDim(right)} do not broadcast`, a, b);
  });
}

type BinaryKind = 'add' | 'sub' | 'mul' | 'div';
type UnaryKind = 'exp' | 'log' | 'sqrt' | 'erf' | 'sigmoid' | 'tanh' | 'relu' | 'step';

const lift = (value: Operand): Tensor => (typeof value === 'number' ? scalar(value) : value);

function binary(kind: BinaryKind, left: Operand, right: Operand): Tensor {
  const [a, b] = [lift(left), lift(right)];
  if (a.type !== 'float32' || b.type !== 'float32') refuse(kind, 'works on float32 only', a, b);
  return node({ kind }, [a, b], broadcastShape(kind, a, b));
}

function unary(kind: UnaryKind, x: Tensor): Tensor {
  if (x.type !== 'float32') refuse(kind, 'works on float32 only', x);
  return node({ kind }, [x], x.shape);
}

/** Each takes float32 tensors whose shapes broadcast, as numpy's do, and gives one of the `broadcastShape`. */
export const add = (a: Operand, b: Operand): Tensor => binary('add', a, b);
export const sub = (a: Operand, b: Operand): Tensor => binary('sub', a, b);
export const mul = (a: Operand, b: Operand): Tensor => binary('mul', a, b);
export const div = (a: Operand, b: Operand): Tensor => binary('div', a, b);

/** Each works element by element: any shape → the same shape. `erf` is the error function, 2/√π ∫₀ˣ e^(−t²) dt. */
export const exp = (x: Tensor): Tensor => unary('exp', x);
export const log = (x: Tensor): Tensor => unary('log', x);
export const sqrt = (x: Tensor): Tensor => unary('sqrt', x);
export const erf = (x: Tensor): Tensor => unary('erf', x);
export const sigmoid = (x: Tensor): Tensor => unary('sigmoid', x);
export const tanh = (x: Tensor): Tensor => unary('tanh', x);
export const relu = (x: Tensor): Tensor => unary('relu', x);
/** 1 where x > 0, else 0, element by element; its derivative is 0 everywhere. */
export const step = (x: Tensor): Tensor => unary('step', x);
