/**
 * A pose of the articulated figure. Angles are degrees from hanging straight down, turning towards +x; the figure is
 * about one unit tall and stands on y = 0 with y upwards. Seen from the front its left limbs are at +x, which cameras
 * draw on the left of the picture; seen from the side it looks towards +x, and the left limbs are the far ones.
 */
export interface Pose {
  /** Torso from upright, towards +x. */
  lean: number;
  /** Head from the torso's line, towards +x. */
  nod: number;
  leftArm: Limb;
  rightArm: Limb;
  leftLeg: Limb;
  rightLeg: Limb;
  /** How far the lower foot is off the ground. */
  lift: number;
  /** The whole body turned about its hip, towards +x: 90 lies on the ground. */
  tilt: number;
  /** Sideways offset of the hip. */
  shift: number;
  /** 0 seen from the front, 1 from the side. */
  turn: 0 | 1;
}

/** Absolute angles of the upper and the lower bone of an arm or leg. */
export interface Limb {
  upper: number;
  lower: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Where a pose puts every joint, in figure units. */
export interface Joints {
  readonly hip: Point;
  readonly neck: Point;
  readonly head: Point;
  readonly leftArm: readonly [Point, Point, Point];
  readonly rightArm: readonly [Point, Point, Point];
  readonly leftLeg: readonly [Point, Point, Point];
  readonly rightLeg: readonly [Point, Point, Point];
}

export const boneLengths = { torso: 0.31, neck: 0.09, upperArm: 0.17, foreArm: 0.16, thigh: 0.23, shin: 0.23 } as const;
const halfWidths = { shoulder: [0.11, 0.02], hip: [0.065, 0.015] } as const;

export const standing = (turn: 0 | 1): Pose => ({
  lean: 0,
  nod: 0,
  leftArm: { upper: turn === 0 ? 12 : 4, lower: turn === 0 ? 8 : 12 },
  rightArm: { upper: turn === 0 ? -12 : -4, lower: turn === 0 ? -8 : 6 },
  leftLeg: { upper: turn === 0 ? 6 : 3, lower: turn === 0 ? 3 : -2 },
  rightLeg: { upper: turn === 0 ? -6 : -3, lower: turn === 0 ? -3 : -6 },
  lift: 0,
  tilt: 0,
  shift: 0,
  turn,
});

const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** The end of a bone that hangs from `from` at an absolute angle. */
function hang(from: Point, degrees: number, length: number): Point {
  return { x: from.x + Math.sin(radians(degrees)) * length, y: from.y - Math.cos(radians(degrees)) * length };
}

const chain = (from: Point, limb: Limb, upper: number, lower: number): readonly [Point, Point, Point] => {
  const middle = hang(from, limb.upper, upper);
  return [from, middle, hang(middle, limb.lower, lower)];
};

/** Joint positions of a pose: the lower of all body parts rests on the ground, plus `lift`. */
export function jointsOf(pose: Pose): Joints {
  const shoulder = halfWidths.shoulder[pose.turn];
  const hipHalf = halfWidths.hip[pose.turn];
  const hip: Point = { x: 0, y: 0 };
  const neck = hang(hip, 180 - pose.lean, boneLengths.torso);
  const across = { x: Math.cos(radians(pose.lean)), y: -Math.sin(radians(pose.lean)) };
  const beside = (point: Point, half: number): Point => ({
    x: point.x + across.x * half,
    y: point.y + across.y * half,
  });
  const arm = (limb: Limb, side: number) =>
    chain(beside(neck, side * shoulder), limb, boneLengths.upperArm, boneLengths.foreArm);
  const leg = (limb: Limb, side: number) =>
    chain(beside(hip, side * hipHalf), limb, boneLengths.thigh, boneLengths.shin);
  const joints: Joints = {
    hip,
    neck,
    head: hang(neck, 180 - pose.lean - pose.nod, boneLengths.neck),
    leftArm: arm(pose.leftArm, 1),
    rightArm: arm(pose.rightArm, -1),
    leftLeg: leg(pose.leftLeg, 1),
    rightLeg: leg(pose.rightLeg, -1),
  };
  const turned = mapJoints(joints, (point) => turnAround(point, pose.tilt));
  const lowest = Math.min(...allPoints(turned).map(({ y }) => y));
  return mapJoints(turned, ({ x, y }) => ({ x: x + pose.shift, y: y - lowest + pose.lift }));
}

function turnAround({ x, y }: Point, degrees: number): Point {
  const [sin, cos] = [Math.sin(radians(degrees)), Math.cos(radians(degrees))];
  return { x: x * cos + y * sin, y: y * cos - x * sin };
}

const allPoints = (joints: Joints): Point[] => [
  joints.hip,
  joints.neck,
  joints.head,
  ...joints.leftArm,
  ...joints.rightArm,
  ...joints.leftLeg,
  ...joints.rightLeg,
];

/** The joints with every point moved by `move`. */
export function mapJoints(joints: Joints, move: (point: Point) => Point): Joints {
  const limb = ([a, b, c]: readonly [Point, Point, Point]): [Point, Point, Point] => [move(a), move(b), move(c)];
  return {
    hip: move(joints.hip),
    neck: move(joints.neck),
    head: move(joints.head),
    leftArm: limb(joints.leftArm),
    rightArm: limb(joints.rightArm),
    leftLeg: limb(joints.leftLeg),
    rightLeg: limb(joints.rightLeg),
  };
}
