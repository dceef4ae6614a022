import { normaliseRows } from '../features/unit-rows.ts';
import { dim } from '../graph/dimension.ts';
import { lowerToOnnx } from '../graph/lower-to-onnx.ts';
import { input } from '../graph/tensor.ts';
import type { Provider } from '../runtime/plan.ts';
import { openSession } from '../runtime/session.ts';
import { floats, floatsOf } from '../runtime/tensor-value.ts';
import { temporalParameters, temporalTransformer, type TemporalShape } from './temporal-transformer.ts';

/** A trained temporal module at work. */
export interface TemporalModule extends AsyncDisposable {
  /** Dense features of clips of T frames, `[B, T, D]` → `[B, T, D]`, not normalised. */
  clips(frames: Float32Array, count: number): Promise<Float32Array>;
  /** Dense features of a whole video, `[N, D]` → `[N, D]` unit rows: windows of T, half overlapping, averaged. */
  video(features: Float32Array): Promise<Float32Array>;
}

const windowsPerRun = 64;

/** Opens a module with what it `learned`: by name, row-major in the shapes of `temporalParameterShapes`. */
export async function openTemporal(
  shape: TemporalShape,
  learned: ReadonlyMap<string, Float32Array>,
  provider: Provider,
): Promise<TemporalModule> {
  const parameters = temporalParameters(shape);
  const { width, frames: length } = shape;
  const dense = temporalTransformer(input('frames', [dim('clips'), length, width]), shape, parameters);
  const session = await openSession(lowerToOnnx({ dense }), { provider });
  const weights = Object.fromEntries(
    [...parameters].map(([name, tensor]) => [name, floats(learned.get(name)!, tensor.shape as readonly number[])]),
  );
  const clips = async (frames: Float32Array, count: number): Promise<Float32Array> =>
    floatsOf(await session.run({ frames: floats(frames, [count, length, width]), ...weights }), 'dense');
  return {
    clips,
    async video(features) {
      const rows = features.length / width;
      const sums = new Float32Array(features.length);
      const starts = windowStarts(rows, length);
      for (let first = 0; first < starts.length; first += windowsPerRun) {
        const batch = starts.slice(first, first + windowsPerRun);
        const frames = new Float32Array(batch.length * length * width);
        batch.forEach((start, clip) => {
          for (let frame = 0; frame < length; frame += 1) {
            // A video shorter than the window repeats its last row, as its training clips did.
            const row = Math.min(start + frame, rows - 1);
            frames.set(features.subarray(row * width, (row + 1) * width), (clip * length + frame) * width);
          }
        });
        const answer = await clips(frames, batch.length);
        batch.forEach((start, clip) => {
          for (let at = 0; at < Math.min(length, rows - start) * width; at += 1)
            sums[start * width + at]! += answer[clip * length * width + at]!;
        });
      }
      // A sum over windows points the same way as their mean, and only the direction matters.
      return normaliseRows(sums, width);
    },
    [Symbol.asyncDispose]: () => session[Symbol.asyncDispose](),
  };
}

/** Starts of half-overlapping windows that together cover `rows`. */
function windowStarts(rows: number, length: number): number[] {
  const starts: number[] = [];
  for (let start = 0; start + length < rows; start += Math.max(1, length >> 1)) starts.push(start);
  starts.push(Math.max(0, rows - length));
  return starts;
}
