import { say } from '#preload/domain/saying.ts';
import { z } from 'zod';
import { secondsOf } from '#preload/domain/span.ts';
import type { AnnotationSet, ImportedAnnotations, WrittenFolder } from '../annotation-set.ts';
import type { Format } from '../format.ts';
import { videoOfFile } from './file-of-video.ts';
import { heldSegments } from './held-segments.ts';
import { checkedJson, className, readJson } from './json-file.ts';
import { SegmentRows } from './segment-rows.ts';

export const xAnyLabeling: Format = {
  id: 'x-anylabeling',
  name: 'X-AnyLabeling video',
  extensions: ['json'],
  description: 'A folder with one sidecar per video, as X-AnyLabeling’s video classification keeps them.',
  layout: 'folder',
  keeps: ['times to the frame', 'overlaps', 'notes', 'classes without segments'],
  read,
  write,
};

const format = say('an X-AnyLabeling sidecar of a video');
const sidecar = z.looseObject({
  type: z.literal('video_classification', 'its type is not “video_classification”'),
  video: z.string().nullish(),
  labels: z.array(z.string()).default([]),
  segments: z.array(z.unknown()),
});
const segment = z.looseObject({
  label: className,
  start_ms: z.number(),
  end_ms: z.number(),
  description: z.string().max(4000).nullish(),
});
const msPerSecond = 1000;

function read(text: string, file: string): ImportedAnnotations {
  const { video: named, labels, segments } = checkedJson(readJson(text, file, format), sidecar, file, format);
  const rows = new SegmentRows('x-anylabeling');
  for (const label of labels) rows.label(label);
  const video = named ?? videoOfFile(file, ['.json']);
  rows.video(video);
  for (const [index, value] of segments.entries()) {
    const place = say('segment {{index}}', { index: String(index + 1) });
    const told = rows.checks.read(segment, value, { place });
    if (told === null) continue;
    const { label, start_ms: startMs, end_ms: endMs, description } = told;
    rows.add({
      place,
      video,
      label,
      startS: startMs / msPerSecond,
      endS: endMs / msPerSecond,
      note: description ?? '',
    });
  }
  return rows.done(file, format);
}

function write(set: AnnotationSet): WrittenFolder {
  const { videos, warnings } = heldSegments(set);
  const files = videos.map(({ key, name, video: { facts }, segments }) => ({
    name: `${key}.json`,
    text: `${JSON.stringify(
      {
        version: '1.0',
        type: 'video_classification',
        video: name,
        fps: facts.averageFps,
        duration_ms: secondsOf(facts.endUs) * msPerSecond,
        width: facts.width,
        height: facts.height,
        labels: set.classes.map((one) => one.name),
        label_colors: Object.fromEntries(set.classes.map((one) => [one.name, one.colour])),
        segments: segments.map(({ label, startUs, endUs, startFrame, endFrame, note }, index) => ({
          id: index + 1,
          label,
          start_ms: startUs / msPerSecond,
          end_ms: endUs / msPerSecond,
          start_frame: startFrame,
          end_frame: endFrame - 1,
          description: note,
        })),
      },
      null,
      2,
    )}\n`,
  }));
  return { files, warnings };
}
