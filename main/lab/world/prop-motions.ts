import { crouched } from './body-motions.ts';
import { ease, mix, thereAndBack } from './easing.ts';
import { straight } from './limb-motions.ts';
import type { Performance } from './performance.ts';
import { standing, type Point, type Pose } from './skeleton.ts';

const chairAt: Point = { x: -0.17, y: 0 };
export const sitDown = (t: number): Performance => {
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

export const fall = (t: number): Performance => {
  const down = ease(t);
  return {
    pose: {
      ...crouched(0.35 * thereAndBack(t), 1),
      tilt: 88 * down,
      leftArm: straight(mix(4, 120, down)),
      rightArm: straight(mix(-4, 140, down)),
    },
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
export const pushBox = (t: number): Performance => {
  const along = mix(-0.3, 0.3, t);
  return { pose: { ...braced(20), shift: along }, prop: { kind: 'box', at: { x: along + 0.5, y: 0 } } };
};

export const liftBox = (t: number): Performance => {
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

export const throwBall = (t: number): Performance => {
  const release = 0.45;
  const wind = t < release ? ease(t / release) : 1;
  const flight = t < release ? 0 : (t - release) / (1 - release);
  const angle = mix(-70, 130, wind);
  const hand: Point = {
    x: 0.06 + Math.sin((angle * Math.PI) / 180) * 0.33,
    y: 0.77 - Math.cos((angle * Math.PI) / 180) * 0.33,
  };
  return {
    pose: {
      ...standing(1),
      lean: mix(-10, 14, wind),
      rightArm: straight(angle),
      leftArm: straight(30),
      leftLeg: { upper: 16, lower: 2 },
      rightLeg: { upper: -14, lower: -20 },
    },
    prop: {
      kind: 'ball',
      at: { x: hand.x + 1.1 * flight, y: Math.max(0.05, hand.y + 0.5 * flight - 0.7 * flight * flight) },
    },
  };
};
