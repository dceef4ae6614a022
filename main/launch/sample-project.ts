import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { writeClip, type ClipFrame } from '../media/clip-writer.ts';
import { actionsNamed, filmScript, writeScript, type VideoScript } from '../starter/world/untrimmed-video.ts';

const picture = { width: 256, height: 192, fps: 12 };
const actions = actionsNamed(['wave-both-arm', 'squat', 'jumping-jack', 'sit-down', 'throw-ball', 'bow']);
/** The first clips come with their annotations, the others wait for somebody to label them. */
const clipCount = 5;
const annotatedClips = 2;
const firstSeed = 20;

/** The project that a first start opens: short films of an acting figure, drawn here. Made once; answers its folder. */
export async function ensureSampleProject(homeFolder: string): Promise<string> {
  const folder = path.join(homeFolder, 'sample');
  const project = path.join(folder, 'Sample.cuepoint');
  if (existsSync(project)) return project;
  console.error('Making the sample project, once…');
  try {
    await mkdir(folder, { recursive: true });
    const scripts = Array.from({ length: clipCount }, (_, index) => sampleScript(firstSeed + index));
    const files = scripts.map((_, index) => path.join(folder, `figure-${index + 1}.mp4`));
    for (const [index, file] of files.entries()) await writeClip(file, framesOf(scripts[index]!));
    const truth = path.join(folder, 'annotations.json');
    await writeFile(truth, JSON.stringify(annotationsOf(scripts.slice(0, annotatedClips), files)));
    await cuepoint('new', project, '--classes', actions.map(({ phrases }) => phrases[0]).join(','));
    await cuepoint('add', project, ...files);
    await cuepoint('import', project, '--format', 'activitynet', truth);
    return project;
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

const sampleScript = (seed: number): VideoScript =>
  writeScript(seed, { actions, occurrences: 4, difficulty: 0.5, backgroundS: [1.5, 3.5] });

async function* framesOf(script: VideoScript): AsyncGenerator<ClipFrame> {
  yield* filmScript(script, picture);
}

/** What happens in the films, in the form that ActivityNet's loaders read. */
function annotationsOf(scripts: readonly VideoScript[], files: readonly string[]): object {
  const entries = scripts.map(({ durationS, occurrences }, index) => {
    const annotations = occurrences.map(({ action, startS, endS }) => ({
      segment: [startS, endS],
      label: action.phrases[0],
    }));
    return [path.parse(files[index]!).name, { subset: 'training', duration: durationS, annotations }] as const;
  });
  return { version: '1', taxonomy: [], database: Object.fromEntries(entries) };
}

async function cuepoint(...args: readonly string[]): Promise<void> {
  await promisify(execFile)(process.execPath, [path.resolve(import.meta.dirname, '../hosts/cli.ts'), ...args]);
}
