import { Failure } from '#preload/domain/failure.ts';
import { say } from '#preload/domain/saying.ts';
import { floats, type TensorValue } from './runtime/tensor-value.ts';

/** Texts in one run of a text encoder: bounds memory, since activations grow with texts × tokens. */
const textsPerRun = 64;

/** Checks a batch of pixels `[batch, 3, size, size]` and encodes it; an empty batch gives an empty answer. */
export async function encodeImageBatch(
  pixels: Float32Array,
  batch: number,
  size: number,
  encode: (pixels: TensorValue) => Promise<Float32Array>,
): Promise<Float32Array> {
  if (pixels.length !== batch * 3 * size * size) {
    throw new Failure(
      'bad-input',
      say('{{batch}} pictures of {{size}}×{{size}} take {{wanted}} numbers, not {{given}}.', {
        batch,
        size,
        wanted: batch * 3 * size * size,
        given: pixels.length,
      }),
    );
  }
  return batch === 0 ? new Float32Array() : encode(floats(pixels, [batch, 3, size, size]));
}

/** Encodes token lists in bounded runs, short ones together, and gives the features `[K, width]` in the order asked. */
export async function encodeTextBatches(
  texts: readonly (readonly number[])[],
  width: number,
  encode: (batch: readonly (readonly number[])[]) => Promise<Float32Array>,
): Promise<Float32Array> {
  const features = new Float32Array(texts.length * width);
  const byLength = [...texts.keys()].toSorted((a, b) => texts[a]!.length - texts[b]!.length);
  for (let start = 0; start < byLength.length; start += textsPerRun) {
    const rows = byLength.slice(start, start + textsPerRun);
    const encoded = await encode(rows.map((row) => texts[row]!));
    rows.forEach((row, at) => features.set(encoded.subarray(at * width, (at + 1) * width), row * width));
  }
  return features;
}
