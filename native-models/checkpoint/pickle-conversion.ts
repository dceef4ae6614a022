/** What makes safetensors of a pickle of weights, in Python; it opens the pickle without running what is in it. */
export const conversionOfPickle = (pickle: string): string =>
  `import torch, safetensors.torch; safetensors.torch.save_file({k: v.contiguous() for k, v in torch.load('${pickle}', weights_only=True).items()}, 'model.safetensors')`;
