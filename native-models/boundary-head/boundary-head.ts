import { concat, pad, slice } from '../graph/arrange.ts';
import { gelu, softplus } from '../graph/composites.ts';
import { dim, type Dim } from '../graph/dimension.ts';
import { gradients } from '../graph/differentiate.ts';
import { add, mul, sigmoid, sub } from '../graph/elementwise.ts';
import { linear } from '../graph/linear-algebra.ts';
import { lowerToOnnx } from '../graph/lower-to-onnx.ts';
import { layerNorm, reduceSum } from '../graph/reduce.ts';
import { input, parameter, type Tensor } from '../graph/tensor.ts';
import type { Provider } from '../runtime/plan.ts';
import { openSession, type Session } from '../runtime/session.ts';
import { floats, floatsOf, type TensorValues } from '../runtime/tensor-value.ts';

/** A class-agnostic head that tells, sample by sample, whether an action is on, begins or ends. */
export interface BoundaryHeadShape {
  /** Z of its input: see `boundaryInput` of whoever trains it. */
  readonly width: number;
  readonly hidden: number;
  /** How many samples off the neighbours are that each layer after the first looks at. */
  readonly distances: readonly number[];
  /** Whether each of those layers adds to what comes in, or takes its place. */
  readonly skip: 'layer' | 'none';
}

/** Action, start, end: the order of the last axis everywhere. */
export const boundaryCurves = 3;

/** A stretch of samples, `[T, Z]` and `[T, 3]`, B of them in a batch. */
export interface BoundaryBatch {
  readonly count: number;
  readonly length: number;
  /** `[B, T, Z]`. */
  readonly inputs: Float32Array;
  /** `[B, T, 3]` logits that the head starts from: without training its answer is exactly their sigmoid. */
  readonly priors: Float32Array;
}

export interface BoundaryTargets {
  /** `[B, T, 3]` in [0, 1]. */
  readonly targets: Float32Array;
  /** `[B, T, 3]`: what each is worth in the loss; 0 where nobody has looked. */
  readonly weights: Float32Array;
}

/** `[B, T, Z]` factors of the normalised inputs: 0 where one is left out of a step (dropout), so that no few decide. */
export interface KeptInputs {
  readonly kept: Float32Array;
}

/** Names and shapes of the trainable tensors, in a fixed order. */
export function boundaryHeadShapes({ width, hidden, distances }: BoundaryHeadShape): Map<string, readonly number[]> {
  return new Map<string, readonly number[]>([
    ['norm.gain', [width]],
    ['norm.bias', [width]],
    ['near.weight', [hidden, 3 * width]],
    ['near.bias', [hidden]],
    ...distances.flatMap((_, at): [string, readonly number[]][] => [
      [`${farLayer(at)}.weight`, [hidden, 3 * hidden]],
      [`${farLayer(at)}.bias`, [hidden]],
    ]),
    ['out.weight', [boundaryCurves, hidden]],
    ['out.bias', [boundaryCurves]],
  ]);
}

/** Samples to both sides that the head's answer for one depends on. */
export const reachOf = ({ distances }: Pick<BoundaryHeadShape, 'distances'>): number =>
  1 + distances.reduce((sum, distance) => sum + distance, 0);

/** The first had no number while it was the only one. */
const farLayer = (at: number): string => (at === 0 ? 'far' : `far.${at}`);

/** Starting values, by name, row-major in the shapes of `boundaryHeadShapes`: the last map is zero, so that the priors pass unchanged. `uniform` draws from [-1, 1). */
export function initialBoundaryHead(shape: BoundaryHeadShape, uniform: () => number): Map<string, Float32Array> {
  return new Map(
    [...boundaryHeadShapes(shape)].map(([name, size]) => {
      const length = size.reduce((product, each) => product * each, 1);
      const bound = /^(?:near|far).*weight$/u.test(name) ? Math.sqrt(3 / size[1]!) : 0;
      const start = (): number => (name === 'norm.gain' ? 1 : bound * uniform());
      return [name, Float32Array.from({ length }, start)];
    }),
  );
}

/** Layers that each see a sample and its neighbours, the next ones in the first, after a layer norm. */
function headLogits(
  { distances, skip }: BoundaryHeadShape,
  { inputs, kept, priors }: { readonly inputs: Tensor; readonly kept: Tensor | null; readonly priors: Tensor },
  leaf: (name: string) => Tensor,
): Tensor {
  const length = inputs.shape[1]!;
  const layer = (x: Tensor, name: string, distance: number): Tensor =>
    gelu(linear(withNeighbours(x, length, distance), leaf(`${name}.weight`), leaf(`${name}.bias`)));
  const all = layerNorm(inputs, leaf('norm.gain'), leaf('norm.bias'), 1e-5);
  const normed = kept === null ? all : mul(all, kept);
  const seen = distances.reduce(
    (x, distance, at) => {
      const made = layer(x, farLayer(at), distance);
      return skip === 'layer' ? add(x, made) : made;
    },
    layer(normed, 'near', 1),
  );
  return add(priors, linear(seen, leaf('out.weight'), leaf('out.bias')));
}

