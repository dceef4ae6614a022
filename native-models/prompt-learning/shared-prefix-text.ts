import type { TextEncoder } from '../dual-encoder/dual-encoder.ts';
import { concat, reshape, slice, transpose, transposeLast } from '../graph/arrange.ts';
import { multiplyDims, type Dim } from '../graph/dimension.ts';
import { add, mul } from '../graph/elementwise.ts';
import { matmul } from '../graph/linear-algebra.ts';
import { softmax } from '../graph/reduce.ts';
import { ShapeError, type Tensor } from '../graph/tensor.ts';
import { activations } from '../transformer/activation.ts';
import { apply, causalMask, type LinearWeights } from '../transformer/attention.ts';
import { feedForward, norm, type BlockShape, type BlockWeights } from '../transformer/block.ts';
import { readBlock, readNorm, readProjection } from '../transformer/block-weights.ts';

/** The tensors of `PromptTokens` as leaves of a graph, and the learned vectors. */
export interface SharedPrefixPrompt {
  /** int64 `[K, L]`, `[K, L]`, `[K, L]` and `[K, L]`. */
  readonly ids: Tensor;
  readonly frozen: Tensor;
  readonly endOfText: Tensor;
  readonly afterEnd: Tensor;
  /** `[K, L, suffix]` and `[suffix, W]`; null for prompts without suffix. */
  readonly suffixPlaces: Tensor | null;
  readonly suffix: Tensor | null;
  /** `[prefix, W]`. */
  readonly prefix: Tensor;
  readonly startOfText: Tensor;
}

/** The fastest way to compute prompted texts that is right for a text tower. */
export const fastestForm = ({ causalTower }: TextEncoder): 'shared-prefix' | 'plain' =>
  causalTower === null ? 'plain' : 'shared-prefix';

/**
 * Class features `[K, D]` (not normalised) of prompted class names, equal to the plain 77-token tower and several times
 * cheaper. Three facts about a causal tower make it so: nothing after the end of a text matters, so it is not computed;
 * start-of-text and prefix are the same for all classes and see no class, so they run once and lend their keys and
 * values; and only the end-of-text row of the last layer is read. Refused for a tower whose texts look both ways:
 * there every position sees the class, the prefix too.
 */
export function sharedPrefixText(prompt: SharedPrefixPrompt, { causalTower, tokenVectors }: TextEncoder): Tensor {
  if (causalTower === null) throw new ShapeError('sharedPrefixText: texts that look both ways share no prefix');
  const { config, checkpoint } = causalTower;
  const text = config.text_config;
  const width = text.hidden_size;
  const shape: BlockShape = {
    heads: text.num_attention_heads,
    activation: activations[text.hidden_act],
    epsilon: text.layer_norm_eps,
  };
  const positions = checkpoint.tensor('text_model.embeddings.position_embedding.weight', [
    text.max_position_embeddings,
    width,
  ]);
  const [classes, length] = prompt.ids.shape as [Dim, Dim];
  const shared = 1 + (prompt.prefix.shape[0] as number);

  let common = add(concat([tokenVectors(prompt.startOfText), prompt.prefix], 0), slice(positions, 0, 0, shared));
  const names = mul(tokenVectors(prompt.ids), reshape(prompt.frozen, [classes, length, 1]));
  const filled =
    prompt.suffixPlaces === null || prompt.suffix === null
      ? names
      : add(names, matmul(prompt.suffixPlaces, prompt.suffix));
  const own = slice(positions, 0, shared, text.max_position_embeddings);
  let classRows = flatten(add(filled, slice(own, 0, 0, length)), multiplyDims(classes, length), width);

  const causal = causalMask(text.max_position_embeddings);
  const ownMask = slice(slice(causal, 0, 0, length), 1, 0, length);
  const commonMask = slice(slice(causal, 0, 0, shared), 1, 0, shared);
  const rows = { classes, length };
  for (let layer = 0; layer < text.num_hidden_layers - 1; layer += 1) {
    const weights = readBlock(checkpoint, `text_model.encoder.layers.${layer}`, width, text.intermediate_size);
    const lent = keysAndValues(common, weights, shape);
    classRows = classBlock(classRows, lent, weights, shape, rows, ownMask);
    common = commonBlock(common, lent, weights, shape, commonMask);
  }
  const last = readBlock(
    checkpoint,
    `text_model.encoder.layers.${text.num_hidden_layers - 1}`,
    width,
    text.intermediate_size,
  );
  const atEnd = endBlock(classRows, keysAndValues(common, last, shape), last, shape, rows, prompt);
  const pooled = norm(atEnd, readNorm(checkpoint, 'text_model.final_layer_norm', width), shape.epsilon);
  return apply(readProjection(checkpoint, 'text_projection', config.projection_dim, width), pooled);
}

/** Keys and values per head, `[heads, N, d]`, of rows that were already normed. */
interface KeysAndValues {
  readonly normed: Tensor;
  readonly keys: Tensor;
  readonly values: Tensor;
}

