import type { Segment } from '#preload/domain/segment.ts';
import type { AnnotationSet, ExportedVideo } from '../annotation-set.ts';
import { videoFileNames, videoKeys } from '../video-names.ts';
import { withoutRejected } from './without-rejected.ts';
import type { Saying } from '#preload/domain/saying.ts';

export interface HeldVideo {
  readonly video: ExportedVideo;
  /** File name, with folders where a name alone would not do. */
  readonly name: string;
  /** The same without extension where that is enough. */
  readonly key: string;
  readonly segments: readonly HeldSegment[];
}

export interface HeldSegment extends Segment {
  readonly label: string;
  /** Place of the class in the list, from 0. */
  readonly labelId: number;
  /** Half-open. */
  readonly startFrame: number;
  readonly endFrame: number;
}

/** What formats without a word for rejected segments hold, by video. */
export function heldSegments(set: AnnotationSet): {
  readonly videos: readonly HeldVideo[];
  readonly warnings: readonly Saying[];
} {
  const { segmentsOf, warnings } = withoutRejected(set);
  const labelId = new Map(set.classes.map(({ id }, index) => [id, index]));
  const [names, keys] = [videoFileNames(set.videos), videoKeys(set.videos)];
  const videos = set.videos.map((video, index): HeldVideo => {
    const own = segmentsOf(video.id);
    const frames = own.length > 0 ? video.frames() : null;
    return {
      video,
      name: names[index]!,
      key: keys[index]!,
      segments: own.map((segment) => ({
        ...segment,
        label: set.classes[labelId.get(segment.classId)!]!.name,
        labelId: labelId.get(segment.classId)!,
        ...frames!.frameRange(segment),
      })),
    };
  });
  return { videos, warnings };
}

/** Segments in as few rows as can be so that none in a row overlap; for formats whose rows hold no overlaps. */
export function lanesOf<Row extends { readonly startUs: number; readonly endUs: number }>(
  segments: readonly Row[],
): readonly (readonly Row[])[] {
  const lanes: Row[][] = [];
  for (const segment of segments.toSorted((a, b) => a.startUs - b.startUs || a.endUs - b.endUs)) {
    const free = lanes.find((lane) => lane.at(-1)!.endUs <= segment.startUs);
    if (free === undefined) lanes.push([segment]);
    else free.push(segment);
  }
  return lanes;
}
