import { say } from '#preload/domain/saying.ts';
import { secondsOf } from '#preload/domain/span.ts';
import type { AnnotationSet, ImportedAnnotations, Written } from '../annotation-set.ts';
import type { Format } from '../format.ts';
import { videoKeys } from '../video-names.ts';
import { readJson, unreadableAnnotations } from './json-file.ts';
import { possibleRows } from './possible-rows.ts';
import { isAnnotatedVideos, readAnnotatedVideos } from './video-database.ts';
import { withoutRejected } from './without-rejected.ts';

const format = say('an MMAction2 annotation file');
/** MMAction2 takes the first two letters of every name away before it scores. */
const prefix = 'v_';

export const mmaction2: Format = {
  id: 'mmaction2',
  name: 'MMAction2 ActivityNet JSON',
  extensions: ['json'],
  description: 'Accepted segments by video, as MMAction2’s localisation data sets read them.',
  layout: 'file',
  keeps: ['times to the frame', 'overlaps', 'splits'],
  read(text, file) {
    const json = readJson(text, file, format);
    if (!isAnnotatedVideos(json)) throw unreadableAnnotations(file, format, say('no video of it has “annotations”'));
    return possibleRows(readMmaction2(json), file, format);
  },
  write,
};

/** `{id: {annotations}}` from parsed JSON; impossible times are still in it. */
export const readMmaction2 = (json: Record<string, unknown>): ImportedAnnotations =>
  readAnnotatedVideos(json, '', 'mmaction2');

const subsetWords = { train: 'training', validation: 'validation', test: 'testing' } as const;

/** Every name begins with `v_`; features are taken to be as many as frames. */
function write(set: AnnotationSet): Written {
  const { segmentsOf, warnings } = withoutRejected(set);
  const className = new Map(set.classes.map(({ id, name }) => [id, name]));
  const keys = videoKeys(set.videos);
  const videos = Object.fromEntries(
    set.videos.map(({ id, facts, split }, index) => [
      keys.every((key) => key.startsWith(prefix)) ? keys[index]! : `${prefix}${keys[index]!}`,
      {
        duration_second: secondsOf(facts.endUs),
        duration_frame: facts.frameCount,
        feature_frame: facts.frameCount,
        fps: facts.averageFps,
        rfps: facts.averageFps,
        // As ActivityNet names it; MMAction2 takes a file for each part and passes over this.
        ...(split !== null && { subset: subsetWords[split] }),
        annotations: segmentsOf(id).map(({ startUs, endUs, classId }) => ({
          segment: [secondsOf(startUs), secondsOf(endUs)],
          label: className.get(classId)!,
        })),
      },
    ]),
  );
  return { text: `${JSON.stringify(videos, null, 1)}\n`, warnings };
}