interface ClassRows {
  readonly classes: Dim;
  readonly length: Dim;
}

const flatten = (x: Tensor, rows: Dim, width: number): Tensor => reshape(x, [rows, width]);

/** Rows `[N, W]` → `[heads, N, d]`: with all classes in one axis, sums over classes happen inside matrix products. */
function perHead(rows: Tensor, weights: LinearWeights, heads: number): Tensor {
  const width = rows.shape[1] as number;
  return transpose(reshape(apply(weights, rows), [rows.shape[0]!, heads, width / heads]), [1, 0, 2]);
}

const joinHeads = (x: Tensor): Tensor => {
  const [heads, rows, size] = x.shape;
  return reshape(transpose(x, [1, 0, 2]), [rows!, (heads as number) * (size as number)]);
};

const scaled = (query: Tensor): Tensor => mul(query, (query.shape.at(-1) as number) ** -0.5);

function keysAndValues(rows: Tensor, weights: BlockWeights, shape: BlockShape): KeysAndValues {
  const normed = norm(rows, weights.norm1, shape.epsilon);
  return {
    normed,
    keys: perHead(normed, weights.attention.key, shape.heads),
    values: perHead(normed, weights.attention.value, shape.heads),
  };
}

function withFeedForward(rows: Tensor, attended: Tensor, weights: BlockWeights, shape: BlockShape): Tensor {
  const x = add(rows, apply(weights.attention.out, joinHeads(attended)));
  return add(x, feedForward(norm(x, weights.norm2, shape.epsilon), weights.feedForward, shape.activation));
}

/** The shared rows attend to themselves. */
function commonBlock(
  rows: Tensor,
  { normed, keys, values }: KeysAndValues,
  weights: BlockWeights,
  shape: BlockShape,
  mask: Tensor,
): Tensor {
  const query = scaled(perHead(normed, weights.attention.query, shape.heads));
  return withFeedForward(rows, matmul(softmax(add(matmul(query, transposeLast(keys)), mask)), values), weights, shape);
}

/** Every class's rows attend to the shared rows and, causally, to their own. */
function classBlock(
  rows: Tensor,
  lent: KeysAndValues,
  weights: BlockWeights,
  shape: BlockShape,
  { classes, length }: ClassRows,
  mask: Tensor,
): Tensor {
  const { heads } = shape;
  const own = keysAndValues(rows, weights, shape);
  const query = scaled(perHead(own.normed, weights.attention.query, heads));
  const size = query.shape[2]!;
  const shared = lent.keys.shape[1]!;
  const byClass = (x: Tensor): Tensor => reshape(x, [heads, classes, length, size]);
  const toShared = reshape(matmul(query, transposeLast(lent.keys)), [heads, classes, length, shared]);
  const toOwn = add(matmul(byClass(query), transposeLast(byClass(own.keys))), mask);
  const share = softmax(concat([toShared, toOwn], 3));
  const fromShared = matmul(
    reshape(slice(share, 3, 0, shared), [heads, multiplyDims(classes, length), shared]),
    lent.values,
  );
  const fromOwn = reshape(matmul(slice(share, 3, shared), byClass(own.values)), [
    heads,
    multiplyDims(classes, length),
    size,
  ]);
  return withFeedForward(rows, add(fromShared, fromOwn), weights, shape);
}

/** The last layer, for the end-of-text row of each class alone: `[K, W]`. */
function endBlock(
  rows: Tensor,
  lent: KeysAndValues,
  weights: BlockWeights,
  shape: BlockShape,
  { classes, length }: ClassRows,
  { endOfText, afterEnd }: SharedPrefixPrompt,
): Tensor {
  const { heads } = shape;
  const width = rows.shape[1] as number;
  const own = keysAndValues(rows, weights, shape);
  const pick = (x: Tensor): Tensor =>
    reshape(matmul(reshape(endOfText, [classes, 1, length]), reshape(x, [classes, length, width])), [classes, width]);
  const query = scaled(perHead(pick(own.normed), weights.attention.query, heads));
  const size = query.shape[2]!;
  const shared = lent.keys.shape[1]!;
  const byClass = (x: Tensor, count: Dim): Tensor => reshape(x, [heads, classes, count, size]);
  const toShared = reshape(matmul(query, transposeLast(lent.keys)), [heads, classes, 1, shared]);
  const toOwn = add(
    matmul(byClass(query, 1), transposeLast(byClass(own.keys, length))),
    reshape(afterEnd, [1, classes, 1, length]),
  );
  const share = softmax(concat([toShared, toOwn], 3));
  const fromShared = matmul(reshape(slice(share, 3, 0, shared), [heads, classes, shared]), lent.values);
  const fromOwn = reshape(matmul(slice(share, 3, shared), byClass(own.values, length)), [heads, classes, size]);
  return withFeedForward(pick(rows), add(fromShared, fromOwn), weights, shape);
}
