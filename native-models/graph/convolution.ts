import { node, refuse, type Tensor } from './tensor.ts';

/** How filters move over a picture. */
export interface ConvolutionShape {
  readonly stride: number;
  /** Rows and columns of zeros around the picture: above, left, below, right. */
  readonly pads: readonly [number, number, number, number];
  /** Channels fall into this many groups, each with filters of its own; as many as channels: depthwise. */
  readonly groups: number;
}

/** Pictures `[B, C, H, W]` under filters `[O, C / groups, k, k]` → `[B, O, H′, W′]`. It has no derivative: pictures are not learned. */
export function convolve(x: Tensor, filters: Tensor, { stride, pads, groups }: ConvolutionShape): Tensor {
  const [batch, channels, height, width] = x.shape;
  const [out, depth, kernel] = filters.shape;
  if (channels !== (depth as number) * groups || typeof height !== 'number' || typeof width !== 'number')
    refuse('convolve', `filters in ${groups} groups do not fit the picture`, x, filters);
  const moved = (size: number, before: number, after: number): number =>
    Math.floor((size + before + after - (kernel as number)) / stride) + 1;
  const [top, left, bottom, right] = pads;
  const shape = [batch!, out!, moved(height, top, bottom), moved(width, left, right)];
  return node({ kind: 'convolve', stride, pads, groups }, [x, filters], shape);
}
