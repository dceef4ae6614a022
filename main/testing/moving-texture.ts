import type { ClipFrame } from '#main/media/clip-writer.ts';
import { microsecondsPerSecond } from '#preload/domain/span.ts';

export interface TextureOptions {
  readonly width: number;
  readonly height: number;
  readonly fps: number;
  readonly seconds: number;
  /** The texture changes to another one every so often, as a film is cut. */
  readonly sceneSeconds?: number;
  /** The texture stands still, and something small crosses it in one second of five. */
  readonly still?: boolean;
}

/** Pixels by which the picture moves per frame, right and down. */
const step = { x: 3, y: 1 };

/** Frames of a texture that slides past: every picture differs from the one before, in all its parts, unless it is `still`. */
export async function* movingTexture(options: TextureOptions): AsyncGenerator<ClipFrame, void> {
  const { width, height, fps, seconds, sceneSeconds = 5, still = false } = options;
  const count = Math.round(seconds * fps);
  const tile = { width: 2 * width, height: 2 * height };
  let texture: Uint8Array = new Uint8Array(0);
  let scene = -1;
  for (let index = 0; index < count; index += 1) {
    const current = Math.floor(index / (sceneSeconds * fps));
    if (current !== scene) texture = paint(tile.width, tile.height, current);
    scene = current;
    const rgb = new Uint8Array(width * height * 3);
    const moved = still ? 0 : index;
    const left = (moved * step.x) % width;
    const top = (moved * step.y) % height;
    for (let row = 0; row < height; row += 1) {
      const from = 3 * ((top + row) * tile.width + left);
      rgb.set(texture.subarray(from, from + 3 * width), 3 * row * width);
    }
    const ofPass = (index / fps) % 5;
    if (still && ofPass < 1) cross(rgb, width, height, ofPass);
    yield { rgb, width, height, startUs: Math.round((index * microsecondsPerSecond) / fps) };
  }
}

/** Something bright, an eighth as high as the picture, on its way from the left to the right. */
function cross(rgb: Uint8Array, width: number, height: number, way: number): void {
  const side = Math.floor(height / 8);
  const left = Math.floor(way * (width - side));
  for (let row = 3 * side; row < 4 * side; row += 1)
    rgb.fill(245, 3 * (row * width + left), 3 * (row * width + left + side));
}

/** Overlaid waves, periodic in half the tile so that the window may slide on for ever; each scene has its own. */
function paint(width: number, height: number, scene: number): Uint8Array {
  const rgb = new Uint8Array(width * height * 3);
  const turn = (4 * Math.PI) / width;
  const fall = (4 * Math.PI) / height;
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1) {
      for (let channel = 0; channel < 3; channel += 1) {
        const coarse = Math.sin(column * turn * (3 + ((scene + channel) % 4)) + row * fall * 2);
        const fine = Math.sin(column * turn * (17 + channel) - row * fall * (11 + (scene % 5)));
        rgb[3 * (row * width + column) + channel] = 128 + 70 * coarse + 50 * fine;
      }
    }
  }
  return rgb;
}
