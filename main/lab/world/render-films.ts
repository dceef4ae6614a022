import { mkdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { writeClip, type ClipFrame } from '#main/media/clip-writer.ts';
import { activityNetResults } from '#main/transfer/codecs/activitynet-results.ts';
import { activityNet } from '#main/transfer/codecs/activitynet.ts';
import { coco } from '#main/transfer/codecs/coco.ts';
import { csv } from '#main/transfer/codecs/csv.ts';
import { kinetics } from '#main/transfer/codecs/kinetics.ts';
import { mmaction2 } from '#main/transfer/codecs/mmaction2.ts';
import { Failure } from '#preload/domain/failure.ts';
import { verbatim } from '#preload/domain/saying.ts';
import type { WorldAction } from './actions.ts';
import { groundTruthOf, type FilmedScript } from './ground-truth.ts';
import { filmScript, writeScript, type FilmSettings, type VideoScript } from './untrimmed-video.ts';

export interface FilmOrder {
  readonly folder: string;
  readonly seed: number;
  readonly videos: number;
  readonly actions: readonly WorldAction[];
  /** Actions in a video. */
  readonly occurrences: number;
  /** 0 to 1, see `sampleScene`. */
  readonly difficulty: number;
  readonly picture: FilmSettings;
  /** Version of the program. */
  readonly version: string;
  readonly say: (line: string) => void;
}

const mostVideos = 1000;
/** Seeds of rendered films lie below those of the starter's training. */
const mostSeeds = Math.floor(2 ** 28 / mostVideos);
const backgroundS = [1.5, 3.5] as const;
/** Formats that say times in seconds in one file: what evaluators and trainers of the lab read. */
export const truthFormats = [coco, activityNet, activityNetResults, mmaction2, kinetics, csv];
/** The studio's own; annotation files say at what rate a project looks at videos. */
const samplingFps = 4;

export type FilmScripts = Pick<FilmOrder, 'seed' | 'actions' | 'occurrences' | 'difficulty'>;

/** What happens in the film of an order at `index`, from 0. */
export const scriptOfFilm = ({ seed, ...settings }: FilmScripts, index: number): VideoScript =>
  writeScript(seed * mostVideos + index, { ...settings, backgroundS });

/** The name of its file. */
export const filmName = (seed: number, index: number): string =>
  `film-${seed}-${String(index + 1).padStart(4, '0')}.mp4`;

/**
 * Renders untrimmed videos as MP4 files, and what happens in them in every format that annotations are exported in.
 * Answers the files in order. Equal orders give equal annotations. Fails with 'bad-input', or as writing files does.
 */
export async function renderFilms(order: FilmOrder): Promise<string[]> {
  const { folder, seed, videos, actions, occurrences, difficulty, picture, version, say } = order;
  refuseUnlessWhole('The seed', seed, 0, mostSeeds - 1);
  refuseUnlessWhole('The number of videos', videos, 1, mostVideos);
  refuseUnlessWhole('The number of actions in a video', occurrences, 1, 100);
  refuseUnlessWhole('The width', picture.width, 16, 4096);
  refuseUnlessWhole('The height', picture.height, 16, 4096);
  refuseUnlessWhole('The frame rate', picture.fps, 1, 240);
  if (actions.length === 0)
    throw new Failure('bad-input', verbatim('An untrimmed video needs at least one action: name some.'));
  if (!(difficulty >= 0 && difficulty <= 1))
    throw new Failure('bad-input', verbatim(`The difficulty is a number from 0 to 1, not ${difficulty}.`));
  await mkdir(folder, { recursive: true });
  const films: FilmedScript[] = [];
  for (let index = 0; index < videos; index += 1) {
    const script = scriptOfFilm(order, index);
    const file = path.join(folder, filmName(seed, index));
    say(`rendering ${file}, ${script.durationS.toFixed(1)} s`);
    await writeClip(file, framesOf(script, picture));
    films.push({ script, file });
  }
  const truth = await groundTruthOf(films, actions, { version, samplingFps });
  const written = films.map(({ file }) => file);
  for (const {
    id,
    extensions: [extension],
    write,
  } of truthFormats) {
    const told = write!(truth);
    if (!('text' in told)) continue;
    const file = path.join(folder, `annotations-${id}.${extension}`);
    await writeFile(`${file}.partial`, told.text);
    await rename(`${file}.partial`, file);
    written.push(file);
  }
  return written;
}

async function* framesOf(script: VideoScript, picture: FilmSettings): AsyncGenerator<ClipFrame> {
  yield* filmScript(script, picture);
}

function refuseUnlessWhole(what: string, value: number, least: number, most: number): void {
  if (!Number.isInteger(value) || value < least || value > most)
    throw new Failure('bad-input', verbatim(`${what} must be a whole number from ${least} to ${most}, not ${value}.`));
}
