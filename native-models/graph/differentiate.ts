import { showShape } from './dimension.ts';
import { derivativeRules, type DerivativeRule } from './derivative-rules.ts';
import { add } from './elementwise.ts';
import { inOrder, scalar, ShapeError, type Tensor } from './tensor.ts';

/**
 * Reverse-mode differentiation: the gradients of a scalar with respect to `wrt` (inputs, parameters, or any nodes on
 * the way), as nodes of the same graph and of the same shapes. Only paths from `wrt` to the scalar are followed, so a
 * frozen weight costs nothing. Fails if the scalar does not depend on one of them.
 */
export function gradients(of: Tensor, wrt: readonly Tensor[]): Tensor[] {
  if (of.shape.length !== 0) throw new ShapeError(`gradients: only a scalar has gradients, not ${showShape(of.shape)}`);
  const order = inOrder([of]);
  const varies = new Set<Tensor>(wrt);
  for (const tensor of order) {
    if (tensor.type === 'float32' && tensor.inputs.some((each) => varies.has(each))) varies.add(tensor);
  }
  const gradientAt = new Map<Tensor, Tensor>([[of, scalar(1)]]);
  for (const tensor of order.toReversed()) {
    const dy = gradientAt.get(tensor);
    const wanted = (input: number): boolean => tensor.inputs[input] !== undefined && varies.has(tensor.inputs[input]);
    if (dy === undefined || !tensor.inputs.some((_, input) => wanted(input))) continue;
    const rule = derivativeRules[tensor.op.kind] as DerivativeRule;
    for (const [input, share] of rule(dy, tensor, wanted, tensor.op).entries()) {
      if (share === null || !wanted(input)) continue;
      const target = tensor.inputs[input]!;
      const sum = gradientAt.get(target);
      gradientAt.set(target, sum === undefined ? share : add(sum, share));
    }
  }
  return wrt.map((tensor) => {
    const gradient = gradientAt.get(tensor);
    if (gradient === undefined)
      throw new ShapeError(`gradients: the scalar does not depend on a tensor of shape ${showShape(tensor.shape)}`);
    return gradient;
  });
}
