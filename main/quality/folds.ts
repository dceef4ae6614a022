import type { Scene } from '#preload/domain/scene.ts';

/** At most so many parts: each costs a lesson. */
const mostFolds = 10;

/**
 * Videos in parts that are held back in turn. Views of one scene stay together: what one shows is no news in the other.
 *
 * @returns lists of ids, each once, as even as scenes let them be.
 */
export function foldsOf(videoIds: readonly number[], scenes: readonly Scene[]): number[][] {
  const sceneOf = new Map(scenes.flatMap((scene, index) => scene.map(({ videoId }) => [videoId, index] as const)));
  const groups = Map.groupBy(videoIds, (videoId) => sceneOf.get(videoId) ?? `video ${videoId}`);
  const largestFirst = [...groups.values()].toSorted((a, b) => b.length - a.length || a[0]! - b[0]!);
  const folds: number[][] = Array.from({ length: Math.min(mostFolds, groups.size) }, () => []);
  for (const group of largestFirst) {
    const least = folds.reduce((best, fold) => (fold.length < best.length ? fold : best));
    least.push(...group);
  }
  return folds;
}
