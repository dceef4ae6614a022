import { existsSync } from 'node:fs';
import { cp, mkdir, rename } from 'node:fs/promises';
import path from 'node:path';
import { cuepoint } from '#e2e/fixtures/command-line.ts';
import { seededRandom, type SeededRandom } from '#main/random/seeded-random.ts';
import { drawnSegment } from '#preload/domain/drawn-segment.ts';
import { Failure } from '#preload/domain/failure.ts';
import type { Segment } from '#preload/domain/segment.ts';
import type { BenchContext } from '../bench-case.ts';
import { cachedClip } from '../cached-clip.ts';
import { openAlone } from '../project-alone.ts';

const fps = 25;
export const hoursOfFilm = 2;
const classCount = 200;
/** So many classes a proposal's ranking names. */
const rankedClasses = 5;

/** Names in the library: the film that is labelled, and one that is looked at before it. */
export const filmNames = {
  long: `texture-96x64-${fps}fps-${hoursOfFilm * 3600}s.mp4`,
  short: `texture-96x64-${fps}fps-8s.mp4`,
};

/**
 * A project of a film of two hours and a short one, with two hundred classes and so many segments in the long one: three
 * in five of them proposals with their rankings, the rest decided. Answers its folder.
 */
export async function labelledHours(
  segmentCount: number,
  env: NodeJS.ProcessEnv,
  context: BenchContext,
  folderName = `segments-${segmentCount}`,
): Promise<string> {
  const unlabelled = await unlabelledHours(env, context);
  const location = path.join(context.scratchFolder, `${folderName}.cuepoint`);
  await cp(unlabelled, location, { recursive: true });
  const project = openAlone(location, {
    get: () => {
      throw new Failure('not-found', 'This project has no model.');
    },
  });
  try {
    const { database } = project;
    const classIds = database.classes.present().map(({ id }) => id);
    const video = database.videos.present().find(({ name }) => name === filmNames.long)!;
    database.transaction(() => {
      // Every proposal is in sight.
      database.settings.write({ scoreThreshold: 0 });
      const first = database.nextId('segments');
      const random = seededRandom(segmentCount);
      for (let index = 0; index < segmentCount; index += 1)
        database.segments.put(drawSegment(first + index, video.id, classIds, random));
    });
  } finally {
    await project.close(() => Promise.resolve());
  }
  return location;
}

/** Made once per machine: looking at two hours of film takes a while. */
async function unlabelledHours(env: NodeJS.ProcessEnv, context: BenchContext): Promise<string> {
  const location = path.join(context.cacheFolder, 'two-hours.cuepoint');
  if (existsSync(location)) return location;
  const films = [];
  for (const seconds of [hoursOfFilm * 3600, 8])
    films.push(await cachedClip({ width: 96, height: 64, fps, seconds }, context));
  context.say('making a project of two hours');
  const folder = path.join(context.scratchFolder, 'made');
  await mkdir(folder, { recursive: true });
  const made = path.join(folder, 'two-hours.cuepoint');
  const classes = Array.from({ length: classCount }, (_, index) => `action ${String(index + 1).padStart(3, '0')}`);
  for (const words of [
    ['new', made, '--classes', classes.join(',')],
    ['add', made, ...films.map((film) => film.path)],
  ]) {
    const { code, stderr } = await cuepoint(env, ...words);
    if (code !== 0) throw new Failure('internal', `cuepoint ${words[0]} failed: ${stderr}`);
  }
  await rename(made, location);
  return location;
}

const rounded = (share: number): number => Math.round(share * 1e4) / 1e4;

/** A segment of half a second to eight, on frames. */
function drawSegment(
  id: number,
  videoId: number,
  classIds: readonly number[],
  { below, between }: SeededRandom,
): Segment {
  const frameUs = 1_000_000 / fps;
  const frames = 12 + below(190);
  const start = below(hoursOfFilm * 3600 * fps - frames);
  const [classId, ...others] = Array.from({ length: rankedClasses }, () => classIds[below(classIds.length)]!);
  const kind = between(0, 1);
  const score = rounded(between(0, 1));
  const drawn = drawnSegment({
    id,
    videoId,
    classId: classId!,
    startUs: start * frameUs,
    endUs: (start + frames) * frameUs,
  });
  if (kind < 0.4) return drawn;
  return {
    ...drawn,
    state: 'proposed',
    score,
    source: { kind: 'model', model: 'openai/clip-vit-base-patch16', version: 'zero-shot' },
    touched: false,
    ranking: [classId!, ...new Set(others.filter((other) => other !== classId))].map((each, rank) => ({
      classId: each,
      probability: rounded(score / (rank + 1)),
    })),
  };
}
