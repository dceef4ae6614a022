import { standing, type Limb, type Point, type Pose } from './skeleton.ts';

/** A thing that takes part in an action, in figure units beside the figure. */
export interface Prop {
  readonly kind: 'ball' | 'box' | 'chair';
  readonly at: Point;
}

export interface Performance {
  readonly pose: Pose;
  readonly prop: Prop | null;
}

/** How one performer does it: drawn once per occurrence. */
export interface Manner {
  /** Around 1: how far limbs swing. */
  readonly reach: number;
  /** Around 1: how many repetitions, for actions that repeat. */
  readonly tempo: number;
}

export interface WorldAction {
  readonly id: string;
  /** The class name, and other ways to say it. All are built from words that several actions share. */
  readonly phrases: readonly [string, ...string[]];
  /** Never seen in training: a new combination of known words. */
  readonly novel: boolean;
  /** The action of which this one is the reverse in time: single frames cannot tell them apart. */
  readonly reverseOf: string | null;
  readonly durationS: readonly [number, number];
  /** `-1` or `1`: the side it faces is part of its name; null where either will do. */
  readonly facing: -1 | 1 | null;
  /** What the figure does at `progress` in [0, 1]. */
  perform(progress: number, manner: Manner): Performance;
}

type Side = 'left' | 'right' | 'both';
type Motion = (progress: number, manner: Manner) => Pose;

const ease = (t: number): number => t * t * (3 - 2 * t);
const mix = (from: number, to: number, t: number): number => from + (to - from) * t;
/** 0 → 1 → 0. */
const thereAndBack = (t: number): number => Math.sin(Math.PI * t);
const swing = (t: number, cycles: number): number => Math.sin(2 * Math.PI * cycles * t);

const straight = (angle: number): Limb => ({ upper: angle, lower: angle });

/** Applies a limb movement, written for the left, to the named side or to both. */
function onSide(side: Side, limb: 'Arm' | 'Leg', angles: Limb, pose: Pose): Pose {
  const mirrored = { upper: -angles.upper, lower: -angles.lower };
  return {
    ...pose,
    ...(side === 'right' ? {} : { [`left${limb}`]: angles }),
    ...(side === 'left' ? {} : { [`right${limb}`]: mirrored }),
  };
}

const limbName = (side: Side, limb: 'arm' | 'leg'): string => (side === 'both' ? `both ${limb}s` : `the ${side} ${limb}`);

const armMotions: Readonly<Record<'wave' | 'raise' | 'circle' | 'point', (side: Side) => Motion>> = {
  wave: (side) => (t, { reach, tempo }) =>
    onSide(side, 'Arm', { upper: 120, lower: 165 + 35 * reach * swing(t, 3 * tempo) }, standing(0)),
  raise: (side) => (t, { reach }) => onSide(side, 'Arm', straight(mix(12, 165 * Math.min(reach, 1.05), ease(t))), standing(0)),
  circle: (side) => (t, { tempo }) => onSide(side, 'Arm', straight(360 * ((2 * tempo * t) % 1)), standing(0)),
  point: (side) => (t, { reach }) =>
    onSide(side, 'Arm', straight(mix(12, 90, ease(Math.min(1, 4 * thereAndBack(t)))) + 4 * (reach - 1)), standing(0)),
};

const legMotions: Readonly<Record<'raise' | 'kick', (side: Side) => Motion>> = {
  raise: (side) => (t, { reach }) => {
    const up = ease(Math.min(1, 2 * thereAndBack(t)));
    return onSide(side, 'Leg', { upper: mix(6, 70 * reach, up), lower: mix(3, 0, up) }, standing(0));
  },
  kick: (side) => (t, { reach, tempo }) =>
    onSide(side, 'Leg', straight(6 + 75 * reach * Math.max(0, swing(t, 1.5 * tempo))), standing(0)),
};

