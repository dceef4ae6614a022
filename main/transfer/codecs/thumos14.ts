import { say } from '#preload/domain/saying.ts';
import { basename } from 'node:path/posix';
import { splitOf } from '#preload/domain/split.ts';
import { secondsOf } from '#preload/domain/span.ts';
import type { AnnotationSet, ImportedAnnotations, WrittenFolder } from '../annotation-set.ts';
import type { Format } from '../format.ts';
import { fileOfLabel, labelOfFile } from './file-of-video.ts';
import { heldSegments } from './held-segments.ts';
import { SegmentRows } from './segment-rows.ts';
import { noPart, subsetWord } from './subset-words.ts';
import { inLine } from './row-places.ts';

export const thumos14: Format = {
  id: 'thumos14',
  name: 'THUMOS’14 text files',
  extensions: ['txt'],
  description:
    'A folder with one text file per class, and part of the data set, named for both: a video, its start and its end in seconds per line.',
  layout: 'folder',
  keeps: ['times to the frame', 'overlaps', 'splits'],
  splitByDefault: 'validation',
  read,
  write,
};

const format = say('a THUMOS’14 file of one class');
/** Part of the data set, at the end of a file's name. */
const part = /_(train|val|test)$/u;

/** The name of the file is the class: `BaseballPitch_val.txt`. */
function read(text: string, file: string): ImportedAnnotations {
  const stem = basename(file).replace(/\.txt$/iu, '');
  const subset = splitOf(part.exec(stem)?.[1] ?? '');
  const label = labelOfFile(stem.replace(part, ''));
  const rows = new SegmentRows('thumos14');
  for (const [index, line] of text.split(/\r?\n/u).entries()) {
    if (line.trim() === '') continue;
    const place = inLine(index + 1);
    const told = /^\s*(\S.*?)\s+(\S+)\s+(\S+)\s*$/u.exec(line);
    const [startS, endS] = [Number(told?.[2]), Number(told?.[3])];
    if (told === null || !Number.isFinite(startS) || !Number.isFinite(endS)) {
      rows.refuse(place, say('a line has a video, a start and an end in seconds'));
      continue;
    }
    rows.video(told[1]!, subset);
    rows.add({ place, video: told[1]!, label, startS, endS });
  }
  rows.label(label);
  return rows.done(file, format);
}

function write(set: AnnotationSet): WrittenFolder {
  const { videos, warnings } = heldSegments(set);
  const subsetOf = subsetWord(set, { train: 'train', validation: 'val', test: 'test' });
  const parts = new Set(['val', ...videos.map(({ video }) => subsetOf(video))]);
  const files = set.classes.flatMap(({ name }, index) =>
    [...parts].sort().map((subset) => ({
      name: `${fileOfLabel(name)}${subset === noPart ? '' : `_${subset}`}.txt`,
      text: videos
        .filter(({ video }) => subsetOf(video) === subset)
        .flatMap(({ key, segments }) =>
          segments
            .filter(({ labelId }) => labelId === index)
            .map(({ startUs, endUs }) => `${key}  ${secondsOf(startUs)} ${secondsOf(endUs)}\n`),
        )
        .join(''),
    })),
  );
  return { files, warnings };
}
