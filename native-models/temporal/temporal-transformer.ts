import { add } from '../graph/elementwise.ts';
import { reduceMean } from '../graph/reduce.ts';
import { parameter, type Tensor } from '../graph/tensor.ts';
import { activations } from '../transformer/activation.ts';
import type { LinearWeights } from '../transformer/attention.ts';
import { transformerBlock, type BlockWeights, type NormWeights } from '../transformer/block.ts';

/** A small transformer over the frame features of one stretch of video. */
export interface TemporalShape {
  /** D of the frame features. */
  readonly width: number;
  readonly heads: number;
  readonly layers: number;
  /** T, the frames it was made for: it has a learned position for each. */
  readonly frames: number;
  /**
   * `outer`: the input is added to the output once more, as ActionCLIP, CLIP4Clip and X-CLIP do; with branches that
   * start at zero the module then begins as the identity (up to length). `none`: the published Efficient-Prompt.
   */
  readonly skip: 'outer' | 'none';
}

/** Names and shapes of the trainable tensors, in a fixed order. */
export function temporalParameterShapes({ width, layers, frames }: TemporalShape): Map<string, readonly number[]> {
  const shapes = new Map<string, readonly number[]>([['temporal.positions', [frames, width]]]);
  for (let layer = 0; layer < layers; layer += 1) {
    const at = (name: string): string => `temporal.layers.${layer}.${name}`;
    for (const name of ['norm1', 'norm2']) shapes.set(at(`${name}.gain`), [width]).set(at(`${name}.bias`), [width]);
    for (const name of ['query', 'key', 'value', 'out'])
      shapes.set(at(`${name}.weight`), [width, width]).set(at(`${name}.bias`), [width]);
    shapes.set(at('widen.weight'), [4 * width, width]).set(at('widen.bias'), [4 * width]);
    shapes.set(at('narrow.weight'), [width, 4 * width]).set(at('narrow.bias'), [width]);
  }
  return shapes;
}

/** Frame features `[B, T, D]` → dense features `[B, T, D]` that know their neighbours (Ju et al. 2022, s.3.3). */
export function temporalTransformer(
  frames: Tensor,
  shape: TemporalShape,
  parameters: ReadonlyMap<string, Tensor>,
): Tensor {
  const leaf = (name: string): Tensor => parameters.get(name)!;
  const block = { heads: shape.heads, activation: activations.quick_gelu, epsilon: 1e-5 };
  let x = add(frames, leaf('temporal.positions'));
  for (let layer = 0; layer < shape.layers; layer += 1) {
    const at = (name: string): Tensor => leaf(`temporal.layers.${layer}.${name}`);
    const linear = (name: string): LinearWeights => ({ weight: at(`${name}.weight`), bias: at(`${name}.bias`) });
    const normOf = (name: string): NormWeights => ({ gain: at(`${name}.gain`), bias: at(`${name}.bias`) });
    const weights: BlockWeights = {
      norm1: normOf('norm1'),
      attention: { query: linear('query'), key: linear('key'), value: linear('value'), out: linear('out') },
      norm2: normOf('norm2'),
      feedForward: { widen: linear('widen'), narrow: linear('narrow') },
    };
    x = transformerBlock(x, weights, block);
  }
  return shape.skip === 'outer' ? add(x, frames) : x;
}

/** One feature per clip: the mean over its dense features, `[B, T, D]` → `[B, D]`. */
export const pooledFeature = (dense: Tensor): Tensor => reduceMean(dense, { axes: [1] });

/** The module's tensors as parameters of a graph, by name, in the shapes of `temporalParameterShapes`. */
export function temporalParameters(shape: TemporalShape): Map<string, Tensor> {
  return new Map([...temporalParameterShapes(shape)].map(([name, size]) => [name, parameter(name, size)]));
}

/**
 * Starting values, by name, row-major in the shapes of `temporalParameterShapes`. With an outer skip: positions and the last map of every branch are zero, so that the module changes
 * no direction until it is trained. Without: as Efficient-Prompt starts (positions N(0, 0.01²), maps uniform by width).
 * `uniform` draws from [-1, 1) and `normal` from the standard normal distribution.
 */
export function initialTemporal(
  shape: TemporalShape,
  draw: { uniform(): number; normal(): number },
): Map<string, Float32Array> {
  const values = new Map<string, Float32Array>();
  for (const [name, size] of temporalParameterShapes(shape)) {
    const length = size.reduce((product, each) => product * each, 1);
    const startsAtZero =
      name.endsWith('.bias') || (shape.skip === 'outer' && /(positions|out\.weight|narrow\.weight)$/.test(name));
    const bound =
      size[1] === undefined
        ? 0
        : name.includes('query') || name.includes('key') || name.includes('value')
          ? Math.sqrt(6 / (size[0]! + size[1]))
          : Math.sqrt(1 / size[1]);
    const start = (): number => {
      if (name.endsWith('.gain')) return 1;
      if (startsAtZero) return 0;
      return name.endsWith('positions') ? 0.01 * draw.normal() : bound * draw.uniform();
    };
    values.set(name, Float32Array.from({ length }, start));
  }
  return values;
}
