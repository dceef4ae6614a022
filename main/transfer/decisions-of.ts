import type { Segment } from '#preload/domain/segment.ts';
import { secondsOf } from '#preload/domain/span.ts';
import { isUntouchedProposal } from '../annotation/replace-proposals.ts';
import type { ProjectDatabase } from '../database/project-database.ts';
import { MergedAnnotations } from './merged-annotations.ts';
import { definitionOf, detailsOf, examplesBySegment, meaningOf } from './said-details.ts';
import type { FileOfAnnotations } from './read-on-thread.ts';

/** What people decided in a project, video by video; videos about which nobody decided anything are left out. */
export function decisionsOf(database: ProjectDatabase, name: string): FileOfAnnotations {
  const classes = database.classes.present();
  const told = classes.map((one) => ({ ...one, ...meaningOf(one, classes) }));
  const attributes = database.attributes.present();
  const defined = attributes.map((one) => definitionOf(one, classes));
  const classIndex = new Map(classes.map(({ id }, index) => [id, index]));
  const examples = examplesBySegment(classes.map((one) => one.examples ?? []));
  const said = new MergedAnnotations();
  for (const video of database.videos.present()) {
    const decided = database.segments.ofVideo(video.id).filter((segment) => !isUntouchedProposal(segment));
    const reviews = database.reviews
      .ofVideo(video.id)
      .flatMap(({ classId, state }) =>
        state === 'unseen' || !classIndex.has(classId) ? [] : [{ class: classIndex.get(classId)!, state }],
      );
    if (decided.length + reviews.length === 0) continue;
    said.add({
      classes: told,
      attributes: defined,
      videos: [
        {
          fileName: video.absolutePath.replaceAll('\\', '/'),
          checksum: video.checksum,
          subset: video.split,
          reviews,
        },
      ],
      segments: decided.map((segment) => ({
        ...saidSegment(segment, classIndex, `${name}, segment ${segment.id}`),
        ...detailsOf(segment, attributes),
        ...(examples.has(segment.id) && { exampleOf: examples.get(segment.id)! }),
      })),
      faults: [],
    });
  }
  const { videos, segments, faults, segmentsOfVideo } = said;
  return {
    classes: said.classes,
    attributes: said.attributes,
    videos,
    segments,
    faults,
    segmentsOfVideo,
    warnings: [],
  };
}

/** Microseconds are whole: in seconds and back they are the same. */
const saidSegment = (segment: Segment, classIndex: ReadonlyMap<number, number>, place: string) => ({
  place,
  video: 0,
  class: classIndex.get(segment.classId)!,
  startS: secondsOf(segment.startUs),
  endS: secondsOf(segment.endUs),
  state: segment.state,
  isStateSaid: true,
  score: segment.score,
  source: segment.source,
  touched: segment.touched,
  ranking: segment.ranking.flatMap(({ classId, probability }) => {
    const index = classIndex.get(classId);
    return index === undefined ? [] : [{ class: index, probability }];
  }),
  note: segment.note,
  ...(segment.annotator !== undefined && { annotator: segment.annotator }),
});