const gait = (pace: 'walk' | 'run'): Motion => (t, { reach, tempo }) => {
  const run = pace === 'run';
  const stride = swing(t, (run ? 4 : 2.5) * tempo);
  const [leg, arm] = run ? [48 * reach, 55] : [26 * reach, 24];
  return {
    ...standing(1),
    lean: run ? 16 : 3,
    leftLeg: { upper: leg * stride, lower: leg * stride - (run ? 45 : 14) * Math.max(0, -stride) - 4 },
    rightLeg: { upper: -leg * stride, lower: -leg * stride - (run ? 45 : 14) * Math.max(0, stride) - 4 },
    leftArm: { upper: -arm * stride, lower: -arm * stride + (run ? 80 : 18) },
    rightArm: { upper: arm * stride, lower: arm * stride + (run ? 80 : 18) },
    lift: run ? 0.04 * Math.abs(stride) : 0,
    shift: mix(-0.35, 0.35, t) * (run ? 1.2 : 0.7),
  };
};

/** Between standing (0) and a deep bend of the knees (1). */
const crouched = (depth: number, turn: 0 | 1): Pose => {
  const base = standing(turn);
  if (turn === 1) {
    return {
      ...base,
      lean: 30 * depth,
      leftLeg: { upper: mix(3, 95, depth), lower: mix(-2, -25, depth) },
      rightLeg: { upper: mix(-3, 90, depth), lower: mix(-6, -28, depth) },
    };
  }
  return { ...base, leftLeg: { upper: mix(6, 78, depth), lower: mix(3, -18, depth) }, rightLeg: { upper: mix(-6, -78, depth), lower: mix(-3, 18, depth) } };
};

const squat: Motion = (t, { reach, tempo }) => {
  const depth = Math.min(1, 0.5 * (1 - Math.cos(2 * Math.PI * Math.max(1, Math.round(2 * tempo)) * t)) * reach);
  return onSide('both', 'Arm', straight(mix(12, 80, depth)), crouched(depth, 0));
};

const jump: Motion = (t, { reach, tempo }) => {
  const phase = (t * Math.max(1, Math.round(2 * tempo))) % 1;
  const air = Math.max(0, Math.sin(2 * Math.PI * phase));
  const pose = crouched(0.35 * Math.max(0, -Math.sin(2 * Math.PI * phase)), 0);
  return { ...onSide('both', 'Arm', straight(mix(15, 45, air)), pose), lift: 0.26 * reach * air };
};

const jumpingJack: Motion = (t, { tempo }) => {
  const open = 0.5 * (1 - Math.cos(2 * Math.PI * Math.max(1, Math.round(3 * tempo)) * t));
  const arms = onSide('both', 'Arm', straight(mix(12, 160, open)), standing(0));
  return { ...onSide('both', 'Leg', straight(mix(4, 32, open)), arms), lift: 0.06 * open };
};

const clap: Motion = (t, { tempo }) => {
  const open = 0.5 * (1 + Math.cos(2 * Math.PI * 4 * tempo * t));
  return onSide('both', 'Arm', { upper: mix(28, 62, open), lower: mix(-100, 100, open) }, standing(0));
};

const bow: Motion = (t, { reach }) => {
  const down = ease(Math.min(1, 1.6 * thereAndBack(t)));
  return { ...standing(1), lean: 82 * down * Math.min(reach, 1.1), nod: 10 * down, leftArm: straight(10), rightArm: straight(6) };
};

const leanOver = (side: -1 | 1): Motion => (t, { reach }) => {
  const over = ease(Math.min(1, 1.8 * thereAndBack(t)));
  return { ...standing(0), lean: side * 38 * reach * over, leftArm: straight(12 + side * 12 * over), rightArm: straight(-12 + side * 12 * over) };
};

const march: Motion = (t, { reach, tempo }) => {
  const beat = swing(t, 2.5 * tempo);
  const legs = (up: number, sign: -1 | 1): Limb => ({ upper: sign * mix(4, 62 * reach, up), lower: sign * mix(3, -20, up) });
  return {
    ...standing(0),
    leftLeg: legs(Math.max(0, beat), 1),
    rightLeg: legs(Math.max(0, -beat), -1),
    leftArm: { upper: 20, lower: 20 + 60 * Math.max(0, -beat) },
    rightArm: { upper: -20, lower: -20 - 60 * Math.max(0, beat) },
  };
};

