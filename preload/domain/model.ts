import { z } from 'zod';
import { saying, told } from './saying.ts';

export const executionProvider = z.enum([
  'cuda',
  'cuda-fp16',
  'webgpu',
  'webgpu-fp16',
  'coreml',
  'dml',
  'cpu',
  'cpu-int8',
  'cpu-merged',
  'cpu-int8-merged',
  // A server of the Open Inference Protocol.
  'remote',
]);
export type ExecutionProvider = z.infer<typeof executionProvider>;

/** Those of this machine. */
export const localProvider = executionProvider.exclude(['remote']);
export type LocalProvider = z.infer<typeof localProvider>;

/**
 * Whether tokens of pictures that are alike are merged on the way through the model (Bolya et al. 2023): faster and less
 * exact, and only where a person asks for it.
 */
export const mergesTokens = (provider: ExecutionProvider): boolean => provider.endsWith('-merged');

/** One execution provider's trial: whether it ran, how far from the CPU's answer, how fast. */
export const providerTrial = z.object({
  provider: executionProvider,
  /** Milliseconds for the probe batch; null where it did not run. */
  milliseconds: z.number().nullable(),
  /** Largest absolute difference from the CPU's answer; null where it did not run. */
  maxDifference: z.number().nullable(),
  /** Why it was not used; null for one that could be. */
  problem: told.nullable(),
});

export const providerReport = z.object({
  chosen: executionProvider,
  /** Forced by the setting rather than chosen by trial. */
  forced: z.boolean(),
  trials: z.array(providerTrial),
});
export type ProviderReport = z.infer<typeof providerReport>;

/** What a model can do. Whoever needs one asks this, never which family it is of. */
export const modelCapabilities = z.object({
  /** Gives each frame a feature: what a project's model must. */
  embedsFrames: z.boolean(),
  /** Reads class names that a person types: its tokenizer files are there. */
  embedsTexts: z.boolean(),
  /** Learned vectors can stand before and after a class name: prompts can be tuned. */
  takesPromptVectors: z.boolean(),
  /** Scores whole clips against class names: what a project's scorer must. */
  scoresClips: z.boolean(),
  /** Can merge tokens of pictures; not said by entries of earlier versions. */
  mergesTokens: z.boolean().default(false),
});
export type ModelCapabilities = z.infer<typeof modelCapabilities>;

/** A checkpoint folder that the user added. */
export const modelEntry = z.object({
  name: z.string(),
  folder: z.string(),
  /** Its family's name, to be read. */
  kind: z.string(),
  capabilities: modelCapabilities,
  /** Feature size D. */
  dim: z.int().positive(),
  imageSize: z.int().positive(),
  /** The temporal module that the folder brings along, and the sampling rate at which it is used; null where it has none. */
  temporal: z.object({ frames: z.int().positive(), fps: z.number().positive() }).nullable().default(null),
  /** How many frames a second it was measured to take on this machine, and on what; null before its trial. */
  speed: z.object({ framesPerSecond: z.number().positive(), provider: executionProvider }).nullable().default(null),
  /** The folder is gone or no longer loads; the reason. */
  problem: saying.nullable(),
});
export type ModelEntry = z.infer<typeof modelEntry>;

/** How far the download of a model from the hub has come. */
export const modelDownloadProgress = z.object({
  /** The one that is arriving, inside the repository. */
  file: z.string(),
  doneBytes: z.int().nonnegative(),
  totalBytes: z.int().nonnegative(),
});
export type ModelDownloadProgress = z.infer<typeof modelDownloadProgress>;
