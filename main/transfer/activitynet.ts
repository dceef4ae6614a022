import { parse as pathParts } from 'node:path/posix';
import { z } from 'zod';
import { microsecondsOf, secondsOf } from '#preload/domain/span.ts';
import type { AnnotationSet, ExportedVideo, ImportedAnnotations, ImportedSegment, Written } from './annotation-set.ts';
import { readJson, unreadableAnnotations } from './read-json.ts';

const segment = z.tuple([z.number(), z.number()], { error: 'a time segment [start, end] in seconds is needed' });
const groundTruth = z.looseObject({
  database: z.record(
    z.string(),
    z.looseObject({ annotations: z.array(z.looseObject({ segment, label: z.string().trim().min(1).max(200) })) }),
  ),
});
const results = z.looseObject({
  results: z.record(
    z.string(),
    z.array(z.looseObject({ segment, label: z.string().trim().min(1).max(200), score: z.number() })),
  ),
});

/**
 * Ground truth as ActivityNet's evaluation, ActionFormer and OpenTAD read it: `duration` is that of the video stream, so
 * that `frame` maps linearly onto it, and labels are class names, counted in `label_id` from 0. What was rejected is left
 * out, since there is no word for it here.
 */
export function formatGroundTruth(set: AnnotationSet): Written {
  const labelId = new Map(set.classes.map(({ id }, index) => [id, index]));
  const className = new Map(set.classes.map(({ id, name }) => [id, name]));
  const held = set.segments.filter(({ state }) => state !== 'rejected');
  const database = eachVideo(set, ({ id, facts }) => ({
    subset: 'validation',
    duration: secondsOf(facts.endUs),
    frame: facts.frameCount,
    fps: facts.averageFps,
    resolution: `${facts.width}x${facts.height}`,
    url: '',
    annotations: held
      .filter(({ videoId }) => videoId === id)
      .map(({ startUs, endUs, classId }) => ({
        segment: [secondsOf(startUs), secondsOf(endUs)],
        label: className.get(classId)!,
        label_id: labelId.get(classId)!,
      })),
  }));
  const left = set.segments.length - held.length;
  return {
    text: `${JSON.stringify({ version: `Cuepoint ${set.version}`, taxonomy: [], database }, null, 1)}\n`,
    warnings:
      left > 0 ? [`${left} rejected segments were left out: ActivityNet ground truth has no word for them.`] : [],
  };
}

/** Predictions as ActivityNet's evaluation reads them, best first; what a person drew counts as certain. */
export function formatResults(set: AnnotationSet): Written {
  const className = new Map(set.classes.map(({ id, name }) => [id, name]));
  const held = set.segments.filter(({ state }) => state !== 'rejected');
  const predictions = eachVideo(set, ({ id }) =>
    held
      .filter(({ videoId }) => videoId === id)
      .map(({ startUs, endUs, classId, score }) => ({
        label: className.get(classId)!,
        segment: [secondsOf(startUs), secondsOf(endUs)],
        score: score ?? 1,
      }))
      .sort((a, b) => b.score - a.score),
  );
  const left = set.segments.length - held.length;
  return {
    text: `${JSON.stringify({ version: `Cuepoint ${set.version}`, results: predictions, external_data: {} }, null, 1)}\n`,
    warnings: left > 0 ? [`${left} rejected segments were left out of the predictions.`] : [],
  };
}

/** Reads ground truth (accepted segments). Fails with `unreadable-annotations`. */
export function parseGroundTruth(text: string): ImportedAnnotations {
  const { database } = readJson(text, groundTruth, 'an ActivityNet ground truth');
  return collect(
    Object.entries(database).map(([name, { annotations }]) => ({
      name,
      rows: annotations.map((row) => ({ ...row, score: null })),
    })),
  );
}

/** Reads predictions (proposals with a score). Fails with `unreadable-annotations`. */
export function parseResults(text: string): ImportedAnnotations {
  const document = readJson(text, results, 'an ActivityNet prediction file');
  return collect(Object.entries(document.results).map(([name, rows]) => ({ name, rows })));
}

/** Videos are named by file name without extension, as these files do; where two share that, by the whole file name. */
function eachVideo<Value>({ videos }: AnnotationSet, valueOf: (video: ExportedVideo) => Value): Record<string, Value> {
  const stem = ({ name }: ExportedVideo) => pathParts(name).name;
  const isShared = (video: ExportedVideo) => videos.filter((other) => stem(other) === stem(video)).length > 1;
  return Object.fromEntries(videos.map((video) => [isShared(video) ? video.name : stem(video), valueOf(video)]));
}

function collect(
  videos: readonly {
    readonly name: string;
    readonly rows: readonly {
      readonly segment: [number, number];
      readonly label: string;
      readonly score: number | null;
    }[];
  }[],
): ImportedAnnotations {
  const labels = [...new Set(videos.flatMap(({ rows }) => rows.map(({ label }) => label)))];
  return {
    classes: labels.map((name) => ({ name })),
    videos: videos.map(({ name }) => ({ fileName: name, checksum: null, reviews: [] })),
    segments: videos.flatMap(({ name, rows }, video) =>
      rows.map(({ segment: [startS, endS], label, score }, index): ImportedSegment => {
        if (!(endS > startS)) {
          throw unreadableAnnotations(
            'an ActivityNet file',
            `annotation ${index + 1} of ${name} must end after it starts`,
          );
        }
        return {
          video,
          class: labels.indexOf(label),
          startUs: microsecondsOf(startS),
          endUs: microsecondsOf(endS),
          state: score === null ? 'accepted' : 'proposed',
          score,
          source: { kind: 'import', format: score === null ? 'activitynet' : 'activitynet-results' },
          touched: score === null,
          ranking: [],
          note: '',
        };
      }),
    ),
  };
}
