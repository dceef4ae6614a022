import { copyFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { seededRandom, type SeededRandom } from '#main/random/seeded-random.ts';
import { readSafetensorsHeader } from '#native-models/checkpoint/safetensors.ts';
import { openCheckpoint } from '#native-models/checkpoint/checkpoint.ts';
import { writeSafetensors } from '#native-models/checkpoint/write-safetensors.ts';
import { noTokenizer } from '#native-models/text/tokenizer.ts';
import { openModel } from '#native-models/open-model.ts';
import {
  readTemporalModule,
  temporalModuleName,
  writeTemporalModule,
} from '#native-models/temporal/temporal-module-file.ts';
import type { TemporalShape } from '#native-models/temporal/temporal-transformer.ts';
import { defaultBackgroundTexts } from '../../pipeline/propose/background-texts.ts';
import { randomCaption, trainingActions } from './captions.ts';
import { settingFiles } from './copy-model.ts';
import { auxiliary } from './contrastive-graph.ts';
import { filmFps, trainingFilms } from './film-features.ts';
import { isTextTensor, openTemporalGraph } from './temporal-graph.ts';
import { startingTemporal } from './starting-temporal.ts';
import { runTraining, type TrainingSettings } from './training-run.ts';
import { drawWindows } from './window-batch.ts';

export interface TemporalSettings extends TrainingSettings {
  /** The folder that the stage before left; where it has a temporal module, training goes on from that. */
  readonly from: string;
  readonly films: number;
  readonly windowsPerStep: number;
  /** How fast the text encoder learns, as a share of the learning rate; with 0 it stays. */
  readonly textRate: number;
}

const segmentsPerWindow = 2;
/** Four seconds at the studio's sampling rate: the longest action of the world. */
const shapeFor = (width: number): TemporalShape => ({ width, heads: 4, layers: 2, frames: 16, skip: 'outer' });

/**
 * The second stage and the third: with the image tower frozen, trains the temporal module and, as fast as `textRate`, the
 * text tower on windows of untrimmed films, so that an action and its reverse get texts and features of their own. Ends
 * with the starter model: a checkpoint folder with a temporal module; answers whether it got there.
 */
export async function trainTemporal(settings: TemporalSettings): Promise<boolean> {
  const { from, folder, seed, log } = settings;
  await using model = await openModel(from, { provider: 'cpu', threads: settings.threads });
  const tokenizer = model.encoder?.tokenizer ?? null;
  if (tokenizer === null) throw noTokenizer(from);
  const films = await trainingFilms(model, {
    folder: path.join(folder, 'state', 'films'),
    seed,
    count: settings.films,
    log,
  });
  const shape = shapeFor(model.dim);
  await using graph = await openTemporalGraph(
    from,
    shape,
    segmentsPerWindow,
    trainingActions.length + 1,
    settings.threads,
  );
  const firstStage = openCheckpoint(from);
  const initial = (): Map<string, Float32Array> => {
    const random = seededRandom(seed);
    const own = readTemporalModule(from, model.dim)?.learned ?? startingTemporal(shape, random);
    const startOf = (name: string, [rows, width]: readonly number[]): Float32Array =>
      name.startsWith(auxiliary)
        ? Float32Array.from({ length: rows! * width! }, () => width! ** -0.5 * random.normal())
        : firstStage.values(name, graph.shapes.get(name)!).slice();
    return new Map([...graph.shapes].map(([name, size]) => [name, own.get(name) ?? startOf(name, size)]));
  };

  const rateOf = (name: string): number => (isTextTensor(name) ? settings.textRate : 1);
  const weights = await runTraining({ ...settings, rateOf }, graph.shapes, initial, async (step, current) => {
    const random = seededRandom(seed * 1_000_003 + step);
    const batch = drawWindows(random, films, {
      windows: settings.windowsPerStep,
      length: shape.frames,
      segments: segmentsPerWindow,
      width: shape.width,
    });
    const captions = [...trainingActions, null].map(
      (action) => tokenizer.encode(action === null ? idleCaption(random) : randomCaption(random, action)).ids,
    );
    const { gradients, ...figures } = await graph.step(current, batch, captions);
    return { gradients, figures };
  });
  if (weights === null) return false;
  writeStarterModel(from, folder, weights);
  const learned = new Map([...weights].filter(([name]) => name.startsWith('temporal.')));
  writeTemporalModule(path.join(folder, temporalModuleName), { shape, fps: filmFps, learned, boundaries: null }, 'F16');
  return true;
}

/** Nothing happening, in words of the world or in those that actionness is measured against. */
const idleCaption = (random: SeededRandom): string =>
  random.chance(0.5) ? random.pick(defaultBackgroundTexts) : randomCaption(random, null);

/** The first stage's checkpoint with the text tower that was trained here. */
function writeStarterModel(from: string, folder: string, weights: ReadonlyMap<string, Float32Array>): void {
  mkdirSync(folder, { recursive: true });
  const file = path.join(from, 'model.safetensors');
  const checkpoint = openCheckpoint(from);
  const tensors = new Map(
    [...readSafetensorsHeader(file)].map(([name, { shape }]) => [
      name,
      { shape, values: weights.get(name) ?? checkpoint.values(name, shape) },
    ]),
  );
  for (const name of settingFiles) copyFileSync(path.join(from, name), path.join(folder, name));
  writeSafetensors(path.join(folder, 'model.safetensors'), tensors, 'F16');
}
