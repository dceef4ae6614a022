// Protects: frames that hardly differ share a picture, those in which something small moves do not; batches begin anew, so
// that one who goes on after any of them makes the same; every frame has its row, whatever its neighbours.
import { expect, test } from 'vitest';
import type { FrameSource, VideoFrame } from '#main/media/frame-source.ts';
import type { ImagePreprocessing } from '#native-models/image/image-preprocessing.ts';
import { distinctBatches } from './distinct-batches.ts';

const side = 56;
const preprocessing: ImagePreprocessing = {
  resize: 'shortest-edge',
  size: side,
  cropWidth: side,
  cropHeight: side,
  resample: 'bicubic',
  rescale: 1 / 255,
  mean: [0.48, 0.46, 0.41],
  std: [0.27, 0.26, 0.28],
};

/** What a film shows, frame by frame: its grey, how much of noise, and where a small bright square stands (null: nowhere). */
interface Scene {
  readonly grey: number;
  readonly noise?: number;
  readonly square?: number;
}

function filmOf(scenes: readonly Scene[]): Pick<FrameSource, 'framesAtIndices'> {
  return {
    async *framesAtIndices(indices: Iterable<number>): AsyncGenerator<VideoFrame> {
      for (const index of indices) {
        const { grey, noise = 0, square } = scenes[index]!;
        const rgb = Uint8Array.from({ length: side * side * 3 }, (_, at) => grey + noise * Math.sin(at * 37 + index));
        if (square !== undefined)
          for (let y = 20; y < 26; y += 1) rgb.fill(250, 3 * (y * side + square), 3 * (y * side + square + 6));
        const lease = { [Symbol.dispose]: () => undefined };
        yield {
          index,
          startUs: index * 250_000,
          atUs: index * 250_000,
          exact: true,
          rgb,
          width: side,
          height: side,
          ...lease,
        };
      }
    },
  };
}

/** For each frame, the first number of the picture that it shows; and how many pictures and frames each batch has. */
async function look(scenes: readonly Scene[], from = 0, largestSize = 4) {
  const indices = Int32Array.from({ length: scenes.length - from }, (_, at) => from + at);
  const batches = distinctBatches(filmOf(scenes), indices, { preprocessing, largestSize, spare: [] });
  const shown: number[] = [];
  const sizes: [pictures: number, frames: number][] = [];
  const timesUs: number[] = [];
  for await (const batch of batches) {
    const length = 3 * side * side;
    for (const picture of batch.pictureOf!) shown.push(Number(batch.pixels[picture * length]!.toFixed(5)));
    sizes.push([batch.pictures, batch.timesUs.length]);
    timesUs.push(...batch.timesUs);
  }
  return { shown, sizes, timesUs };
}

const still = (count: number, grey = 100): Scene[] => Array.from({ length: count }, () => ({ grey, noise: 1 }));

test('a still film is looked at once a batch of 64 frames, and each frame has its row', async () => {
  const { sizes, timesUs } = await look(still(150));
  expect(sizes).toEqual([
    [1, 64],
    [1, 64],
    [1, 22],
  ]);
  expect(timesUs).toEqual(Array.from({ length: 150 }, (_, at) => at * 250_000));
});

test('a film that moves has a picture for each frame, in full batches', async () => {
  const { sizes } = await look(Array.from({ length: 10 }, (_, at) => ({ grey: 10 + 20 * at })));
  expect(sizes).toEqual([
    [4, 4],
    [4, 4],
    [2, 2],
  ]);
});

test('something small that moves is not lost, and a slow change is held against the picture that is kept', async () => {
  const moving = Array.from({ length: 8 }, (_, at) => ({ grey: 100, square: 5 * at }));
  expect((await look(moving)).sizes).toEqual([
    [4, 4],
    [4, 4],
  ]);
  // One grey level brighter is as good as the same picture, two are another.
  const slow = Array.from({ length: 12 }, (_, at) => ({ grey: 100 + Math.floor(at / 2) }));
  const { shown, sizes } = await look(slow);
  expect(new Set(shown).size).toBe(3);
  expect(sizes).toEqual([[3, 12]]);
});

test('going on after any batch makes the batches that one go makes', async () => {
  const scenes = [...still(70), ...Array.from({ length: 9 }, (_, at) => ({ grey: 20 * at })), ...still(9, 40)];
  const whole = await look(scenes);
  let from = 0;
  for (const [, frames] of whole.sizes) {
    const rest = await look(scenes, from);
    expect(rest.shown).toEqual(whole.shown.slice(from));
    from += frames;
  }
  expect(from).toBe(scenes.length);
});

test('no film, no batch', async () => {
  expect((await look([])).sizes).toEqual([]);
});
