import type { Precision } from '../graph/quantise.ts';

/** Execution providers by onnxruntime's names. */
export type Backend = 'cuda' | 'webgpu' | 'coreml' | 'dml' | 'cpu';

/**
 * What a graph is computed on, and in: a backend in float32, or the processor computing pictures in whole numbers, or a
 * device in half precision, where a graph has that form; with tokens of pictures merged or not; or a server elsewhere
 * (`remote`), whose answers stand for those of float32.
 */
export type Provider = Backend | 'cuda-fp16' | 'webgpu-fp16' | 'cpu-int8' | 'cpu-merged' | 'cpu-int8-merged' | 'remote';

export interface Plan {
  readonly backend: Backend | 'remote';
  readonly precision: Precision;
  readonly mergesTokens: boolean;
}

const merged = '-merged';

/** A provider's parts. */
export function planOf(provider: Provider): Plan {
  const [backend, precision = 'fp32'] = withoutMerging(provider).split('-') as [Backend | 'remote', Precision?];
  return { backend, precision, mergesTokens: provider.endsWith(merged) };
}

/** The same where there are no tokens to merge: in texts, in scores, in learning. */
export const withoutMerging = <P extends Provider | 'auto'>(provider: P): P =>
  (provider.endsWith(merged) ? provider.slice(0, -merged.length) : provider) as P;
