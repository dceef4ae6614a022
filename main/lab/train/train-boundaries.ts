import path from 'node:path';
import { seededRandom } from '#main/random/seeded-random.ts';
import {
  boundaryHeadShapes,
  initialBoundaryHead,
  openBoundaryTrainer,
} from '#native-models/boundary-head/boundary-head.ts';
import { ownHeadShape } from '#native-models/boundary-head/own-boundaries.ts';
import { openModel } from '#native-models/open-model.ts';
import { openDense } from '#native-models/temporal/dense-features.ts';
import {
  readTemporalModule,
  temporalModuleName,
  writeTemporalModule,
} from '#native-models/temporal/temporal-module-file.ts';
import { Failure } from '#preload/domain/failure.ts';
import { verbatim } from '#preload/domain/saying.ts';
import { copyModel } from './copy-model.ts';
import { trainingFilms } from './film-features.ts';
import { drawFootage, footageOf, type SeenFilm } from './footage-batch.ts';
import { runTraining, type TrainingSettings } from './training-run.ts';

export interface BoundarySettings extends TrainingSettings {
  /** The folder that the stage before left, with its temporal module and the films that it has encoded. */
  readonly from: string;
  /** The seed of that stage's films, and how many of them. */
  readonly filmSeed: number;
  readonly films: number;
  readonly windowsPerStep: number;
}

/** Sees 16 samples to either side: four seconds, the longest action of the world. */
const layers = { hidden: 128, distances: [1, 2, 4, 8] };
/** Half a minute. */
const windowLength = 128;

/**
 * The fourth stage: with all else frozen, trains a head that tells from frame features, and from what the temporal module
 * makes of them, where actions of any class are, begin and end. Ends with the starter model, the head beside its temporal
 * module; answers whether it got there.
 */
export async function trainBoundaries(settings: BoundarySettings): Promise<boolean> {
  const { from, folder, seed, log } = settings;
  await using model = await openModel(from, { provider: 'cpu', threads: settings.threads });
  const { dim } = model;
  const module = readTemporalModule(from, dim);
  if (module === null)
    throw new Failure('not-found', verbatim(`${from} has no temporal module, which the head is trained on.`));
  const films = await trainingFilms(model, {
    folder: path.join(from, 'state', 'films'),
    seed: settings.filmSeed,
    count: settings.films,
    log,
  });
  await using dense = await openDense(module.shape, [module.learned], 'cpu');
  const seen: SeenFilm[] = [];
  for (const film of films) seen.push({ ...film, dense: await dense.video(film.features) });
  const footage = footageOf(seen, dim);

  const shape = ownHeadShape(dim, layers);
  await using trainer = await openBoundaryTrainer(shape, 'cpu', settings.threads, true);
  const initial = (): Map<string, Float32Array> => {
    const random = seededRandom(seed);
    return initialBoundaryHead(shape, () => random.between(-1, 1));
  };
  const learned = await runTraining(settings, boundaryHeadShapes(shape), initial, async (step, current) => {
    const random = seededRandom(seed * 1_000_003 + step);
    const batch = drawFootage(random, footage, { windows: settings.windowsPerStep, length: windowLength, dim });
    const { loss, gradients } = await trainer.step(current, batch);
    return { gradients, figures: { loss } };
  });
  if (learned === null) return false;
  copyModel(from, folder);
  const boundaries = { shape, longestS: longest(films.flatMap(({ script }) => script.occurrences)), learned };
  writeTemporalModule(path.join(folder, temporalModuleName), { ...module, boundaries }, 'F16');
  return true;
}

/** Twice the 99th percentile of their lengths. */
function longest(occurrences: readonly { readonly startS: number; readonly endS: number }[]): number {
  const lengths = occurrences.map(({ startS, endS }) => endS - startS).toSorted((a, b) => a - b);
  return 2 * lengths[Math.floor(0.99 * (lengths.length - 1))]!;
}
