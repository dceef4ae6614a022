import type { Precision } from '../graph/quantise.ts';

/** Execution providers by onnxruntime's names. */
export type Backend = 'cuda' | 'webgpu' | 'coreml' | 'dml' | 'cpu';

/**
 * What a graph is computed on, and in: a backend in float32, or the processor computing pictures in whole numbers, or a
 * device in half precision, where a graph has that form; or a server elsewhere (`remote`), whose answers stand for those of
 * float32.
 */
export type Provider = Backend | 'cuda-fp16' | 'webgpu-fp16' | 'cpu-int8' | 'remote';

/** A provider's two parts. */
export function planOf(provider: Provider): { readonly backend: Backend | 'remote'; readonly precision: Precision } {
  const [backend, precision = 'fp32'] = provider.split('-') as [Backend | 'remote', Precision?];
  return { backend, precision };
}
