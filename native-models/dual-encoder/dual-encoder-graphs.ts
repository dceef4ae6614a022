import { l2Normalise } from '../graph/composites.ts';
import { dim } from '../graph/dimension.ts';
import { input, type Tensor } from '../graph/tensor.ts';
import type { ServedGraph } from '../serving/served-graph.ts';
import type { DualEncoder } from './dual-encoder.ts';
import { textLeaves } from './text-feeds.ts';

/** Pixels `[B, 3, H, W]` → unit rows `[B, D]`; each block of the encoder merges so many tokens. */
export function imageFeatures({ pictures }: DualEncoder, mergedPerBlock = 0): Tensor {
  const { imageSize: size, channels } = pictures;
  return l2Normalise(pictures.encode(input('pixels', [dim('batch'), channels, size, size]), mergedPerBlock).embeds);
}

/** Token ids `[K, L]` → unit rows `[K, D]`. */
export function textFeatures({ texts }: DualEncoder): Tensor {
  const { ids, readAt, real } = textLeaves(texts);
  return l2Normalise(texts.encode(texts.tokenVectors(ids), readAt, real).embeds);
}

/** Both as a server computes them. */
export const dualEncoderGraphs = (encoder: DualEncoder): ServedGraph[] => [
  { piece: 'frames', outputs: { embeds: imageFeatures(encoder) }, largestBatch: 64 },
  { piece: 'texts', outputs: { embeds: textFeatures(encoder) }, largestBatch: 64 },
];
