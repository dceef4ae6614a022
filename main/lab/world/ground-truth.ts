import path from 'node:path';
import { videoFactsOf } from '#main/engine/tasks/index-video.ts';
import { checksumOf } from '#main/media/checksum.ts';
import { probeVideo } from '#main/media/probe-video.ts';
import type { AnnotationSet, ExportedVideo } from '#main/transfer/annotation-set.ts';
import { exportOptions } from '#preload/contract/work.ts';
import { classColours } from '#preload/domain/action-class.ts';
import { drawnSegment } from '#preload/domain/drawn-segment.ts';
import type { FrameTable } from '#preload/domain/frame-table.ts';
import type { Segment } from '#preload/domain/segment.ts';
import { microsecondsOf, type Span } from '#preload/domain/span.ts';
import type { WorldAction } from './actions.ts';
import type { Occurrence, VideoScript } from './untrimmed-video.ts';

/** A script and the video file that was filmed from it. */
export interface FilmedScript {
  readonly script: VideoScript;
  readonly file: string;
}

/** The stretch of frames that show an action: from the first of them to the first that does not. */
export function framesShowing({ startS, endS }: Occurrence, table: FrameTable): Span {
  const boundaryAfter = (seconds: number): number => {
    const us = microsecondsOf(seconds);
    const frame = table.frameAt(us);
    return table.startUs(frame) >= us ? table.startUs(frame) : table.endUs(frame);
  };
  return { startUs: boundaryAfter(startS), endUs: boundaryAfter(endS) };
}

/**
 * All that happens in films, as an annotator who missed nothing would have marked it: every action accepted, every video
 * reviewed completely for every class. Ready for any export format.
 */
export async function groundTruthOf(
  films: readonly FilmedScript[],
  actions: readonly WorldAction[],
  about: Pick<AnnotationSet, 'version' | 'samplingFps'>,
): Promise<AnnotationSet> {
  const classes = actions.map(({ phrases: [name] }, index) => ({
    id: index + 1,
    name,
    prompt: name,
    colour: classColours[index % classColours.length]!,
    digitKey: index < 10 ? (index + 1) % 10 : null,
    position: index,
    removed: false,
  }));
  const videos: ExportedVideo[] = [];
  const segments: Segment[] = [];
  for (const [index, { script, file }] of films.entries()) {
    const probe = await probeVideo(file);
    const id = index + 1;
    const facts = videoFactsOf(probe);
    videos.push({
      id,
      name: path.basename(file),
      path: file,
      checksum: await checksumOf(file),
      facts,
      split: null,
      frames: () => probe.frameTable,
    });
    for (const occurrence of script.occurrences) {
      segments.push(
        drawnSegment({
          id: segments.length + 1,
          videoId: id,
          classId: actions.indexOf(occurrence.action) + 1,
          ...framesShowing(occurrence, probe.frameTable),
        }),
      );
    }
  }
  const reviews = videos.flatMap(({ id }) =>
    classes.map((one) => ({ videoId: id, classId: one.id, state: 'complete' as const })),
  );
  return { ...about, videos, classes, attributes: [], segments, reviews, options: exportOptions.parse({}) };
}
