import { seededRandom } from '#main/random/seeded-random.ts';
import type { Performance, Prop } from './performance.ts';
import { drawBackdrop } from './draw-backdrop.ts';
import { blankPicture, drawCapsule, drawRectangle, type Picture } from './picture.ts';
import { idle, type Colour, type Figure, type HandheldCamera, type Scene } from './scene.ts';
import { jointsOf, type Point, type Pose } from './skeleton.ts';

/** Draws the frames of one scene at one size; the backdrop is drawn once. */
export interface SceneCamera {
  /**
   * The picture `seconds` after the scene began, with the actor doing `performance` and, where it is seen from the
   * side, looking to the picture's left (-1) or right (1): packed RGB `[height, width, 3]`.
   */
  shoot(seconds: number, performance: Performance, facing: -1 | 1): Uint8Array;
}

export function openCamera(scene: Scene, width: number, height: number): SceneCamera {
  const { camera } = scene;
  const margin = Math.ceil((scene.shake + (camera?.swing ?? 0)) * height) + 1;
  const backdrop = drawBackdrop(scene.backdrop, width + 2 * margin, height + 2 * margin);
  const random = seededRandom(scene.seed);
  const phases = [random.between(0, 6), random.between(0, 6)];
  return {
    shoot(seconds, performance, facing) {
      const actor: Figure = { ...scene.actor, facing };
      const picture = blankPicture(width, height);
      const swing = camera ? camera.swing * Math.sin((2 * Math.PI * seconds) / camera.swingS + phases[1]!) : 0;
      const shakeX = height * (scene.shake * Math.sin(9 * seconds + phases[0]!) + swing);
      const shakeY = scene.shake * height * Math.sin(11 * seconds + phases[1]!);
      copyShifted(backdrop, picture, Math.round(margin + shakeX), Math.round(margin + shakeY));
      scene.bystanders.forEach((figure, index) =>
        drawFigure(picture, figure, idle(seconds, scene.seed + index).pose, shakeX, shakeY),
      );
      const project = projection(picture, actor, performance.pose, shakeX, shakeY);
      if (performance.prop?.kind === 'chair') drawProp(picture, performance.prop, scene.propColour, project);
      drawFigure(picture, actor, performance.pose, shakeX, shakeY);
      if (performance.prop !== null && performance.prop.kind !== 'chair')
        drawProp(picture, performance.prop, scene.propColour, project);
      if (scene.occluder !== null) {
        const { x, halfWidth, height: tall, colour } = scene.occluder;
        const middle = width / 2 + x * height - shakeX;
        drawRectangle(
          picture,
          middle - halfWidth * height,
          height * (1 - tall),
          middle + halfWidth * height,
          height,
          colour,
        );
      }
      light(picture, scene.light);
      if (camera) develop(picture, camera, scene.seed + Math.round(1000 * seconds));
      return new Uint8Array(picture.rgb.buffer);
    },
  };
}

/** Which way a figure's +x goes in the picture: "left" is the picture's left, of a limb as of a way to go. */
export const pictureSide = (pose: Pose, facing: -1 | 1): -1 | 1 => (pose.turn === 0 ? -1 : facing);

interface Projection {
  point(at: Point): Point;
  readonly scale: number;
  /** Which way the figure's +x goes in the picture. */
  readonly side: -1 | 1;
}

/** Figure units → pixels. */
function projection(picture: Picture, figure: Figure, pose: Pose, shakeX: number, shakeY: number): Projection {
  const side = pictureSide(pose, figure.facing);
  const scale = figure.height * picture.height;
  const originX = picture.width / 2 + figure.x * picture.height - shakeX;
  const originY = picture.height * (1 - figure.groundY) - shakeY;
  return { scale, side, point: ({ x, y }) => ({ x: originX + side * x * scale, y: originY - y * scale }) };
}

const darker = (colour: Colour, share: number): Colour => [colour[0] * share, colour[1] * share, colour[2] * share];

function drawFigure(picture: Picture, figure: Figure, pose: Pose, shakeX: number, shakeY: number): void {
  const joints = jointsOf(pose);
  const { point, scale } = projection(picture, figure, pose, shakeX, shakeY);
  const bone = (from: Point, to: Point, girth: number, colour: Colour): void => {
    const [a, b] = [point(from), point(to)];
    drawCapsule(picture, a.x, a.y, b.x, b.y, Math.max(0.6, girth * scale), colour);
  };
  const limb = ([a, b, c]: readonly [Point, Point, Point], upper: Colour, lower: Colour): void => {
    bone(a, b, figure.girth * 0.85, upper);
    bone(b, c, figure.girth * 0.7, lower);
  };
  // Far limbs first and a little darker, so that left and right stay apart in a side view.
  limb(joints.leftLeg, darker(figure.trousers, 0.8), darker(figure.trousers, 0.8));
  limb(joints.leftArm, darker(figure.shirt, 0.8), darker(figure.skin, 0.85));
  bone(joints.hip, joints.neck, figure.girth * 1.7, figure.shirt);
  bone(joints.head, joints.head, 0.075, figure.skin);
  limb(joints.rightLeg, figure.trousers, figure.trousers);
  limb(joints.rightArm, darker(figure.shirt, 0.92), figure.skin);
}

function drawProp(picture: Picture, prop: Prop, colour: Colour, { point, scale, side }: Projection): void {
  const { x, y } = point(prop.at);
  if (prop.kind === 'ball') drawCapsule(picture, x, y, x, y, 0.06 * scale, colour);
  else if (prop.kind === 'box') drawRectangle(picture, x - 0.13 * scale, y - 0.24 * scale, x + 0.13 * scale, y, colour);
  else {
    const back = x - side * 0.13 * scale;
    const front = x + side * 0.13 * scale;
    drawRectangle(picture, Math.min(back, front), y - 0.23 * scale, Math.max(back, front), y - 0.19 * scale, colour);
    for (const [from, to] of [
      [back, -0.55],
      [front, -0.2],
    ] as const)
      drawCapsule(picture, from, y, from, y + to * scale, 0.02 * scale, colour);
  }
}

function copyShifted(from: Picture, to: Picture, offsetX: number, offsetY: number): void {
  for (let y = 0; y < to.height; y += 1) {
    const start = ((y + offsetY) * from.width + offsetX) * 3;
    to.rgb.set(from.rgb.subarray(start, start + to.width * 3), y * to.width * 3);
  }
}

function light({ width, height, rgb }: Picture, [left, right]: readonly [number, number]): void {
  const gains = Float32Array.from(
    { length: width * 3 },
    (_, at) => left + ((right - left) * Math.floor(at / 3)) / width,
  );
  for (let y = 0; y < height; y += 1) {
    const row = y * width * 3;
    for (let at = 0; at < gains.length; at += 1) rgb[row + at]! *= gains[at]!;
  }
}

/** The camera's own colours and grain. */
function develop({ rgb }: Picture, { cast, grain }: HandheldCamera, seed: number): void {
  const random = seededRandom(seed);
  for (let at = 0; at < rgb.length; at += 3) {
    const noise = grain * (random.between(-1, 1) + random.between(-1, 1));
    for (let channel = 0; channel < 3; channel += 1) rgb[at + channel] = rgb[at + channel]! * cast[channel]! + noise;
  }
}
