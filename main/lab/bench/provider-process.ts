import path from 'node:path';
import { openFilm, writeScript } from '#main/lab/world/untrimmed-video.ts';
import { worldActions } from '#main/lab/world/actions.ts';
import { ImagePreprocessor } from '#native-models/image/preprocess-image.ts';
import { openModel } from '#native-models/open-model.ts';
import type { ImageTextModel } from '#native-models/image-text-model.ts';
import type { LocalProvider } from '#preload/domain/model.ts';

/** What one provider made of the same pictures, and how fast. */
export interface ProviderMeasure {
  readonly speeds: readonly { readonly batch: number; readonly framesPerSecond: number }[];
  /** Features of made-up pictures by a wide random encoder, each of length 1. */
  readonly wide: readonly number[][];
  /** Features of frames of drawn films by the starter, each of length 1. */
  readonly frames: readonly number[][];
  /** For each of those frames, the number of the name that suits it best. */
  readonly firstNames: readonly number[];
}

const starter = path.resolve(import.meta.dirname, '../../../resources/starter-model');
const films = 16;
const framesPerFilm = 12;
const millisecondsPerBatch = 1500;

/** A processor is soon told; a device shows what it can do in large batches only. */
const batchesFor = (provider: LocalProvider): readonly number[] =>
  provider.startsWith('cpu') ? [1, 4, 8, 16] : [1, 4, 8, 16, 32, 64, 128];

async function measureProvider(provider: LocalProvider, checkpoint: string): Promise<ProviderMeasure> {
  await using wideModel = await openModel(checkpoint, { provider });
  await using model = await openModel(starter, { provider });
  await using texts = await openModel(starter, { provider: 'cpu' });
  const pictures = madeUpPictures(wideModel, 8);
  const wide = rowsOf(await wideModel.encodeImages(pictures, 8), wideModel.dim);
  const speeds = [];
  for (const batch of batchesFor(provider)) speeds.push(await speedOf(wideModel, batch));
  const { pixels, count } = filmedFrames(model);
  const frames = rowsOf(await model.encodeImages(pixels, count), model.dim);
  const names = worldActions.map(({ phrases }) => `a person ${phrases[0]}`);
  const named = rowsOf(await texts.encodeTexts(names), texts.dim);
  return { speeds, wide, frames, firstNames: frames.map((frame) => best(named.map((name) => product(frame, name)))) };
}

/** The fastest of the runs that fit the time, at least three. */
async function speedOf(model: ImageTextModel, batch: number) {
  const pixels = madeUpPictures(model, batch);
  await model.encodeImages(pixels, batch);
  let fastest = Number.POSITIVE_INFINITY;
  const start = performance.now();
  for (let run = 0; run < 3 || performance.now() - start < millisecondsPerBatch; run += 1) {
    const before = performance.now();
    await model.encodeImages(pixels, batch);
    fastest = Math.min(fastest, performance.now() - before);
  }
  return { batch, framesPerSecond: (1000 * batch) / fastest };
}

function madeUpPictures(model: ImageTextModel, count: number): Float32Array {
  const length = new ImagePreprocessor(model.preprocessing).outputLength;
  return Float32Array.from({ length: count * length }, (_, at) => Math.sin(at * 0.37) + Math.cos(at * 0.011));
}

function filmedFrames(model: ImageTextModel): { readonly pixels: Float32Array; readonly count: number } {
  const preprocessor = new ImagePreprocessor(model.preprocessing);
  const count = films * framesPerFilm;
  const pixels = new Float32Array(count * preprocessor.outputLength);
  for (let film = 0; film < films; film += 1) {
    const script = writeScript(film + 1, {
      actions: worldActions,
      occurrences: 4,
      difficulty: 0.5,
      backgroundS: [1, 3],
    });
    const drawn = openFilm(script, { width: 320, height: 180, fps: 10 });
    for (let at = 0; at < framesPerFilm; at += 1) {
      const { rgb, width, height } = drawn.draw(Math.floor(((at + 0.5) * drawn.frameCount) / framesPerFilm));
      const start = (film * framesPerFilm + at) * preprocessor.outputLength;
      preprocessor.write(rgb, width, height, pixels.subarray(start, start + preprocessor.outputLength));
    }
  }
  return { pixels, count };
}

const rowsOf = (values: Float32Array, width: number): number[][] =>
  Array.from({ length: values.length / width }, (_, row) => [...values.subarray(row * width, (row + 1) * width)]);

const product = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, at) => sum + value * b[at]!, 0);

const best = (scores: readonly number[]): number => scores.indexOf(Math.max(...scores));

const [provider, checkpoint] = process.argv.slice(2) as [LocalProvider, string];
try {
  process.stdout.write(JSON.stringify(await measureProvider(provider, checkpoint)));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
