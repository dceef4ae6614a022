import { Failure } from '#preload/domain/failure.ts';
import { verbatim } from '#preload/domain/saying.ts';
import { seededRandom } from '#main/random/seeded-random.ts';

/** Films that one seed of the report can have. */
const filmsPerSeed = 4096;
const seedCount = 2 ** 19;

/**
 * Seeds of the report's films: all below zero. Training draws its scenes, whether of single frames or of films, from
 * seeds from zero on, so that no film of a report was ever trained on.
 */
export function reportScriptSeed(seed: number, index: number): number {
  if (!Number.isInteger(seed) || seed < 0 || seed >= seedCount)
    throw new Failure('bad-input', verbatim(`A seed is a whole number from 0 to ${seedCount - 1}, not ${seed}.`));
  if (!Number.isInteger(index) || index < 0 || index >= filmsPerSeed)
    throw new RangeError(`a seed has ${filmsPerSeed} films, none of them number ${index}`);
  return -1 - (seed * filmsPerSeed + index);
}

/** From where training ends to draw its easier scenes up to the hardest ones. */
export const difficulties = [0.3, 1] as const;

/** How hard the scene of a film is, by its seed: uniform. */
export const difficultyOf = (scriptSeed: number): number =>
  seededRandom(scriptSeed)
    .fork()
    .between(...difficulties);
