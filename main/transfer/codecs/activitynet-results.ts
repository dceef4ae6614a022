import { say } from '#preload/domain/saying.ts';
import { secondsOf } from '#preload/domain/span.ts';
import type { AnnotationSet, ImportedAnnotations, Written } from '../annotation-set.ts';
import type { Format } from '../format.ts';
import { videoKeys } from '../video-names.ts';
import { isRecord, readJson, unreadableAnnotations } from './json-file.ts';
import { possibleRows } from './possible-rows.ts';
import { readPredictedVideos } from './video-database.ts';
import { withoutRejected } from './without-rejected.ts';

const format = say('an ActivityNet prediction file');

export const activityNetResults: Format = {
  id: 'activitynet-results',
  name: 'ActivityNet predictions',
  extensions: ['json'],
  description: 'Scored segments as ActivityNet’s evaluation reads predictions.',
  layout: 'file',
  keeps: ['times to the frame', 'overlaps', 'scores'],
  read(text, file) {
    const results = readActivityNetResults(readJson(text, file, format));
    if (results === null) throw unreadableAnnotations(file, format, say('it has no object “results” of videos'));
    return possibleRows(results, file, format);
  },
  write,
};

/**
 * `{results: {id: [{label, segment, score}]}}` from parsed JSON, the same under `database` (ActionFormer) or at the top
 * level; null where it is in none of these shapes. Impossible times are still in it.
 */
export function readActivityNetResults(json: unknown): ImportedAnnotations | null {
  if (!isRecord(json)) return null;
  for (const key of ['results', 'database']) {
    const videos = json[key];
    if (isRecord(videos)) return readPredictedVideos(videos, `${key}.`, 'activitynet-results');
  }
  const videos = Object.values(json);
  return videos.length > 0 && videos.every(Array.isArray) ? readPredictedVideos(json, '', 'activitynet-results') : null;
}

/** Predictions as ActivityNet's evaluation reads them, best first; what a person drew counts as certain. */
function write(set: AnnotationSet): Written {
  const { segmentsOf, warnings } = withoutRejected(set);
  const className = new Map(set.classes.map(({ id, name }) => [id, name]));
  const keys = videoKeys(set.videos);
  const results = Object.fromEntries(
    set.videos.map(({ id }, index) => [
      keys[index]!,
      segmentsOf(id)
        .map(({ startUs, endUs, classId, score }) => ({
          label: className.get(classId)!,
          segment: [secondsOf(startUs), secondsOf(endUs)],
          score: score ?? 1,
        }))
        .sort((a, b) => b.score - a.score),
    ]),
  );
  return {
    text: `${JSON.stringify({ version: `Cuepoint ${set.version}`, results, external_data: {} }, null, 1)}\n`,
    warnings,
  };
}
