import type { InstantAdapter } from '../classify/instant-adapter.ts';
import { similarities } from '../vectors/similarity.ts';
import type { VideoFeatures } from './shot-features.ts';
import type { Shot } from './training-shots.ts';
import type { TuningTask } from './tuning-task.ts';

/** Corrected shots as keys of the instant adapter, whatever its strength. */
export type AdapterKeys = Omit<InstantAdapter, 'alpha' | 'beta'> & { readonly baselines: Float32Array };

/**
 * Shots and their features `[B, D]` (unit rows) as keys. A shot of several classes is a key of each; background is a key
 * of the background text that it fits best, and of none where there are no such texts.
 */
export function adapterKeys(task: TuningTask, shots: readonly Shot[], features: Float32Array): AdapterKeys {
  const { dim, classIds, background } = task;
  const means = new Map(
    [...new Set(shots.map(({ videoId }) => videoId))].map((id) => [id, meanOfVideo(task.videos.get(id)!, dim)]),
  );
  const backgrounds = background.length / dim;
  const fits = similarities(features, background, dim);
  const entries = shots.flatMap((shot, row) => {
    const columns =
      shot.classIds.length > 0
        ? shot.classIds.map((id) => classIds.indexOf(id))
        : nearestColumn(fits, row, backgrounds, classIds.length);
    return columns.map((column) => ({ column, row, videoId: shot.videoId }));
  });
  const keys = new Float32Array(entries.length * dim);
  const baselines = new Float32Array(entries.length);
  for (const [key, { row, videoId }] of entries.entries()) {
    const feature = features.subarray(row * dim, (row + 1) * dim);
    keys.set(feature, key * dim);
    baselines[key] = similarities(feature, means.get(videoId)!, dim)[0]!;
  }
  return { keys, classIndices: Int32Array.from(entries, ({ column }) => column), baselines };
}

function nearestColumn(fits: Float32Array, row: number, backgrounds: number, classes: number): number[] {
  if (backgrounds === 0) return [];
  const own = [...fits.subarray(row * backgrounds, (row + 1) * backgrounds)];
  return [classes + own.indexOf(Math.max(...own))];
}

/** `[D]`, unit length. */
function meanOfVideo({ features }: VideoFeatures, dim: number): Float32Array {
  const mean = new Float64Array(dim);
  for (let at = 0; at < features.length; at += 1) mean[at % dim]! += features[at]!;
  const length = Math.hypot(...mean) || 1;
  return Float32Array.from(mean, (value) => value / length);
}
