import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { writeClip, type ClipFrame } from '../media/clip-writer.ts';

const width = 480;
const height = 270;
const fps = 25;
const radius = 22;

/** Where the ball is at `t` seconds of an action, `[x, y]` in [0, 1]. */
type Action = (t: number) => readonly [number, number];

const actions: Readonly<Record<string, Action>> = {
  'ball bounces': (t) => [0.5, 0.85 - 0.6 * Math.abs(Math.sin(t * 3))],
  'ball crosses': (t) => [0.1 + 0.8 * ((t / 3) % 1), 0.5],
  'ball circles': (t) => [0.5 + 0.25 * Math.cos(t * 2.5), 0.5 + 0.3 * Math.sin(t * 2.5)],
};
const rests: Action = () => [0.5, 0.85];

/** What happens in each clip and for how many seconds. */
const clips: Readonly<Record<string, readonly (readonly [keyof typeof actions | 'rests', number])[]>> = {
  'ball-1.mp4': [
    ['rests', 3],
    ['ball bounces', 5],
    ['rests', 3],
    ['ball crosses', 6],
    ['rests', 2],
  ],
  'ball-2.mp4': [
    ['rests', 2],
    ['ball circles', 6],
    ['rests', 4],
    ['ball bounces', 4],
    ['rests', 2],
  ],
};

/** The project that a first start opens: clips of a ball, drawn here. Made once; answers its folder. */
export async function ensureSampleProject(homeFolder: string): Promise<string> {
  const folder = path.join(homeFolder, 'sample');
  const project = path.join(folder, 'Sample.cuepoint');
  if (existsSync(project)) return project;
  console.error('Making the sample project, once…');
  try {
    await mkdir(folder, { recursive: true });
    const files = Object.keys(clips).map((name) => path.join(folder, name));
    for (const file of files) await writeClip(file, drawClip(clips[path.basename(file)]!));
    await cuepoint('new', project, '--classes', Object.keys(actions).join(','));
    await cuepoint('add', project, ...files);
    return project;
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

async function* drawClip(story: (typeof clips)[string]): AsyncGenerator<ClipFrame> {
  let frame = 0;
  for (const [name, seconds] of story) {
    const action = actions[name] ?? rests;
    for (let step = 0; step < seconds * fps; step += 1) {
      yield { rgb: drawBall(...action(step / fps)), width, height, startUs: Math.round((frame * 1e6) / fps) };
      frame += 1;
    }
  }
}

/** An orange ball above a floor, `[height, width, 3]`. */
function drawBall(x: number, y: number): Uint8Array {
  const rgb = new Uint8Array(width * height * 3);
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1) {
      const inside = Math.hypot(column - x * width, row - y * height) < radius;
      const colour = inside ? [230, 120, 30] : row > height * 0.93 ? [70, 60, 50] : [40, 50, 64];
      rgb.set(colour, (row * width + column) * 3);
    }
  }
  return rgb;
}

async function cuepoint(...args: readonly string[]): Promise<void> {
  await promisify(execFile)(process.execPath, [path.resolve(import.meta.dirname, '../hosts/cli.ts'), ...args]);
}
