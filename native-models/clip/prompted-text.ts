import { concat, reshape } from '../graph/arrange.ts';
import { add, mul, sub } from '../graph/elementwise.ts';
import { matmul } from '../graph/linear-algebra.ts';
import { reduceSum } from '../graph/reduce.ts';
import type { Tensor } from '../graph/tensor.ts';
import type { Checkpoint } from '../checkpoint/checkpoint.ts';
import {
  paddingToken,
  selectPositions,
  textTower,
  tokenEmbeddings,
  type TextTower,
  type TextTowerConfig,
} from './text-tower.ts';

/** Class names laid out with learned vectors around them: `[SOS][prefix][name][suffix][EOT]`, K classes, L positions. */
export interface PromptLayout {
  readonly classes: number;
  readonly length: number;
  /** `[K, L]` token ids; 0 where a learned vector stands, padding after the end of text. */
  readonly ids: Int32Array;
  /** `[K, L, prefix + suffix]`: 1 where position l of class k holds that learned vector. */
  readonly placement: Float32Array;
  /** `[K, L]`: 1 at each class's EOT. */
  readonly endOfText: Float32Array;
}

/**
 * Lays out prompts as Efficient-Prompt does (Ju et al. 2022, s.3.2), with explicit suffix vectors right after the name.
 * The length is the whole context. Null if some name leaves no room; `names` are token ids without SOS and EOT.
 */
export function layOutPrompts(
  names: readonly (readonly number[])[],
  vectors: { readonly prefix: number; readonly suffix: number },
  tokens: { readonly startOfText: number; readonly endOfText: number; readonly contextLength: number },
): PromptLayout | null {
  const { prefix, suffix } = vectors;
  const length = tokens.contextLength;
  const ids = new Int32Array(names.length * length).fill(paddingToken);
  const placement = new Float32Array(names.length * length * (prefix + suffix));
  const ends: number[] = [];
  for (const [row, name] of names.entries()) {
    const end = prefix + name.length + suffix + 1;
    if (end >= length) return null;
    const put = (position: number, vector: number): void => {
      ids[row * length + position] = 0;
      placement[(row * length + position) * (prefix + suffix) + vector] = 1;
    };
    ids[row * length] = tokens.startOfText;
    for (let j = 0; j < prefix; j += 1) put(1 + j, j);
    ids.set(name, row * length + 1 + prefix);
    ids[row * length + end] = tokens.endOfText;
    for (let j = 0; j < suffix; j += 1) put(1 + prefix + name.length + j, prefix + j);
    ends.push(end);
  }
  return { classes: names.length, length, ids, placement, endOfText: selectPositions(ends, length) };
}

/** The tensors of a layout as leaves of a graph, and the learned vectors `[prefix, W]` and `[suffix, W]`. */
export interface PromptedText {
  readonly ids: Tensor;
  readonly placement: Tensor;
  readonly endOfText: Tensor;
  readonly prefix: Tensor;
  /** Null for prompts with nothing after the name. */
  readonly suffix: Tensor | null;
}

/** The text encoder with learned vectors in the places that a layout gives them; differentiable in those vectors. */
export function promptedText(prompt: PromptedText, config: TextTowerConfig, checkpoint: Checkpoint): TextTower {
  const { ids, placement, endOfText, prefix, suffix } = prompt;
  const [classes, length] = ids.shape;
  const learned = matmul(placement, suffix === null ? prefix : concat([prefix, suffix], 0));
  const frozen = reshape(sub(1, reduceSum(placement, { axes: [-1] })), [classes!, length!, 1]);
  const tokens = add(mul(tokenEmbeddings(ids, config, checkpoint), frozen), learned);
  return textTower(tokens, endOfText, config, checkpoint);
}
