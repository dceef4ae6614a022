import { seededRandom } from '#main/random/seeded-random.ts';
import { normaliseRows } from '#native-models/features/unit-rows.ts';

const tableSize = 2 ** 18;

/** Numbers in [-0.5, 0.5) of which some billions are needed: a table that is read from another place for each row. */
const table = (() => {
  const random = seededRandom(11);
  return Float32Array.from({ length: tableSize }, () => random.between(-0.5, 0.5));
})();

/** Directions that features of pictures and texts are made of; the same for all videos. */
export interface FootageWorld {
  readonly dim: number;
  /** Another one makes other footage of the same kind. */
  readonly seed: number;
  readonly pictures: Float32Array;
  readonly texts: Float32Array;
  readonly subjects: readonly Float32Array[];
  readonly places: readonly Float32Array[];
  readonly actions: readonly Float32Array[];
}

export function footageWorld(dim: number, seed: number): FootageWorld {
  const random = seededRandom(seedOf(seed, 7));
  const direction = () =>
    normaliseRows(
      Float32Array.from({ length: dim }, () => random.normal()),
      dim,
    );
  const directions = (count: number) => Array.from({ length: count }, direction);
  return {
    dim,
    seed,
    pictures: direction(),
    texts: direction(),
    subjects: directions(20),
    places: directions(400),
    actions: directions(200),
  };
}

/** No two worlds share a number. */
const seedOf = (seed: number, part: number): number => seed * 1_000_000 + part;

/** How much each part weighs; with them neighbours at 4 fps have a cosine of 0.97, scenes one of about 0.6. */
const weights = { pictures: 0.75, subject: 0.3, place: 0.35, scene: 0.3, action: 0.35, slow: 0.4, noise: 0.15 };
const slowness = 0.95;

/**
 * Unit features `[rows, D]` of a film, 4 a second: scenes of two seconds to forty in places that come back, actions of
 * one second to eight in half of it, what changes slowly, and noise. All pictures share a direction, and texts another.
 */
export function footageFeatures(world: FootageWorld, video: number, rows: number): Float32Array {
  const { dim, seed } = world;
  const random = seededRandom(seedOf(seed, video + 1000));
  const placeIn = (): number => random.below(tableSize - 2 * dim);
  const scaled = (weight: number): number => weight * Math.sqrt(12 / dim);
  const features = new Float32Array(rows * dim);
  const centre = new Float32Array(dim);
  const slow = Float32Array.from({ length: dim }, () => random.between(-0.5, 0.5) * scaled(weights.slow));
  const change = scaled(weights.slow) * Math.sqrt(1 - slowness ** 2);
  const noise = scaled(weights.noise);
  const still = new Float32Array(dim);
  const subject = random.pick(world.subjects);
  let [sceneLeft, actionLeft] = [0, 0];
  let action: Float32Array = still;
  for (let row = 0; row < rows; row += 1) {
    if (sceneLeft === 0) {
      sceneLeft = 8 + random.below(152);
      const place = random.pick(world.places);
      for (let index = 0; index < dim; index += 1)
        centre[index] =
          weights.pictures * world.pictures[index]! +
          weights.subject * subject[index]! +
          weights.place * place[index]! +
          random.between(-0.5, 0.5) * scaled(weights.scene);
    }
    if (actionLeft === 0) {
      actionLeft = 4 + random.below(28);
      action = random.chance(0.5) ? random.pick(world.actions) : still;
    }
    sceneLeft -= 1;
    actionLeft -= 1;
    const offset = row * dim;
    const numbers = placeIn();
    for (let index = 0; index < dim; index += 1) {
      slow[index] = slowness * slow[index]! + table[numbers + index]! * change;
      features[offset + index] =
        centre[index]! + weights.action * action[index]! + slow[index]! + table[numbers + dim + index]! * noise;
    }
  }
  return normaliseRows(features, dim);
}

/** Unit features that have nothing to do with each other, the worst there can be. */
export function isotropicFeatures({ dim, seed }: FootageWorld, video: number, rows: number): Float32Array {
  const random = seededRandom(seedOf(seed, video + 5000));
  const features = Float32Array.from(
    { length: rows * dim },
    () => random.between(-0.5, 0.5) + random.between(-0.5, 0.5),
  );
  return normaliseRows(features, dim);
}

/** A text about an action at a place, as far from pictures as texts are. */
export function textAbout(world: FootageWorld, number: number): Float32Array {
  const random = seededRandom(seedOf(world.seed, number + 90_000));
  const action = world.actions[number % world.actions.length]!;
  const place = world.places[(number * 37) % world.places.length]!;
  const own = weights.scene * Math.sqrt(12 / world.dim);
  return normaliseRows(
    Float32Array.from(
      { length: world.dim },
      (_, index) =>
        0.75 * world.texts[index]! + 0.4 * action[index]! + 0.2 * place[index]! + random.between(-0.5, 0.5) * own,
    ),
    world.dim,
  );
}
