import type { ExportOptions } from '#preload/contract/work.ts';
import type { Segment } from '#preload/domain/segment.ts';
import type { OpenProject } from '../project/open-project.ts';
import type { AnnotationSet } from './annotation-set.ts';

/** The part of a project that these options ask for. A segment without a score passes every minimum score. */
export function annotationSetOf(project: OpenProject, options: ExportOptions): AnnotationSet {
  const { database, settings } = project;
  const wanted = options.videoIds === null ? null : new Set(options.videoIds.map((id) => project.video(id).id));
  const videos = database.videos
    .present()
    .filter(({ id }) => wanted === null || wanted.has(id))
    .sort((a, b) => compareText(a.name, b.name) || compareText(a.checksum, b.checksum))
    .map(({ id, name, absolutePath, checksum, facts, split }) => ({
      id,
      name,
      path: absolutePath.replaceAll('\\', '/'),
      checksum,
      facts,
      split,
      frames: () => project.frames(id),
    }));
  const classes = database.classes.present();
  const classOrder = new Map(classes.map(({ id }, index) => [id, index]));
  const segments = videos.flatMap(({ id }) =>
    database.segments
      .ofVideo(id)
      .filter(({ state, score }) => options.states.includes(state) && (score === null || score >= options.minimumScore))
      .sort((a, b) => compareSegments(a, b, classOrder)),
  );
  return {
    videos,
    classes,
    segments,
    attributes: database.attributes.present(),
    reviews: videos.flatMap(({ id }) => database.reviews.ofVideo(id)),
    version: project.appVersion,
    samplingFps: settings.samplingFps,
    ...(settings.model !== null && { model: settings.model }),
    options,
  };
}

/** By code unit: the same on every machine, whatever its language. */
const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function compareSegments(a: Segment, b: Segment, classOrder: ReadonlyMap<number, number>): number {
  return (
    a.startUs - b.startUs ||
    a.endUs - b.endUs ||
    classOrder.get(a.classId)! - classOrder.get(b.classId)! ||
    compareText(restOf(a), restOf(b))
  );
}

/** What else tells two segments apart, row ids left out. */
const restOf = ({ state, score, source, touched, ranking, note, subject, ambiguous, attributes }: Segment): string =>
  JSON.stringify([
    state,
    score,
    source,
    touched,
    ranking.map(({ probability }) => probability),
    note,
    subject,
    ambiguous,
    Object.values(attributes ?? {}),
  ]);
