// Writes one set of annotations in every format that a program of requirements.txt opens, installs those programs in a
// virtual environment under `.cache/consumers`, and lets them open it. It needs Python and a package registry, so it is
// no part of `npm test`.
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { drawnSet } from '#main/testing/drawn-set.ts';
import type { ExportedVideo } from '#main/transfer/annotation-set.ts';
import { formats } from '#main/transfer/formats.ts';
import { drawnSegment } from '#preload/domain/drawn-segment.ts';
import { FrameTable } from '#preload/domain/frame-table.ts';
import { filmFacts } from '#preload/domain/testing/film-facts.ts';
import type { Segment } from '#preload/domain/segment.ts';
import { secondsOf } from '#preload/domain/span.ts';
import { cuepoint } from '../fixtures/command-line.ts';
import { makeSampleProject } from '../fixtures/sample-project.ts';
import { ServedStudio } from '../fixtures/served-studio.ts';

const here = import.meta.dirname;
const cache = path.resolve(here, '../../.cache/consumers');
const exports = path.join(cache, 'exports');

const frameUs = 40_000;
const frames = 500;
const table = FrameTable.fromArray(Float64Array.from({ length: frames + 1 }, (_, index) => index * frameUs));
const labels = ['high jump', 'running', '跳高'];

const videoOf = (id: number): ExportedVideo => ({
  id,
  name: `clip-${id}.mp4`,
  path: `/videos/clip-${id}.mp4`,
  checksum: String(id).padStart(64, '0'),
  split: id === 1 ? 'train' : 'test',
  facts: filmFacts(frames),
  frames: () => table,
});

/** Two videos; actions of one class lie apart, those of different classes overlap. */
const segments = Array.from({ length: 12 }, (_, index): Segment => {
  const start = 10 + 40 * index + (index % 3);
  return drawnSegment({
    id: index + 1,
    videoId: 1 + (index % 2),
    classId: 1 + (index % labels.length),
    startUs: start * frameUs,
    endUs: Math.min(frames, start + 60) * frameUs,
  });
});

const set = drawnSet({ videos: [videoOf(1), videoOf(2)], labels, segments });

function writeExports(): void {
  rmSync(exports, { recursive: true, force: true });
  for (const format of formats) {
    if (format.write === undefined) continue;
    const written = format.write(set);
    const files =
      'files' in written
        ? [...written.files, ...(written.binaries ?? [])]
        : [{ name: `labels.${format.extensions[0]}`, text: written.text }];
    for (const each of files) {
      const file = path.join(exports, format.id, each.name);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, 'text' in each ? each.text : each.bytes);
    }
  }
  const truth = segments.map(({ videoId, classId, startUs, endUs }) => ({
    video: `clip-${videoId}`,
    label: labels[classId - 1],
    start: secondsOf(startUs),
    end: secondsOf(endUs),
  }));
  writeFileSync(path.join(exports, 'truth.json'), JSON.stringify(truth));
}

function run(command: string, args: readonly string[]): void {
  const { status } = spawnSync(command, args, { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

/** Clips, pictures and features of the films that come along with the program, as it writes them itself. */
async function writeMediaExports(): Promise<void> {
  await using studio = new ServedStudio();
  const project = await makeSampleProject(studio);
  for (const [folder, words] of [
    ['clips', ['--format', 'clips']],
    ['frames', ['--format', 'frames', '--size', '256']],
    ['features-npy', ['--format', 'features', '--packing', 'npy']],
    ['features-npz', ['--format', 'features', '--packing', 'npz', '--numbers', 'float16']],
  ] as const) {
    const out = path.join(exports, folder);
    const { code, stderr } = await cuepoint(
      studio.env,
      'export',
      project,
      ...words,
      '--states',
      'accepted',
      '--out',
      out,
    );
    if (code !== 0) throw new Error(stderr);
  }
}

writeExports();
await writeMediaExports();
const python = path.join(cache, 'venv', 'bin', 'python');
run('python3', ['-m', 'venv', path.join(cache, 'venv')]);
run(python, ['-m', 'pip', 'install', '--quiet', '--requirement', path.join(here, 'requirements.txt')]);
run(python, [path.join(here, 'open_exports.py'), exports]);
