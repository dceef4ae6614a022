import { seededRandom, type SeededRandom } from '#main/random/seeded-random.ts';
import type { Manner, Performance } from './performance.ts';
import { standing } from './skeleton.ts';

export type Colour = readonly [red: number, green: number, blue: number];

/** How one figure looks and where it stands; positions are shares of the picture's height, from its lower centre. */
export interface Figure {
  readonly x: number;
  readonly groundY: number;
  /** Height of the standing figure as a share of the picture's height. */
  readonly height: number;
  /** Thickness of the limbs, in figure units. */
  readonly girth: number;
  readonly facing: -1 | 1;
  readonly skin: Colour;
  readonly shirt: Colour;
  readonly trousers: Colour;
}

export type BackgroundKind = 'plain' | 'gradient' | 'stripes' | 'tiles' | 'texture' | 'clutter' | 'rings' | 'blinds';

export interface Backdrop {
  readonly kind: BackgroundKind;
  readonly wall: Colour;
  readonly floor: Colour;
  readonly accent: Colour;
  /** Height of the floor's edge, share of the picture's height. */
  readonly horizon: number;
  readonly seed: number;
}

/** Everything of a scene that stays the same while it is filmed. */
export interface Scene {
  readonly actor: Figure;
  readonly bystanders: readonly Figure[];
  readonly backdrop: Backdrop;
  /** Something that stands before the actor: its middle and half width, shares of the picture's height. */
  readonly occluder: {
    readonly x: number;
    readonly halfWidth: number;
    readonly height: number;
    readonly colour: Colour;
  } | null;
  /** Brightness at the left and right edge of the picture. */
  readonly light: readonly [number, number];
  /** How far the camera shakes, share of the picture's height. */
  readonly shake: number;
  readonly propColour: Colour;
  /** How the camera moves and what it makes of the light, where it is no plain one. */
  readonly camera?: HandheldCamera;
  readonly seed: number;
}

/** A camera that follows, sees colours its own way, and adds grain. */
export interface HandheldCamera {
  /** How far it swings to the sides, share of the picture's height, and in how many seconds once. */
  readonly swing: number;
  readonly swingS: number;
  /** Gain of red, green and blue. */
  readonly cast: Colour;
  /** Standard deviation of the grain, of 255. */
  readonly grain: number;
}

const skins: readonly Colour[] = [
  [241, 194, 160],
  [198, 140, 100],
  [141, 92, 62],
  [92, 58, 40],
  [250, 214, 190],
];
export const anyColour = (random: SeededRandom, low: number, high: number): Colour => [
  random.between(low, high),
  random.between(low, high),
  random.between(low, high),
];
const brightness = ([red, green, blue]: Colour): number => 0.3 * red + 0.6 * green + 0.1 * blue;

/** A colour that stands out from `against`. */
export function contrasting(random: SeededRandom, against: Colour, difference: number): Colour {
  for (;;) {
    const colour = anyColour(random, 15, 240);
    if (Math.abs(brightness(colour) - brightness(against)) >= difference) return colour;
  }
}

/**
 * A random scene. `difficulty` in [0, 1] goes from one large figure before a calm wall to busy backgrounds, small thin
 * figures, bystanders, an occluder and a shaking camera: the curriculum of the starter model's training.
 */
export function sampleScene(random: SeededRandom, difficulty: number, facing: -1 | 1 | null = null): Scene {
  const hard = (probability: number): boolean => random.chance(probability * difficulty);
  const wall = anyColour(random, 60, 215);
  const kinds: readonly BackgroundKind[] = ['gradient', 'stripes', 'tiles', 'texture', 'clutter'];
  const backdrop: Backdrop = {
    kind: hard(0.9) ? random.pick(kinds) : 'plain',
    wall,
    floor: hard(0.8) ? anyColour(random, 40, 200) : (wall.map((value) => value * 0.8) as unknown as Colour),
    accent: anyColour(random, 40, 220),
    horizon: random.between(0.12, 0.3),
    seed: random.below(2 ** 30),
  };
  const figure = (isActor: boolean): Figure => {
    const contrast = 60 - 30 * difficulty;
    return {
      x: isActor
        ? random.between(-0.25, 0.25) * (0.3 + 0.7 * difficulty)
        : random.pick([-1, 1]) * random.between(0.42, 0.62),
      groundY: isActor ? random.between(0.05, 0.12) : random.between(0.14, 0.22),
      height: isActor ? random.between(0.72 - 0.17 * difficulty, 0.8) : random.between(0.3, 0.45),
      girth: random.between(0.052 - 0.018 * difficulty, 0.06),
      facing: isActor && facing !== null ? facing : random.pick([-1, 1] as const),
      skin: random.pick(skins),
      shirt: contrasting(random, wall, contrast),
      trousers: contrasting(random, wall, contrast),
    };
  };
  const actor = figure(true);
  const bystanders = hard(0.35) ? [figure(false)] : [];
  const occluder = hard(0.25)
    ? {
        x: actor.x + random.pick([-1, 1]) * random.between(0.1, 0.35),
        halfWidth: random.between(0.02, 0.05),
        height: random.between(0.2, 0.6),
        colour: anyColour(random, 30, 200),
      }
    : null;
  const dim = 1 - 0.35 * difficulty * random.between(0, 1);
  return {
    actor,
    bystanders,
    backdrop,
    occluder,
    light: random.chance(0.5) ? [dim, 1] : [1, dim],
    shake: hard(0.6) ? random.between(0.002, 0.012) : 0,
    propColour: contrasting(random, wall, 50),
    seed: random.below(2 ** 30),
  };
}

export const sampleManner = (random: SeededRandom): Manner => ({
  reach: random.between(0.82, 1.12),
  tempo: random.between(0.8, 1.2),
});

/** Somebody who does nothing in particular: shifts weight, looks about. The background between two actions. */
export function idle(seconds: number, seed: number): Performance {
  const random = seededRandom(seed);
  const turn = random.chance(0.5) ? 0 : 1;
  const phase = random.between(0, 6);
  const sway = Math.sin(0.9 * seconds + phase);
  const pose = standing(turn);
  return {
    pose: { ...pose, lean: 2 * sway, nod: 8 * Math.sin(0.6 * seconds + phase), shift: 0.02 * sway },
    prop: null,
  };
}
