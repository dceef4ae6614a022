import { seededRandom } from '#main/random/seeded-random.ts';
import type { Performance } from '../world/performance.ts';
import type { WorldAction } from '../world/actions.ts';
import { openCamera, pictureSide } from '../world/draw-scene.ts';
import { idle, sampleManner, sampleScene } from '../world/scene.ts';
import { jointsOf } from '../world/skeleton.ts';
import { alikeInFrames, trainingActions } from './captions.ts';

/** Pixels of the starter model: values -1 to 1 (mean and deviation one half). */
export const imageSize = 72;
/** Frames are drawn at twice the size and halved, for smooth edges. */
export const drawnSize = 2 * imageSize;

export interface FrameBatch {
  /** `[B, 3, 72, 72]`. */
  readonly pixels: Float32Array;
  /** `[B, C]`, C = training actions + 1 (nothing happening, the last); an action and its reverse share a frame's weight. */
  readonly targets: Float32Array;
  /** `[B, 30]`: where the actor's joints are, beside its hip as the picture shows them, in figure units. */
  readonly joints: Float32Array;
}

/** Coordinates of a pose that the auxiliary head learns to tell: 15 joints. */
export const jointCoordinates = 30;

/**
 * Single frames of training actions, drawn at twice the size and halved. Every scene gives four frames, two each of two
 * actions, so that the backdrop cannot tell what happens.
 */
export function renderFrameBatch(seed: number, frames: number, difficulty: number): FrameBatch {
  const random = seededRandom(seed);
  const classes = trainingActions.length + 1;
  const pixels = new Float32Array(frames * 3 * imageSize * imageSize);
  const targets = new Float32Array(frames * classes);
  const joints = new Float32Array(frames * jointCoordinates);
  for (let first = 0; first < frames; first += 4) {
    const scene = sampleScene(random, difficulty * random.between(0.6, 1));
    const camera = openCamera(scene, drawnSize, drawnSize);
    for (let at = first; at < Math.min(first + 4, frames); at += 2) {
      const action = random.chance(0.08) ? null : random.pick(trainingActions);
      const facing = action?.facing ?? random.pick([-1, 1] as const);
      const manner = sampleManner(random);
      for (let frame = at; frame < Math.min(at + 2, first + 4, frames); frame += 1) {
        const seconds = random.between(0, 10);
        const performance =
          action === null ? idle(seconds, random.below(1e9)) : action.perform(random.between(0.12, 0.88), manner);
        putFrame(camera.shoot(seconds, performance, facing), pixels, frame);
        putTarget(targets, frame * classes, action);
        joints.set(jointsInPicture(performance, facing), frame * jointCoordinates);
      }
    }
  }
  return { pixels, targets, joints };
}

/** The 15 joints beside the hip, as the picture shows them, in figure units. */
export function jointsInPicture({ pose }: Performance, facing: -1 | 1): number[] {
  const { hip, neck, head, leftArm, rightArm, leftLeg, rightLeg } = jointsOf(pose);
  const side = pictureSide(pose, facing);
  return [hip, neck, head, ...leftArm, ...rightArm, ...leftLeg, ...rightLeg].flatMap(({ x, y }) => [
    side * (x - pose.shift),
    y - 0.5,
  ]);
}

function putTarget(targets: Float32Array, row: number, action: WorldAction | null): void {
  if (action === null) targets[row + trainingActions.length] = 1;
  else {
    const alike = alikeInFrames[trainingActions.indexOf(action)]!;
    for (const index of alike) targets[row + index] = 1 / alike.length;
  }
}

/** Halves a drawn picture by averaging 2 x 2 pixels into slot `frame` of `[B, 3, 72, 72]`. */
export function putFrame(rgb: Uint8Array, pixels: Float32Array, frame: number): void {
  const area = imageSize * imageSize;
  for (let y = 0; y < imageSize; y += 1) {
    for (let x = 0; x < imageSize; x += 1) {
      const upper = (2 * y * drawnSize + 2 * x) * 3;
      const lower = upper + drawnSize * 3;
      for (let channel = 0; channel < 3; channel += 1) {
        const sum =
          rgb[upper + channel]! + rgb[upper + 3 + channel]! + rgb[lower + channel]! + rgb[lower + 3 + channel]!;
        pixels[(frame * 3 + channel) * area + y * imageSize + x] = sum / (4 * 127.5) - 1;
      }
    }
  }
}