const touchHead = (side: Side): Motion => (t) => {
  const up = ease(Math.min(1, 3 * thereAndBack(t)));
  return onSide(side, 'Arm', { upper: mix(12, 120, up), lower: mix(8, 235, up) }, standing(0));
};

const punch: Motion = (t, { tempo }) => {
  const out = Math.max(0, swing(t, 2.5 * tempo));
  const other = Math.max(0, -swing(t, 2.5 * tempo));
  return {
    ...standing(1),
    lean: 6,
    leftArm: { upper: mix(30, 88, out), lower: mix(140, 90, out) },
    rightArm: { upper: mix(30, 88, other), lower: mix(140, 90, other) },
    leftLeg: { upper: 18, lower: 4 },
    rightLeg: { upper: -18, lower: -22 },
  };
};

const kneel: Motion = (t) => {
  const down = ease(Math.min(1, 3 * thereAndBack(t)));
  return { ...standing(1), leftLeg: { upper: mix(3, 88, down), lower: mix(-2, 0, down) }, rightLeg: { upper: mix(-3, 0, down), lower: mix(-6, -90, down) } };
};

const lunge: Motion = (t, { reach }) => {
  const out = ease(Math.min(1, 1.8 * thereAndBack(t)));
  return { ...standing(1), leftLeg: { upper: mix(3, 62 * reach, out), lower: mix(-2, -6, out) }, rightLeg: { upper: mix(-3, -42, out), lower: mix(-6, -62, out) }, shift: 0.1 * out };
};

const crawl: Motion = (t, { tempo }) => {
  const beat = swing(t, 2 * tempo);
  return {
    ...standing(1),
    lean: 84,
    leftArm: straight(18 * beat),
    rightArm: straight(-18 * beat),
    leftLeg: { upper: 14 * beat, lower: -78 },
    rightLeg: { upper: -14 * beat, lower: -78 },
    shift: mix(-0.2, 0.2, t),
  };
};

const chairAt: Point = { x: -0.17, y: 0 };
const sitDown = (t: number): Performance => {
  const down = ease(t);
  const pose = crouched(0, 1);
  return {
    pose: {
      ...pose,
      lean: 24 * thereAndBack(t),
      leftLeg: { upper: mix(3, 86, down), lower: mix(-2, 2, down) },
      rightLeg: { upper: mix(-3, 82, down), lower: mix(-6, -3, down) },
      leftArm: { upper: mix(4, 30, down), lower: mix(12, 70, down) },
      rightArm: { upper: mix(-4, 26, down), lower: mix(6, 66, down) },
    },
    prop: { kind: 'chair', at: chairAt },
  };
};

const fall = (t: number): Performance => {
  const down = ease(t);
  return {
    pose: { ...crouched(0.35 * thereAndBack(t), 1), tilt: 88 * down, leftArm: straight(mix(4, 120, down)), rightArm: straight(mix(-4, 140, down)) },
    prop: null,
  };
};

const braced = (lean: number): Pose => ({
  ...standing(1),
  lean,
  leftArm: { upper: 72, lower: 92 },
  rightArm: { upper: 68, lower: 90 },
  leftLeg: { upper: 24, lower: 2 },
  rightLeg: { upper: -14, lower: -34 },
});
const pushBox = (t: number): Performance => {
  const along = mix(-0.3, 0.3, t);
  return { pose: { ...braced(20), shift: along }, prop: { kind: 'box', at: { x: along + 0.5, y: 0 } } };
};

const liftBox = (t: number): Performance => {
  const up = ease(t);
  const reachDown = 1 - up;
  const height = mix(0, 0.42, up);
  return {
    pose: {
      ...crouched(0.75 * reachDown, 1),
      lean: mix(4, 48, reachDown),
      leftArm: { upper: mix(35, 25, reachDown), lower: mix(95, 35, reachDown) },
      rightArm: { upper: mix(32, 22, reachDown), lower: mix(92, 32, reachDown) },
    },
    prop: { kind: 'box', at: { x: 0.4, y: height } },
  };
};

