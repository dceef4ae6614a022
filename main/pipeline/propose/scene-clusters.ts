import type { SpanMeans } from '../vectors/span-means.ts';

/** More leaders than this cannot change the answer "one or several". */
const maxLeaders = 32;

/**
 * Whether the video shows at least two different scenes, each for at least `minShare` of the samples. The stretches
 * between change points are grouped in order of time with the first stretch that looks like them (leader clustering).
 */
export function hasSeveralScenes(
  means: SpanMeans,
  changePoints: readonly number[],
  settings: { readonly sceneMinCosine: number; readonly sceneMinShare: number },
): boolean {
  const sampleCount = changePoints.at(-1)!;
  const leaders: { readonly direction: Float64Array; samples: number }[] = [];
  for (let index = 1; index < changePoints.length; index += 1) {
    const start = changePoints[index - 1]!;
    const end = changePoints[index]!;
    const direction = means.unitMean(start, end, new Float64Array(means.dim));
    let leader = leaders.find((candidate) => dot(candidate.direction, direction) >= settings.sceneMinCosine);
    if (!leader) {
      if (leaders.length === maxLeaders) continue;
      leader = { direction, samples: 0 };
      leaders.push(leader);
    }
    leader.samples += end - start;
  }
  return leaders.filter((leader) => leader.samples >= settings.sceneMinShare * sampleCount).length >= 2;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < a.length; index += 1) sum += a[index]! * b[index]!;
  return sum;
}