/** `[B, T, C]` → `[B, T, 3 C]`: the sample `distance` before, the sample, the one after; zeros beyond the ends. */
function withNeighbours(x: Tensor, length: Dim, distance: number): Tensor {
  const before = slice(pad(x, 1, distance, 0), 1, 0, length);
  const after = slice(pad(x, 1, 0, distance), 1, distance);
  return concat([before, x, after], 2);
}

export interface BoundaryTrainer extends AsyncDisposable {
  /** Σ weight · binary cross-entropy, and its gradients by name. */
  step(
    learned: ReadonlyMap<string, Float32Array>,
    batch: BoundaryBatch & BoundaryTargets & Partial<KeptInputs>,
  ): Promise<{ readonly loss: number; readonly gradients: ReadonlyMap<string, Float32Array> }>;
}

function leaves(shape: BoundaryHeadShape, drops = false) {
  const parameters = new Map([...boundaryHeadShapes(shape)].map(([name, size]) => [name, parameter(name, size)]));
  const cells = [dim('stretches'), dim('samples')];
  const inputs = input('inputs', [...cells, shape.width]);
  const priors = input('priors', [...cells, boundaryCurves]);
  const kept = drops ? input('kept', [...cells, shape.width]) : null;
  const logits = headLogits(shape, { inputs, kept, priors }, (name) => parameters.get(name)!);
  return { parameters, cells, logits };
}

const feedsOf = (
  shape: BoundaryHeadShape,
  learned: ReadonlyMap<string, Float32Array>,
  { count, length, inputs, priors }: BoundaryBatch,
): TensorValues => ({
  ...Object.fromEntries([...boundaryHeadShapes(shape)].map(([name, size]) => [name, floats(learned.get(name)!, size)])),
  inputs: floats(inputs, [count, length, shape.width]),
  priors: floats(priors, [count, length, boundaryCurves]),
});

/** Opens the graph that trains a head of this shape; with `drops`, each step says which inputs are kept. Fails as opening a session does. */
export async function openBoundaryTrainer(
  shape: BoundaryHeadShape,
  provider: Provider,
  threads?: number,
  drops = false,
): Promise<BoundaryTrainer> {
  const { parameters, cells, logits } = leaves(shape, drops);
  const targets = input('targets', [...cells, boundaryCurves]);
  const weights = input('weights', [...cells, boundaryCurves]);
  // Binary cross-entropy of a logit u: log(1 + eᵘ) − y u.
  const loss = reduceSum(mul(weights, sub(softplus(logits), mul(targets, logits))));
  const names = [...parameters.keys()];
  const slopes = gradients(loss, [...parameters.values()]);
  const outputs = { loss, ...Object.fromEntries(names.map((name, at) => [`d ${name}`, slopes[at]!])) };
  const session = await open(outputs, provider, threads);
  return {
    async step(learned, batch) {
      const { count, length } = batch;
      const answer = await session.run({
        ...feedsOf(shape, learned, batch),
        targets: floats(batch.targets, [count, length, boundaryCurves]),
        weights: floats(batch.weights, [count, length, boundaryCurves]),
        ...(batch.kept === undefined ? {} : { kept: floats(batch.kept, [count, length, shape.width]) }),
      });
      return {
        loss: floatsOf(answer, 'loss')[0]!,
        gradients: new Map(names.map((name) => [name, floatsOf(answer, `d ${name}`)])),
      };
    },
    [Symbol.asyncDispose]: () => session[Symbol.asyncDispose](),
  };
}

/** Probabilities `[B, T, 3]` of a trained head. */
export async function runBoundaryHead(
  shape: BoundaryHeadShape,
  learned: ReadonlyMap<string, Float32Array>,
  batch: BoundaryBatch,
  provider: Provider,
): Promise<Float32Array> {
  await using session = await open({ probabilities: sigmoid(leaves(shape).logits) }, provider);
  return floatsOf(await session.run(feedsOf(shape, learned, batch)), 'probabilities');
}

const open = (outputs: Readonly<Record<string, Tensor>>, provider: Provider, threads?: number): Promise<Session> =>
  openSession(lowerToOnnx(outputs), { provider, ...(threads === undefined ? {} : { threads }) });
