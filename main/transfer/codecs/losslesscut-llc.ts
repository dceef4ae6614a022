import { say } from '#preload/domain/saying.ts';
import JSON5 from 'json5';
import { z } from 'zod';
import { secondsOf } from '#preload/domain/span.ts';
import type { AnnotationSet, ImportedAnnotations, WrittenFolder } from '../annotation-set.ts';
import type { Format } from '../format.ts';
import { videoOfFile } from './file-of-video.ts';
import { heldSegments } from './held-segments.ts';
import { checkedJson, unreadableAnnotations } from './json-file.ts';
import { SegmentRows } from './segment-rows.ts';

export const losslessCutLlc: Format = {
  id: 'losslesscut-llc',
  name: 'LosslessCut project',
  extensions: ['llc'],
  description: 'A folder with one project of LosslessCut per video; a cut’s name is its class.',
  layout: 'folder',
  keeps: ['times to the frame', 'overlaps'],
  read,
  write,
};

const format = say('a LosslessCut project');
const project = z.looseObject({
  mediaFileName: z.string().nullish(),
  cutSegments: z.array(z.unknown(), 'it has no list “cutSegments”'),
});
/** Without a start or an end, a cut reaches to that of the video. */
const cut = z.looseObject({ start: z.number().nullish(), end: z.number().nullish(), name: z.string().default('') });

function read(text: string, file: string): ImportedAnnotations {
  const { mediaFileName, cutSegments } = checkedJson(parsed(text, file), project, file, format);
  const rows = new SegmentRows('losslesscut-llc');
  const video = mediaFileName ?? videoOfFile(file, ['-proj.llc', '.llc']);
  rows.video(video);
  for (const [index, value] of cutSegments.entries()) {
    const place = say('cut {{index}}', { index: String(index + 1) });
    const told = rows.checks.read(cut, value, { place });
    if (told === null) continue;
    if (told.name.trim() === '') rows.refuse(place, say('a cut without a name has no class'));
    else rows.add({ place, video, label: told.name, startS: told.start ?? 0, endS: told.end ?? Infinity });
  }
  return rows.done(file, format);
}

function parsed(text: string, file: string): unknown {
  try {
    return JSON5.parse(text.replace(/^\uFEFF/u, ''));
  } catch (error) {
    throw unreadableAnnotations(file, format, error instanceof Error ? error.message : String(error));
  }
}

/** As version 1, which all of its releases open; JSON is JSON5. */
function write(set: AnnotationSet): WrittenFolder {
  const { videos, warnings } = heldSegments(set);
  const files = videos.map(({ key, name, segments }) => ({
    name: `${key}-proj.llc`,
    text: `${JSON.stringify(
      {
        version: 1,
        mediaFileName: name,
        cutSegments: segments.map(({ startUs, endUs, label }) => ({
          start: secondsOf(startUs),
          end: secondsOf(endUs),
          name: label,
        })),
      },
      null,
      2,
    )}\n`,
  }));
  return { files, warnings };
}