const throwBall = (t: number): Performance => {
  const release = 0.45;
  const wind = t < release ? ease(t / release) : 1;
  const flight = t < release ? 0 : (t - release) / (1 - release);
  const angle = mix(-70, 130, wind);
  const hand: Point = { x: 0.06 + Math.sin((angle * Math.PI) / 180) * 0.33, y: 0.77 - Math.cos((angle * Math.PI) / 180) * 0.33 };
  return {
    pose: { ...standing(1), lean: mix(-10, 14, wind), rightArm: straight(angle), leftArm: straight(30), leftLeg: { upper: 16, lower: 2 }, rightLeg: { upper: -14, lower: -20 } },
    prop: { kind: 'ball', at: { x: hand.x + 1.1 * flight, y: Math.max(0.05, hand.y + 0.5 * flight - 0.7 * flight * flight) } },
  };
};

const alone = (motion: Motion) => (t: number, manner: Manner): Performance => ({ pose: motion(t, manner), prop: null });
const backwards = (act: (t: number, manner: Manner) => Performance) => (t: number, manner: Manner) => act(1 - t, manner);

interface Entry {
  readonly phrases: readonly [string, ...string[]];
  readonly perform: WorldAction['perform'];
  readonly durationS?: readonly [number, number];
  readonly novel?: boolean;
  readonly reverseOf?: string;
  readonly facing?: -1 | 1;
}

const sides: readonly Side[] = ['left', 'right', 'both'];
const onSides = (make: (side: Side) => readonly [string, Entry], chosen: readonly Side[] = sides) => chosen.map(make);
const directions = [
  ['left', -1],
  ['right', 1],
] as const;

