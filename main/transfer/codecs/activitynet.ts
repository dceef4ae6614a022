import { secondsOf } from '#preload/domain/span.ts';
import type { AnnotationSet, ImportedAnnotations, Written } from '../annotation-set.ts';
import type { Format } from '../format.ts';
import { isRecord, readJson, unreadableAnnotations } from './json-file.ts';
import { possibleRows } from './possible-rows.ts';
import { readAnnotatedVideos } from './video-database.ts';
import { subsetWord } from './subset-words.ts';
import { withoutRejected } from './without-rejected.ts';
import { videoKeys } from '../video-names.ts';

const format = 'an ActivityNet ground truth';

export const activityNet: Format = {
  id: 'activitynet',
  name: 'ActivityNet ground truth',
  extensions: ['json'],
  description:
    'Accepted segments as ActivityNet’s evaluation, ActionFormer and OpenTAD read them; HACS and FineAction are published so.',
  layout: 'file',
  keeps: ['times to the frame', 'overlaps', 'splits'],
  splitByDefault: 'validation',
  read(text, file) {
    const json = readJson(text, file, format);
    if (!isActivityNet(json)) throw unreadableAnnotations(file, format, 'it has no object “database” of videos');
    return possibleRows(readActivityNet(json), file, format);
  },
  write,
};

interface Document {
  readonly database: Record<string, unknown>;
}

/** Whether parsed JSON is `{database: {id: {…}}}`. */
export const isActivityNet = (json: unknown): json is Document => isRecord(json) && isRecord(json['database']);

/** `{database: {id: {subset, annotations}}}` from parsed JSON; impossible times are still in it. */
export const readActivityNet = ({ database }: Document): ImportedAnnotations =>
  readAnnotatedVideos(database, 'database.', 'activitynet');

/**
 * Ground truth as ActivityNet's evaluation, ActionFormer and OpenTAD read it: `duration` is that of the video stream, so
 * that `frame` maps linearly onto it, and labels are class names, counted in `label_id` from 0. What was rejected is left
 * out, since there is no word for it here.
 */
function write(set: AnnotationSet): Written {
  const { segmentsOf, warnings } = withoutRejected(set);
  const labelId = new Map(set.classes.map(({ id }, index) => [id, index]));
  const keys = videoKeys(set.videos);
  const subsetOf = subsetWord(set, { train: 'training', validation: 'validation', test: 'testing' });
  const database = Object.fromEntries(
    set.videos.map(({ id, facts, split }, index) => [
      keys[index]!,
      {
        subset: subsetOf({ split }),
        duration: secondsOf(facts.endUs),
        frame: facts.frameCount,
        fps: facts.averageFps,
        resolution: `${facts.width}x${facts.height}`,
        url: '',
        annotations: segmentsOf(id).map(({ startUs, endUs, classId }) => ({
          segment: [secondsOf(startUs), secondsOf(endUs)],
          label: set.classes[labelId.get(classId)!]!.name,
          label_id: labelId.get(classId)!,
        })),
      },
    ]),
  );
  return {
    text: `${JSON.stringify({ version: `Cuepoint ${set.version}`, taxonomy: [], database }, null, 1)}\n`,
    warnings,
  };
}
