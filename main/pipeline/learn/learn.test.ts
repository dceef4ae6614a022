// Protects: what corrections teach in closed form. It is the same for every order of classes and videos, changes nothing
// where there is nothing to learn, and makes segments better where there is.
import { describe, expect, it } from 'vitest';
import { evaluate } from '#main/evaluate/evaluate.ts';
import { classifySpan } from '../classify/classify-span.ts';
import { localise } from '../classify/localise.ts';
import { analyseFeatures } from '../propose/analyse-features.ts';
import type { ClassSet } from '../propose/class-set.ts';
import { defaultLocalisationSettings } from '../propose/localisation-settings.ts';
import { proposeSegments } from '../propose/propose-segments.ts';
import { syntheticWorld } from '../propose/synthetic-video.ts';
import { lookedThrough } from '../tune/synthetic-corrections.ts';
import { learnFromProject, type Project } from './learn-from-project.ts';

const world = syntheticWorld({ classesPerVideo: 3, actionShare: 0.2, noiseShare: 0.6 });
const { dim, classSet } = world;
const classIds = Array.from({ length: 8 }, (_, index) => index + 11);
const films = Array.from({ length: 10 }, (_, index) => {
  const { video, endUs, actions } = world.video(index + 1);
  return { videoId: index + 1, video, actions, analysis: analyseFeatures(video, endUs), endUs };
});

function projectOf(corrected: number, classes: ClassSet = classSet, ids = classIds): Project {
  return {
    dim,
    classIds: ids,
    classSet: classes,
    videos: films.map(({ videoId, video, analysis }) => ({
      videoId,
      grid: analysis.grid,
      features: video.features,
      plain: null,
      proposals: proposeSegments(analysis, classSet).proposals,
    })),
    ...lookedThrough(films.slice(0, corrected), classIds),
  };
}

const inSeconds = (segment: { startUs: number; endUs: number; classIndex: number; score?: number }) => ({
  startS: segment.startUs / 1e6,
  endS: segment.endUs / 1e6,
  label: `class ${segment.classIndex}`,
  score: segment.score ?? 1,
});

/** On the films that nobody corrected. */
function averageMap(corrected: number | null): number {
  const taught = corrected === null ? {} : { taught: learnFromProject(projectOf(corrected)) };
  const test = films.slice(5);
  const truth = new Map(test.map((one) => [`${one.videoId}`, { subset: null, segments: one.actions.map(inSeconds) }]));
  const found = new Map(
    test.map(({ videoId, analysis }) => [
      `${videoId}`,
      localise(analysis, classSet, defaultLocalisationSettings, taught).segments.map(inSeconds),
    ]),
  );
  return evaluate(truth, found, 'thumos14').average_map;
}

describe('learning from corrections', () => {
  it('makes segments of other videos better, and loses nothing before the first correction', () => {
    const untaught = averageMap(null);
    expect(averageMap(0)).toBeGreaterThan(untaught - 0.05);
    expect(averageMap(5)).toBeGreaterThan(untaught + 0.03);
  });

  it('knows nothing but the names without videos', () => {
    const taught = learnFromProject({ ...projectOf(0), videos: [] });
    const { analysis } = films[0]!;
    expect(localise(analysis, classSet, defaultLocalisationSettings, { taught }).segments).toEqual(
      localise(analysis, classSet).segments,
    );
  });

  it('says the same of a class wherever it stands in the list', () => {
    const turned = [3, 0, 7, 1, 5, 2, 6, 4];
    const rows = turned.flatMap((row) => [...classSet.classEmbeddings.subarray(row * dim, (row + 1) * dim)]);
    const permuted = { ...classSet, classEmbeddings: Float32Array.from(rows) };
    const taught = learnFromProject(projectOf(4));
    const other = learnFromProject(
      projectOf(
        4,
        permuted,
        turned.map((row) => classIds[row]!),
      ),
    );
    const { analysis, actions } = films[8]!;
    const span = actions[0]!;
    const own = classifySpan(analysis, classSet, { span, top: 8, taught });
    for (const { classIndex, probability } of classifySpan(analysis, permuted, { span, top: 8, taught: other }))
      expect(probability).toBeCloseTo(own.find((one) => one.classIndex === turned[classIndex])!.probability, 6);
  });
});
