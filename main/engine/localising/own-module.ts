import type { OwnBoundaryHead } from '#native-models/boundary-head/own-boundaries.ts';
import type { ModelFacts, ModelModule } from '../inference/inference-requests.ts';

/** Sampling rates that differ by no more than this share are the same to a temporal module. */
const rateTolerance = 0.01;

/** What becomes of the temporal module in a model's folder at a project's sampling rate. */
export interface OwnModule {
  /** Identity of the module that frame features pass through; null where they pass through none. */
  readonly hash: string | null;
  /** Why a module that is there is not used. */
  readonly warnings: readonly string[];
}

/** A module knows motion by the time between its frames, so that at another rate it is left out, with a word about it. */
export function ownModuleAt({ name, temporal }: Pick<ModelFacts, 'name' | 'temporal'>, samplingFps: number): OwnModule {
  if (temporal === null) return { hash: null, warnings: [] };
  const { hash, fps } = temporal;
  if (Math.abs(samplingFps - fps) <= rateTolerance * fps) return { hash, warnings: [] };
  const warning = `The temporal module of ${name} is made for ${fps} frames a second and is not used at ${samplingFps}: set the sampling rate to ${fps} to use it.`;
  return { hash: null, warnings: [warning] };
}

/** A boundary head that a model brings along, and where it is. */
export interface OwnHead extends Omit<OwnBoundaryHead, 'learned'> {
  readonly module: ModelModule;
}

/** It reads what the temporal module makes, so that it is used where that is; null where there is none. */
export function ownHeadOf(facts: ModelFacts, samplingFps: number): OwnHead | null {
  const { hash } = ownModuleAt(facts, samplingFps);
  const head = facts.temporal?.boundaries ?? null;
  if (hash === null || head === null) return null;
  return { ...head, module: { modelFolder: facts.folder, hash, dim: facts.dim } };
}
