// Protects: trained parts are tried wherever there is anything that they could find, and nowhere else.
import { describe, expect, it } from 'vitest';
import { analyseFeatures } from '../propose/analyse-features.ts';
import { syntheticWorld } from '../propose/synthetic-video.ts';
import { lookedThrough } from '../tune/synthetic-corrections.ts';
import { isAllFound } from './all-found.ts';
import { JudgedProject } from './judged-project.ts';

/** Videos looked through, of scenes that hide more or less of what happens. */
function projectOf(sceneShare: number, videoCount: number): JudgedProject {
  const world = syntheticWorld({ classCount: 3, classesPerVideo: 3, actionShare: 0.6, noiseShare: 0.2, sceneShare });
  const classIds = [11, 12, 13];
  const films = Array.from({ length: videoCount }, (_, index) => {
    const { video, endUs, actions } = world.video(index + 1);
    const analysis = analyseFeatures(video, endUs);
    return { videoId: index + 1, analysis, features: analysis.features, endUs, actions };
  });
  return new JudgedProject({ classIds, names: world.classSet, videos: films, ...lookedThrough(films, classIds) });
}

describe('all there is to find', () => {
  it('is found where nothing is in doubt, and is not where much is', () => {
    expect(isAllFound(projectOf(0, 3))).toBe(true);
    expect(isAllFound(projectOf(1, 3))).toBe(false);
  });

  it('is not known to be found where nothing can be held back', () => {
    expect(isAllFound(projectOf(0, 1))).toBe(false);
  });
});
