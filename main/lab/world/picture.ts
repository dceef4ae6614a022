import type { Colour } from './scene.ts';

/** An RGB picture being drawn: row-major `[height, width, 3]`, values 0 to 255. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8ClampedArray;
}

export const blankPicture = (width: number, height: number): Picture => ({
  width,
  height,
  rgb: new Uint8ClampedArray(width * height * 3),
});

function blend(picture: Picture, at: number, colour: Colour, cover: number): void {
  const { rgb } = picture;
  for (let channel = 0; channel < 3; channel += 1)
    rgb[at + channel]! += (colour[channel]! - rgb[at + channel]!) * cover;
}

/** A line with round ends and a smooth edge, in pixels; darker towards its rim so that crossing limbs stay apart. */
export function drawCapsule(
  picture: Picture,
  ax: number,
  ay: number,
  bx: number,
  by: number,
  radius: number,
  colour: Colour,
): void {
  const { width, height } = picture;
  const [left, right] = [
    Math.max(0, Math.floor(Math.min(ax, bx) - radius - 1)),
    Math.min(width - 1, Math.ceil(Math.max(ax, bx) + radius + 1)),
  ];
  const [top, bottom] = [
    Math.max(0, Math.floor(Math.min(ay, by) - radius - 1)),
    Math.min(height - 1, Math.ceil(Math.max(ay, by) + radius + 1)),
  ];
  const [dx, dy] = [bx - ax, by - ay];
  const lengthSquared = dx * dx + dy * dy;
  const shaded: [number, number, number] = [0, 0, 0];
  for (let y = top; y <= bottom; y += 1) {
    for (let x = left; x <= right; x += 1) {
      const along = lengthSquared === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / lengthSquared));
      const distance = Math.hypot(x - ax - along * dx, y - ay - along * dy);
      const cover = Math.min(1, Math.max(0, radius - distance + 0.5));
      if (cover === 0) continue;
      const shade = 1 - 0.35 * Math.min(1, distance / radius) ** 3;
      for (let channel = 0; channel < 3; channel += 1) shaded[channel] = colour[channel]! * shade;
      blend(picture, (y * width + x) * 3, shaded, cover);
    }
  }
}

/** An upright rectangle with smooth edges, in pixels. */
export function drawRectangle(
  picture: Picture,
  left: number,
  top: number,
  right: number,
  bottom: number,
  colour: Colour,
): void {
  const { width, height } = picture;
  for (let y = Math.max(0, Math.floor(top)); y <= Math.min(height - 1, Math.ceil(bottom)); y += 1) {
    const coverY = Math.min(1, Math.max(0, Math.min(y + 0.5 - top, bottom - y + 0.5)));
    for (let x = Math.max(0, Math.floor(left)); x <= Math.min(width - 1, Math.ceil(right)); x += 1) {
      const coverX = Math.min(1, Math.max(0, Math.min(x + 0.5 - left, right - x + 0.5)));
      if (coverX * coverY > 0) blend(picture, (y * width + x) * 3, colour, coverX * coverY);
    }
  }
}
