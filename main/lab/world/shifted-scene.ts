import type { SeededRandom } from '#main/random/seeded-random.ts';
import { anyColour, contrasting, sampleScene, type Scene } from './scene.ts';

/**
 * A scene as no training draws it: bodies that are stouter, smaller or larger, walls of other patterns, and a camera
 * that swings, has a colour cast and grain. What people do is the same.
 */
export function sampleShiftedScene(random: SeededRandom, difficulty: number): Scene {
  const scene = sampleScene(random, difficulty);
  const { actor, backdrop } = scene;
  const wall = anyColour(random, 40, 200);
  return {
    ...scene,
    actor: {
      ...actor,
      height: random.pick([random.between(0.46, 0.54), random.between(0.81, 0.86)]),
      girth: random.between(0.064, 0.08),
      shirt: contrasting(random, wall, 40),
      trousers: contrasting(random, wall, 40),
    },
    backdrop: {
      ...backdrop,
      kind: random.pick(['rings', 'blinds'] as const),
      wall,
      accent: anyColour(random, 40, 220),
    },
    camera: {
      swing: random.between(0.03, 0.08),
      swingS: random.between(3, 8),
      cast: [random.between(0.75, 1.1), random.between(0.75, 1.1), random.between(0.75, 1.1)],
      grain: random.between(4, 12),
    },
  };
}
