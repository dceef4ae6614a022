import { gelu, quickGelu, tanhGelu } from '../graph/composites.ts';
import type { Tensor } from '../graph/tensor.ts';

export type Activation = (x: Tensor) => Tensor;

/** Activations by the names that Hugging Face configurations use for `hidden_act`. */
export const activations = {
  gelu,
  quick_gelu: quickGelu,
  gelu_new: tanhGelu,
  gelu_pytorch_tanh: tanhGelu,
} as const satisfies Readonly<Record<string, Activation>>;
