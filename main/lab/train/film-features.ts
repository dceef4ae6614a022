import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { seededRandom } from '#main/random/seeded-random.ts';
import { openCheckpoint } from '#native-models/checkpoint/checkpoint.ts';
import { writeSafetensors, type TensorToWrite } from '#native-models/checkpoint/write-safetensors.ts';
import type { ImageTextModel } from '#native-models/image-text-model.ts';
import { trainingActions } from './captions.ts';
import { filmScript, writeScript, type VideoScript } from '../world/untrimmed-video.ts';
import { drawnSize, imageSize, putFrame } from './render-batch.ts';
import { trainingScriptSeed } from './training-script-seed.ts';

/** Frame features of an untrimmed video of the world, and what happens in it. */
export interface FilmFeatures {
  readonly script: VideoScript;
  /** `[N, D]` unit rows, `fps` of them a second. */
  readonly features: Float32Array;
}

/** The studio's own sampling rate, so that what is learned of time holds there. */
export const filmFps = 4;
const filmsPerFile = 50;
const framesPerRun = 64;

/** The untrimmed video of training that has a number. */
export function trainingScript(seed: number, index: number): VideoScript {
  const scriptSeed = trainingScriptSeed(seed, index);
  const difficulty = seededRandom(scriptSeed).fork().between(0, 1);
  return writeScript(scriptSeed, { actions: trainingActions, occurrences: 4, difficulty, backgroundS: [0.6, 2.5] });
}

/** Frame features `[N, D]` of a script, drawn and encoded as the image tower was trained. */
export async function encodeScript(model: ImageTextModel, script: VideoScript): Promise<Float32Array> {
  const frameLength = 3 * imageSize * imageSize;
  const pixels = new Float32Array(framesPerRun * frameLength);
  const parts: Float32Array[] = [];
  let waiting = 0;
  const encodeWaiting = async (): Promise<void> => {
    if (waiting > 0) parts.push(await model.encodeImages(pixels.subarray(0, waiting * frameLength), waiting));
    waiting = 0;
  };
  for (const { rgb } of filmScript(script, { width: drawnSize, height: drawnSize, fps: filmFps })) {
    putFrame(rgb, pixels, waiting);
    waiting += 1;
    if (waiting === framesPerRun) await encodeWaiting();
  }
  await encodeWaiting();
  const features = new Float32Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    features.set(part, at);
    at += part.length;
  }
  return features;
}

/** The first `count` films of training; encoded once and kept in `folder`, so that an interrupted run goes on. */
export async function trainingFilms(
  model: ImageTextModel,
  { folder, seed, count, log }: { folder: string; seed: number; count: number; log: (line: string) => void },
): Promise<FilmFeatures[]> {
  mkdirSync(folder, { recursive: true });
  const films: FilmFeatures[] = [];
  for (let first = 0; first < count; first += filmsPerFile) {
    const scripts = Array.from({ length: Math.min(filmsPerFile, count - first) }, (_, at) =>
      trainingScript(seed, first + at),
    );
    const kept = path.join(folder, `films-${first}`);
    const file = path.join(kept, 'model.safetensors');
    if (!existsSync(file)) {
      mkdirSync(kept, { recursive: true });
      const tensors = new Map<string, TensorToWrite>();
      for (const [at, script] of scripts.entries()) {
        const values = await encodeScript(model, script);
        tensors.set(`${at}`, { shape: [values.length / model.dim, model.dim], values });
      }
      writeSafetensors(file, tensors);
      log(`encoded ${first + scripts.length} of ${count} films`);
    }
    const stored = openCheckpoint(kept);
    for (const [at, script] of scripts.entries()) {
      const frames = Math.round(script.durationS * filmFps);
      films.push({ script, features: stored.values(`${at}`, [frames, model.dim]) });
    }
  }
  return films;
}
