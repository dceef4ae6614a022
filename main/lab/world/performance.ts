import type { Point, Pose } from './skeleton.ts';

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

/** A movement as poses: `progress` in [0, 1]. */
export type Motion = (progress: number, manner: Manner) => Pose;
