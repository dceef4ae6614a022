import { retrievalMetrics } from '#main/evaluate/retrieval-metrics.ts';
import { similarities } from '#main/pipeline/vectors/similarity.ts';
import { meanFeature } from '#main/pipeline/tune/shot-features.ts';
import { worldActions } from '#main/lab/world/actions.ts';
import type { Measurements } from './measurements.ts';
import type { RenderedWorld, SeenVideo } from './rendered-world.ts';

export const retrieval = 'retrieval';

/** Each action's name against one trimmed clip of every action: how high its own comes, averaged over galleries. */
export async function measureRetrieval(
  { model, module }: RenderedWorld,
  clips: readonly SeenVideo[],
  measurements: Measurements,
): Promise<void> {
  const { dim } = model;
  const count = worldActions.length;
  const texts = await model.encodeTexts(worldActions.map(({ phrases }) => phrases[0]));
  const views = [
    ['mean of frames', (video: SeenVideo) => video.features.features],
    ...(module === null ? [] : [['temporal module', (video: SeenVideo) => video.seen] as const]),
  ] as const;
  for (const [view, featuresOf] of views) {
    const galleries = Array.from({ length: clips.length / count }, (_, round) => {
      const gallery = new Float32Array(count * dim);
      for (const [at, video] of clips.slice(round * count, (round + 1) * count).entries()) {
        const seen = { features: featuresOf(video), timesUs: video.features.timesUs };
        gallery.set(meanFeature(seen, video.actions[0]!, dim), at * dim);
      }
      return retrievalMetrics(similarities(texts, gallery, dim), count);
    });
    const mean = (of: (metrics: (typeof galleries)[number]) => number): number =>
      galleries.reduce((sum, metrics) => sum + of(metrics), 0) / galleries.length;
    const about = { task: retrieval, split: `text to clip, ${count} actions`, shots: 0, method: `zero-shot, ${view}` };
    measurements.add(
      { ...about, metric: 'R@1' },
      mean(({ recallAt1 }) => recallAt1),
    );
    measurements.add(
      { ...about, metric: 'R@5' },
      mean(({ recallAt5 }) => recallAt5),
    );
    measurements.add(
      { ...about, metric: 'R@10' },
      mean(({ recallAt10 }) => recallAt10),
    );
    measurements.add(
      { ...about, metric: 'MedR' },
      mean(({ medianRank }) => medianRank),
    );
  }
}
