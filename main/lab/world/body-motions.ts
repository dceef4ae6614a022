import { ease, mix, swing, thereAndBack } from './easing.ts';
import { onSide, straight } from './limb-motions.ts';
import type { Motion } from './performance.ts';
import { standing, type Limb, type Pose } from './skeleton.ts';

export const gait =
  (pace: 'walk' | 'run'): Motion =>
  (t, { reach, tempo }) => {
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
export const crouched = (depth: number, turn: 0 | 1): Pose => {
  const base = standing(turn);
  if (turn === 1) {
    return {
      ...base,
      lean: 30 * depth,
      leftLeg: { upper: mix(3, 95, depth), lower: mix(-2, -25, depth) },
      rightLeg: { upper: mix(-3, 90, depth), lower: mix(-6, -28, depth) },
    };
  }
  return {
    ...base,
    leftLeg: { upper: mix(6, 78, depth), lower: mix(3, -18, depth) },
    rightLeg: { upper: mix(-6, -78, depth), lower: mix(-3, 18, depth) },
  };
};

export const squat: Motion = (t, { reach, tempo }) => {
  const depth = Math.min(1, 0.5 * (1 - Math.cos(2 * Math.PI * Math.max(1, Math.round(2 * tempo)) * t)) * reach);
  return onSide('both', 'Arm', straight(mix(12, 80, depth)), crouched(depth, 0));
};

export const jump: Motion = (t, { reach, tempo }) => {
  const phase = (t * Math.max(1, Math.round(2 * tempo))) % 1;
  const air = Math.max(0, Math.sin(2 * Math.PI * phase));
  const pose = crouched(0.35 * Math.max(0, -Math.sin(2 * Math.PI * phase)), 0);
  return { ...onSide('both', 'Arm', straight(mix(15, 45, air)), pose), lift: 0.26 * reach * air };
};

export const jumpingJack: Motion = (t, { tempo }) => {
  const open = 0.5 * (1 - Math.cos(2 * Math.PI * Math.max(1, Math.round(3 * tempo)) * t));
  const arms = onSide('both', 'Arm', straight(mix(12, 160, open)), standing(0));
  return { ...onSide('both', 'Leg', straight(mix(4, 32, open)), arms), lift: 0.06 * open };
};

export const clap: Motion = (t, { tempo }) => {
  const open = 0.5 * (1 + Math.cos(2 * Math.PI * 4 * tempo * t));
  return onSide('both', 'Arm', { upper: mix(28, 62, open), lower: mix(-100, 100, open) }, standing(0));
};

export const bow: Motion = (t, { reach }) => {
  const down = ease(Math.min(1, 1.6 * thereAndBack(t)));
  return {
    ...standing(1),
    lean: 82 * down * Math.min(reach, 1.1),
    nod: 10 * down,
    leftArm: straight(10),
    rightArm: straight(6),
  };
};

export const leanOver =
  (side: -1 | 1): Motion =>
  (t, { reach }) => {
    const over = ease(Math.min(1, 1.8 * thereAndBack(t)));
    return {
      ...standing(0),
      lean: side * 38 * reach * over,
      leftArm: straight(12 + side * 12 * over),
      rightArm: straight(-12 + side * 12 * over),
    };
  };

export const march: Motion = (t, { reach, tempo }) => {
  const beat = swing(t, 2.5 * tempo);
  const legs = (up: number, sign: -1 | 1): Limb => ({
    upper: sign * mix(4, 62 * reach, up),
    lower: sign * mix(3, -20, up),
  });
  return {
    ...standing(0),
    leftLeg: legs(Math.max(0, beat), 1),
    rightLeg: legs(Math.max(0, -beat), -1),
    leftArm: { upper: 20, lower: 20 + 60 * Math.max(0, -beat) },
    rightArm: { upper: -20, lower: -20 - 60 * Math.max(0, beat) },
  };
};

export const kneel: Motion = (t) => {
  const down = ease(Math.min(1, 3 * thereAndBack(t)));
  return {
    ...standing(1),
    leftLeg: { upper: mix(3, 88, down), lower: mix(-2, 0, down) },
    rightLeg: { upper: mix(-3, 0, down), lower: mix(-6, -90, down) },
  };
};

export const lunge: Motion = (t, { reach }) => {
  const out = ease(Math.min(1, 1.8 * thereAndBack(t)));
  return {
    ...standing(1),
    leftLeg: { upper: mix(3, 62 * reach, out), lower: mix(-2, -6, out) },
    rightLeg: { upper: mix(-3, -42, out), lower: mix(-6, -62, out) },
    shift: 0.1 * out,
  };
};

export const crawl: Motion = (t, { tempo }) => {
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

export const punch: Motion = (t, { tempo }) => {
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
