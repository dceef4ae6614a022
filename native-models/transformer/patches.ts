import { reshape, slice, transpose } from '../graph/arrange.ts';
import { linear } from '../graph/linear-algebra.ts';
import type { Tensor } from '../graph/tensor.ts';
import type { LinearWeights } from './attention.ts';

/**
 * Pictures cut into patches, each mapped to a row (Dosovitskiy et al. 2021, s.3.1): pixels `[B, C, size, size]`, filters
 * `[W, C, patch, patch]` → `[B, patches, W]`, row by row of the picture.
 */
export function embedPatches(pixels: Tensor, size: number, { weight: filters, bias }: LinearWeights): Tensor {
  const [width, channels, patch] = filters.shape as [number, number, number, number];
  const grid = Math.floor(size / patch);
  const batch = pixels.shape[0]!;
  // A convolution whose stride is its kernel's size is a linear map of each patch. A border narrower than a patch is unused.
  const covered = slice(slice(pixels, 2, 0, grid * patch), 3, 0, grid * patch);
  const tiles = transpose(reshape(covered, [batch, channels, grid, patch, grid, patch]), [0, 2, 4, 1, 3, 5]);
  const numbers = channels * patch * patch;
  return linear(reshape(tiles, [batch, grid * grid, numbers]), reshape(filters, [width, numbers]), bias);
}
