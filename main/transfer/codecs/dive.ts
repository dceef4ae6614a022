import { say } from '#preload/domain/saying.ts';
import { z } from 'zod';
import type { AnnotationSet, ImportedAnnotations, WrittenFolder } from '../annotation-set.ts';
import type { Format } from '../format.ts';
import { videoOfFile } from './file-of-video.ts';
import { heldSegments } from './held-segments.ts';
import { checkedJson, readJson } from './json-file.ts';
import { SegmentRows } from './segment-rows.ts';

export const dive: Format = {
  id: 'dive',
  name: 'DIVE JSON',
  extensions: ['json'],
  description: 'A folder with one file per video as DIVE keeps it: a segment is a track that is the whole picture.',
  layout: 'folder',
  keeps: ['times to the frame', 'overlaps', 'scores'],
  read,
  write,
};

const format = say('a DIVE file of tracks');
const document = z.looseObject({ tracks: z.record(z.string(), z.unknown()) });
const track = z.looseObject({
  begin: z.int(),
  end: z.int(),
  confidencePairs: z
    .array(z.tuple([z.string(), z.number()]).rest(z.unknown()))
    .min(1, 'a track without a type has no class'),
});

/** `end` is the last frame. A person's own tracks have the confidence 1. */
function read(text: string, file: string): ImportedAnnotations {
  const { tracks } = checkedJson(readJson(text, file, format), document, file, format);
  const rows = new SegmentRows('dive');
  const video = videoOfFile(file, ['.json']);
  rows.video(video);
  for (const [id, value] of Object.entries(tracks)) {
    const place = say('track {{id}}', { id });
    const told = rows.checks.read(track, value, { place });
    if (told === null) continue;
    const [label, confidence] = told.confidencePairs.reduce((a, b) => (b[1] > a[1] ? b : a));
    const score = confidence === 1 ? null : confidence;
    rows.add({ place, video, label, score, startFrame: told.begin, endFrame: told.end + 1 });
  }
  return rows.done(file, format);
}

function write(set: AnnotationSet): WrittenFolder {
  const { videos, warnings } = heldSegments(set);
  const files = videos.map(({ key, video: { facts }, segments }) => {
    const bounds = [0, 0, facts.width, facts.height];
    const tracks = segments.map(({ label, score, startFrame, endFrame }, id) => {
      const frames = [...new Set([startFrame, endFrame - 1])];
      return [
        String(id),
        {
          id,
          begin: startFrame,
          end: endFrame - 1,
          confidencePairs: [[label, score ?? 1]],
          features: frames.map((frame) => ({ frame, bounds, keyframe: true, interpolate: true })),
          attributes: {},
          meta: {},
        },
      ];
    });
    const text = JSON.stringify({ tracks: Object.fromEntries(tracks), groups: {}, version: 2, fps: facts.averageFps });
    return { name: `${key}.json`, text: `${text}\n` };
  });
  return { files, warnings };
}
