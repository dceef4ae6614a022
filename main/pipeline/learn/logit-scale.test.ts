// Protects: a model whose texts lie close together and whose logit scale is large says, and learns, the same as one whose
// texts lie far apart and whose scale is small; scores are probabilities for both.
import { describe, expect, it } from 'vitest';
import { localise } from '../classify/localise.ts';
import { analyseFeatures } from '../propose/analyse-features.ts';
import type { ClassSet } from '../propose/class-set.ts';
import { defaultLocalisationSettings } from '../propose/localisation-settings.ts';
import { proposeSegments } from '../propose/propose-segments.ts';
import { syntheticWorld } from '../propose/synthetic-video.ts';
import { lookedThrough } from '../tune/synthetic-corrections.ts';
import { learnFromProject } from './learn-from-project.ts';

const world = syntheticWorld({ classesPerVideo: 3, durationS: 60, actionsPerVideo: 4 });
const small: ClassSet = { ...world.classSet, logitScale: 18.9 };
const closeness = small.logitScale / 100;

/** Rows `[n, D]` as `[n, D + 1]`: shrunk by `share`, and what is missing to length 1 in one more column. */
function widened(rows: Float32Array, share: number): Float32Array {
  const { dim } = world;
  return Float32Array.from({ length: (rows.length / dim) * (dim + 1) }, (_, at) => {
    const column = at % (dim + 1);
    return column === dim ? Math.sqrt(1 - share * share) : share * rows[Math.floor(at / (dim + 1)) * dim + column]!;
  });
}

const large: ClassSet = {
  classEmbeddings: widened(small.classEmbeddings, closeness),
  backgroundEmbeddings: widened(small.backgroundEmbeddings, closeness),
  logitScale: 100,
};

/** Segments of a film by the names, and after three others were corrected. */
function segmentsBy(classSet: ClassSet, dim: number) {
  const films = [1, 2, 3, 4].map((videoId) => {
    const { video, endUs, actions } = world.video(videoId);
    const features = dim === world.dim ? video.features : widened(video.features, 1);
    const analysis = analyseFeatures({ ...video, features, dim }, endUs);
    const { proposals } = proposeSegments(analysis, classSet);
    return { videoId, endUs, actions, analysis, grid: analysis.grid, features, plain: null, proposals };
  });
  const classIds = Array.from({ length: 8 }, (_, index) => index);
  const taught = learnFromProject({
    dim,
    classIds,
    classSet,
    videos: films,
    ...lookedThrough(films.slice(0, 3), classIds),
  });
  const { analysis } = films[3]!;
  return [{}, { taught }].map((extras) => localise(analysis, classSet, defaultLocalisationSettings, extras).segments);
}

describe('logit scales', () => {
  it('of 18.9 and of 100 lead to the same decisions, before and after corrections', () => {
    const [bySmall, byLarge] = [segmentsBy(small, world.dim), segmentsBy(large, world.dim + 1)];
    for (const [at, segments] of bySmall.entries()) {
      const surest = segments.filter(({ score }) => score > 0.05);
      expect(surest.length).toBeGreaterThan(0);
      for (const { startUs, endUs, classIndex, score } of surest) {
        const other = byLarge[at]!.find(
          (one) => one.startUs === startUs && one.endUs === endUs && one.classIndex === classIndex,
        );
        expect(other?.score).toBeCloseTo(score, 3);
      }
    }
  });
});
