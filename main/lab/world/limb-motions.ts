import { ease, mix, swing, thereAndBack } from './easing.ts';
import type { Motion } from './performance.ts';
import { standing, type Limb, type Pose } from './skeleton.ts';

export type Side = 'left' | 'right' | 'both';

export const straight = (angle: number): Limb => ({ upper: angle, lower: angle });

/** Applies a limb movement, written for the left, to the named side or to both. */
export function onSide(side: Side, limb: 'Arm' | 'Leg', angles: Limb, pose: Pose): Pose {
  const mirrored = { upper: -angles.upper, lower: -angles.lower };
  return {
    ...pose,
    ...(side === 'right' ? {} : { [`left${limb}`]: angles }),
    ...(side === 'left' ? {} : { [`right${limb}`]: mirrored }),
  };
}

export const limbName = (side: Side, limb: 'arm' | 'leg'): string =>
  side === 'both' ? `both ${limb}s` : `the ${side} ${limb}`;

export const armMotions: Readonly<Record<'wave' | 'raise' | 'circle' | 'point', (side: Side) => Motion>> = {
  wave:
    (side) =>
    (t, { reach, tempo }) =>
      onSide(side, 'Arm', { upper: 120, lower: 165 + 35 * reach * swing(t, 3 * tempo) }, standing(0)),
  raise:
    (side) =>
    (t, { reach }) =>
      onSide(side, 'Arm', straight(mix(12, 165 * Math.min(reach, 1.05), ease(t))), standing(0)),
  circle:
    (side) =>
    (t, { tempo }) =>
      onSide(side, 'Arm', straight(360 * ((2 * tempo * t) % 1)), standing(0)),
  point:
    (side) =>
    (t, { reach }) =>
      onSide(side, 'Arm', straight(mix(12, 90, ease(Math.min(1, 4 * thereAndBack(t)))) + 4 * (reach - 1)), standing(0)),
};

export const legMotions: Readonly<Record<'raise' | 'kick', (side: Side) => Motion>> = {
  raise:
    (side) =>
    (t, { reach }) => {
      const up = ease(Math.min(1, 2 * thereAndBack(t)));
      return onSide(side, 'Leg', { upper: mix(6, 70 * reach, up), lower: mix(3, 0, up) }, standing(0));
    },
  kick:
    (side) =>
    (t, { reach, tempo }) =>
      onSide(side, 'Leg', straight(6 + 75 * reach * Math.max(0, swing(t, 1.5 * tempo))), standing(0)),
};

/** The hand at the head. */
export const touchHead =
  (side: Side): Motion =>
  (t) => {
    const up = ease(Math.min(1, 3 * thereAndBack(t)));
    return onSide(side, 'Arm', { upper: mix(12, 120, up), lower: mix(8, 235, up) }, standing(0));
  };
