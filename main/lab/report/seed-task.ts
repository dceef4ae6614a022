import type { ScorerPreset } from '#main/pipeline/tune-scorer/scorer-presets.ts';
import type { TuningPreset } from '#main/pipeline/tune/presets.ts';
import type { Measurements } from './measurements.ts';
import type { RenderedWorld } from './rendered-world.ts';
import type { SeedFilms } from './seed-films.ts';

export const zeroShotMethod = 'zero-shot';

/** All that a task has to work with. */
export interface SeedContext {
  readonly seed: number;
  readonly world: RenderedWorld;
  readonly films: SeedFilms;
  readonly shotCounts: readonly number[];
  readonly xclip: string | null;
  /** The preset of Ju et al. 2022. */
  readonly published: TuningPreset;
  /** Presets that learn time over frozen towers. */
  readonly timePresets: readonly TuningPreset[];
  readonly scorerPreset: ScorerPreset;
}

export type SeedTask = (context: SeedContext, measurements: Measurements) => Promise<void>;
