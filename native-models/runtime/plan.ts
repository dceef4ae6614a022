import type { Precision } from '../graph/quantise.ts';

/** Execution providers by onnxruntime's names. */
export type Backend = 'cuda' | 'webgpu' | 'coreml' | 'dml' | 'cpu';

/**
 * What a graph is computed on, and in: a backend in float32, or the processor computing pictures in whole numbers, or a
 * device in half precision, where a graph has that form.
 */
export type Provider = Backend | 'cuda-fp16' | 'webgpu-fp16' | 'cpu-int8';

/** A provider's two parts. */
export function planOf(provider: Provider): { readonly backend: Backend; readonly precision: Precision } {
  const [backend, precision = 'fp32'] = provider.split('-') as [Backend, Precision?];
  return { backend, precision };
}
