import type { Checkpoint } from '../checkpoint/checkpoint.ts';
import type { Encoded } from '../dual-encoder/dual-encoder.ts';
import { reshape } from '../graph/arrange.ts';
import { convolve, type ConvolutionShape } from '../graph/convolution.ts';
import { add, div, mul, sigmoid, sqrt, sub } from '../graph/elementwise.ts';
import { reduceMean } from '../graph/reduce.ts';
import type { Tensor } from '../graph/tensor.ts';
import { scaledChannels, type AlignConfig, type AlignVisionConfig } from './config.ts';

const swish = (x: Tensor): Tensor => mul(x, sigmoid(x));
const pointwise: ConvolutionShape = { stride: 1, pads: [0, 0, 0, 0], groups: 1 };

/** EfficientNet without its last convolution (Tan and Le 2019), as ALIGN has it: pixels `[B, 3, H, W]`, already normalised. */
export function efficientNet(pixels: Tensor, { vision_config: vision }: AlignConfig, checkpoint: Checkpoint): Encoded {
  const root = 'vision_model.embeddings';
  const stem = scaledChannels(32, vision);
  const filters = checkpoint.tensor(`${root}.convolution.weight`, [stem, vision.num_channels, 3, 3]);
  let x = convolve(pixels, filters, { stride: 2, pads: [0, 0, 1, 1], groups: 1 });
  x = swish(batchNorm(x, `${root}.batchnorm`, vision, checkpoint));
  let block = 0;
  vision.in_channels.forEach((channels, stage) => {
    const out = scaledChannels(vision.out_channels[stage]!, vision);
    const repeats = Math.ceil(vision.depth_coefficient * vision.num_block_repeats[stage]!);
    for (let repeat = 0; repeat < repeats; repeat += 1) {
      const shape = {
        input: repeat === 0 ? scaledChannels(channels, vision) : out,
        out,
        kernel: vision.kernel_sizes[stage]!,
        stride: repeat === 0 ? vision.strides[stage]! : 1,
        expansion: vision.expand_ratios[stage]!,
        skips: repeat > 0,
        adjusts: !vision.depthwise_padding.includes(block),
      };
      x = mobileBlock(x, `vision_model.encoder.blocks.${block}`, shape, vision, checkpoint);
      block += 1;
    }
  });
  return { lastHidden: x, embeds: reduceMean(x, { axes: [2, 3] }) };
}

interface MobileBlockShape {
  readonly input: number;
  readonly out: number;
  readonly kernel: number;
  readonly stride: number;
  readonly expansion: number;
  readonly skips: boolean;
  /** Whether a strided block is padded one less before than after. */
  readonly adjusts: boolean;
}

/** An inverted bottleneck with squeeze and excitation (Tan and Le 2019, table 1). */
function mobileBlock(
  given: Tensor,
  prefix: string,
  { input, out, kernel, stride, expansion, skips, adjusts }: MobileBlockShape,
  vision: AlignVisionConfig,
  checkpoint: Checkpoint,
): Tensor {
  const inner = input * expansion;
  const normed = (x: Tensor, name: string): Tensor => batchNorm(x, `${prefix}.${name}`, vision, checkpoint);
  const filters = (name: string, shape: readonly number[]): Tensor =>
    checkpoint.tensor(`${prefix}.${name}.weight`, shape);
  let x = given;
  if (expansion !== 1) {
    x = convolve(x, filters('expansion.expand_conv', [inner, input, 1, 1]), pointwise);
    x = swish(normed(x, 'expansion.expand_bn'));
  }
  const half = Math.floor(kernel / 2);
  const before = stride === 2 && adjusts ? half - 1 : half;
  const depthwise = filters('depthwise_conv.depthwise_conv', [inner, 1, kernel, kernel]);
  x = convolve(x, depthwise, { stride, pads: [before, before, half, half], groups: inner });
  x = swish(normed(x, 'depthwise_conv.depthwise_norm'));

  const squeezed = Math.max(1, Math.floor(input * vision.squeeze_expansion_ratio));
  const excited = (y: Tensor, name: string, shape: readonly [number, number]): Tensor =>
    add(
      convolve(y, filters(`squeeze_excite.${name}`, [...shape, 1, 1]), pointwise),
      reshape(checkpoint.tensor(`${prefix}.squeeze_excite.${name}.bias`, [shape[0]]), [shape[0], 1, 1]),
    );
  const means = reduceMean(x, { axes: [2, 3], keepDims: true });
  const reduced = swish(excited(means, 'reduce', [squeezed, inner]));
  x = mul(x, sigmoid(excited(reduced, 'expand', [inner, squeezed])));

  x = normed(convolve(x, filters('projection.project_conv', [out, inner, 1, 1]), pointwise), 'projection.project_bn');
  return skips ? add(x, given) : x;
}

/** Batch normalisation by the statistics of training, over `[B, C, H, W]`. */
function batchNorm(x: Tensor, prefix: string, vision: AlignVisionConfig, checkpoint: Checkpoint): Tensor {
  const channels = x.shape[1] as number;
  const read = (name: string): Tensor => reshape(checkpoint.tensor(`${prefix}.${name}`, [channels]), [channels, 1, 1]);
  const scale = div(read('weight'), sqrt(add(read('running_var'), vision.batch_norm_eps)));
  return add(mul(x, scale), sub(read('bias'), mul(read('running_mean'), scale)));
}
