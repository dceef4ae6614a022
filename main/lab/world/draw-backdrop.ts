import { seededRandom, type SeededRandom } from '#main/random/seeded-random.ts';
import { blankPicture, drawCapsule, drawRectangle, type Picture } from './picture.ts';
import type { Backdrop, Colour } from './scene.ts';

/** Smooth noise in [0, 1] over a lattice of random values. */
function valueNoise(random: SeededRandom, cells: number): (u: number, v: number) => number {
  const lattice = Float32Array.from({ length: (cells + 2) ** 2 }, () => random.between(0, 1));
  const at = (x: number, y: number): number => lattice[y * (cells + 2) + x]!;
  return (u, v) => {
    const [x, y] = [Math.min(u, 0.9999) * cells, Math.min(v, 0.9999) * cells];
    const [left, top] = [Math.floor(x), Math.floor(y)];
    const [fx, fy] = [x - left, y - top];
    const upper = at(left, top) + (at(left + 1, top) - at(left, top)) * fx;
    const lower = at(left, top + 1) + (at(left + 1, top + 1) - at(left, top + 1)) * fx;
    return upper + (lower - upper) * fy;
  };
}

/** How much of the accent colour a wall shows at (u, v) in [0, 1]². */
function wallPattern(backdrop: Backdrop, random: SeededRandom): (u: number, v: number) => number {
  const frequency = random.between(4, 11);
  const slant = random.between(-0.6, 0.6);
  const noise = valueNoise(random, random.pick([6, 12, 20]));
  switch (backdrop.kind) {
    case 'gradient':
      return (_u, v) => v;
    case 'stripes':
      return (u, v) => (Math.sin(2 * Math.PI * frequency * (u + slant * v)) > 0 ? 0.5 : 0);
    case 'tiles':
      return (u, v) => ((Math.floor(u * frequency) + Math.floor(v * frequency)) % 2 === 0 ? 0.4 : 0);
    case 'texture':
    case 'clutter':
      return (u, v) => 0.6 * noise(u, v);
    case 'rings':
      return (u, v) => (Math.sin(2 * Math.PI * frequency * Math.hypot(u - 0.5, v - 0.5)) > 0 ? 0.5 : 0);
    case 'blinds':
      return (u, v) => 0.25 + 0.25 * Math.sin(2 * Math.PI * 3 * frequency * v) * noise(u, v);
    case 'plain':
      return () => 0;
  }
}

/** The wall and floor behind a scene, drawn once for all of its frames. */
export function drawBackdrop(backdrop: Backdrop, width: number, height: number): Picture {
  const picture = blankPicture(width, height);
  const random = seededRandom(backdrop.seed);
  const pattern = wallPattern(backdrop, random);
  const edge = height * (1 - backdrop.horizon);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const onWall = y < edge;
      const share = onWall ? pattern(x / width, y / height) : (0.3 * (height - y)) / height;
      const [from, to] = onWall ? [backdrop.wall, backdrop.accent] : [backdrop.floor, backdrop.wall];
      const at = (y * width + x) * 3;
      for (let channel = 0; channel < 3; channel += 1)
        picture.rgb[at + channel] = from[channel]! + (to[channel]! - from[channel]!) * share;
    }
  }
  if (backdrop.kind === 'clutter') {
    for (let item = 0; item < 7; item += 1) {
      const colour: Colour = [random.between(30, 220), random.between(30, 220), random.between(30, 220)];
      const [x, y, size] = [random.between(0, width), random.between(0, edge), random.between(0.03, 0.11) * height];
      if (random.chance(0.5))
        drawRectangle(picture, x - size, y - size * random.between(0.4, 1.4), x + size, y + size, colour);
      else
        drawCapsule(
          picture,
          x,
          y,
          x + random.between(-2, 2) * size,
          y + random.between(-2, 2) * size,
          size * 0.5,
          colour,
        );
    }
  }
  return picture;
}