const entries: readonly (readonly [string, Entry])[] = [
  ...onSides((side) => [
    `wave-${side}-arm`,
    { phrases: [`waving ${limbName(side, 'arm')}`, `waving with ${limbName(side, 'arm')}`, `greeting with ${limbName(side, 'arm')}`], perform: alone(armMotions.wave(side)), novel: side === 'right' },
  ]),
  ...onSides((side) => [
    `raise-${side}-arm`,
    { phrases: [`raising ${limbName(side, 'arm')}`, `lifting up ${limbName(side, 'arm')}`, `moving ${limbName(side, 'arm')} up`], perform: alone(armMotions.raise(side)), durationS: [1.2, 2.2] },
  ]),
  ...onSides((side) => [
    `lower-${side}-arm`,
    { phrases: [`lowering ${limbName(side, 'arm')}`, `taking down ${limbName(side, 'arm')}`, `moving ${limbName(side, 'arm')} down`], perform: backwards(alone(armMotions.raise(side))), durationS: [1.2, 2.2], reverseOf: `raise-${side}-arm` },
  ]),
  ...onSides((side) => [
    `circle-${side}-arm`,
    { phrases: [`circling ${limbName(side, 'arm')}`, `swinging ${limbName(side, 'arm')} in circles`, `turning ${limbName(side, 'arm')} round and round`], perform: alone(armMotions.circle(side)), novel: side === 'both' },
  ]),
  ...onSides(
    (side) => [
      `point-${side}`,
      { phrases: [`pointing with ${limbName(side, 'arm')}`, `stretching out ${limbName(side, 'arm')}`, `holding out ${limbName(side, 'arm')}`], perform: alone(armMotions.point(side)), novel: side === 'left' },
    ],
  ),
  ...onSides(
    (side) => [
      `raise-${side}-leg`,
      { phrases: [`raising ${limbName(side, 'leg')}`, `lifting up ${limbName(side, 'leg')}`, `standing with ${limbName(side, 'leg')} raised`], perform: alone(legMotions.raise(side)), novel: side === 'left' },
    ],
    ['left', 'right'],
  ),
  ...onSides(
    (side) => [
      `kick-${side}-leg`,
      { phrases: [`kicking with ${limbName(side, 'leg')}`, `kicking ${limbName(side, 'leg')} out`, `swinging ${limbName(side, 'leg')} out`], perform: alone(legMotions.kick(side)), novel: side === 'right' },
    ],
    ['left', 'right'],
  ),
  ...onSides((side) => [
    `touch-head-${side}`,
    { phrases: [`touching the head with ${limbName(side, 'arm')}`, `holding the head with ${limbName(side, 'arm')}`, `putting ${limbName(side, 'arm')} on the head`], perform: alone(touchHead(side)), novel: side === 'right' },
  ]),
  ...directions.flatMap(([name, facing]): [string, Entry][] => [
    [`walk-${name}`, { phrases: [`walking to the ${name}`, `walking ${name}`, `going to the ${name} on foot`], perform: alone(gait('walk')), facing }],
    [`run-${name}`, { phrases: [`running to the ${name}`, `running ${name}`, `going to the ${name} in a run`], perform: alone(gait('run')), facing, novel: name === 'right' }],
    [`lean-${name}`, { phrases: [`leaning to the ${name}`, `leaning ${name}`, `bending over to the ${name}`], perform: alone(leanOver(facing === -1 ? 1 : -1)), novel: name === 'left' }],
  ]),
  ['squat', { phrases: ['squatting', 'doing squats', 'bending the knees'], perform: alone(squat) }],
  ['jump', { phrases: ['jumping', 'jumping up', 'hopping up and down'], perform: alone(jump) }],
  ['jumping-jack', { phrases: ['doing jumping jacks', 'jumping with both arms and both legs out', 'jumping jacks'], perform: alone(jumpingJack) }],
  ['clap', { phrases: ['clapping', 'clapping both hands', 'putting both hands together'], perform: alone(clap) }],
  ['bow', { phrases: ['bowing', 'bowing down', 'bending over to the front'], perform: alone(bow) }],
  ['march', { phrases: ['marching', 'marching on the spot', 'walking on the spot'], perform: alone(march) }],
  ['punch', { phrases: ['punching', 'boxing', 'punching with both arms'], perform: alone(punch) }],
  ['kneel', { phrases: ['kneeling', 'kneeling down', 'going down on one knee'], perform: alone(kneel) }],
  ['lunge', { phrases: ['lunging', 'doing a lunge', 'taking one long step'], perform: alone(lunge) }],
  ['crawl', { phrases: ['crawling', 'crawling on hands and knees', 'going on hands and knees'], perform: alone(crawl) }],
  ['sit-down', { phrases: ['sitting down', 'sitting down on a chair', 'taking a seat on a chair'], perform: sitDown, durationS: [1.4, 2.4] }],
  ['stand-up', { phrases: ['standing up', 'standing up from a chair', 'getting up from a chair'], perform: backwards(sitDown), durationS: [1.4, 2.4], reverseOf: 'sit-down' }],
  ['fall-down', { phrases: ['falling down', 'falling to the ground', 'going down to the ground'], perform: fall, durationS: [1.2, 2] }],
  ['get-up', { phrases: ['getting up', 'getting up from the ground', 'rising from the ground'], perform: backwards(fall), durationS: [1.2, 2], reverseOf: 'fall-down' }],
  ['push-box', { phrases: ['pushing a box', 'pushing a box away', 'moving a box by pushing'], perform: pushBox }],
  ['pull-box', { phrases: ['pulling a box', 'pulling a box along', 'moving a box by pulling'], perform: backwards(pushBox), reverseOf: 'push-box' }],
  ['lift-box', { phrases: ['lifting a box', 'lifting up a box', 'picking up a box from the ground'], perform: liftBox, durationS: [1.4, 2.4] }],
  ['put-down-box', { phrases: ['putting down a box', 'lowering a box', 'putting a box on the ground'], perform: backwards(liftBox), durationS: [1.4, 2.4], reverseOf: 'lift-box' }],
  ['throw-ball', { phrases: ['throwing a ball', 'throwing a ball away', 'pitching a ball'], perform: throwBall, durationS: [1.2, 2] }],
  ['catch-ball', { phrases: ['catching a ball', 'catching a ball in the air', 'getting a ball from the air'], perform: backwards(throwBall), durationS: [1.2, 2], reverseOf: 'throw-ball' }],
];

/** The library of everyday actions, in a fixed order. */
export const worldActions: readonly WorldAction[] = entries.map(([id, entry]) => ({
  id,
  phrases: entry.phrases,
  novel: entry.novel ?? false,
  reverseOf: entry.reverseOf ?? null,
  durationS: entry.durationS ?? [2, 4],
  facing: entry.facing ?? null,
  perform: entry.perform,
}));
