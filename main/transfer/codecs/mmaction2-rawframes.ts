import { say } from '#preload/domain/saying.ts';
import type { AnnotationSet, ImportedAnnotations, NamedText, WrittenFolder } from '../annotation-set.ts';
import type { Format } from '../format.ts';
import { classListOf } from './class-list.ts';
import { heldSegments, type HeldVideo } from './held-segments.ts';
import { unreadableAnnotations } from './json-file.ts';
import { filePerPart, partOfFile } from './part-files.ts';
import { SegmentRows } from './segment-rows.ts';
import { inLine } from './row-places.ts';

export const mmaction2Rawframes: Format = {
  id: 'mmaction2-rawframes',
  name: 'MMAction2 raw frames',
  extensions: ['txt'],
  description:
    'One clip per line, as MMAction2’s RawframeDataset reads them with offsets: folder of frames, first frame, number of frames, class; and beside it the list of classes.',
  layout: 'folder',
  companions: /^(label_map|classes|class_?list|classInd).*\.txt$/iu,
  keeps: ['times to the frame', 'overlaps', 'classes without segments', 'splits'],
  read,
  write,
};

const format = say('an MMAction2 list of frames');

/** A folder, which may have spaces in its name, and the numbers behind it. */
const lineShape = /^\s*(\S.*?)((?:\s+\d+)+)\s*$/u;
const offsetShape = /^\s*(\S.*?)((?:\s+\d+){3})\s*$/u;

/**
 * `folder first count class` all through, or `folder count class [class …]`; with a class alone, a clip is the whole video.
 */
function read(text: string, file: string, companions: readonly NamedText[] = []): ImportedAnnotations {
  if (/^\s*#\s*\d+\s*$/mu.test(text))
    throw unreadableAnnotations(file, format, say('it is a list of proposals, in blocks that begin with “#”'));
  const names = classListOf(companions);
  const part = partOfFile(file);
  const rows = new SegmentRows('mmaction2-rawframes');
  for (const name of names.values()) rows.label(name);
  const lines = text.split(/\r?\n/u);
  const hasOffsets = lines.every((line) => !lineShape.test(line) || offsetShape.test(line));
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') continue;
    const place = inLine(index + 1);
    const told = (hasOffsets ? offsetShape : lineShape).exec(line);
    if (told === null) {
      rows.refuse(place, say('a line has a folder of frames, numbers of frames and the number of a class'));
      continue;
    }
    const numbers = told[2]!.trim().split(/\s+/u);
    const startFrame = hasOffsets ? Number(numbers.shift()) : 0;
    const endFrame = numbers.length === 1 ? Infinity : startFrame + Number(numbers.shift());
    rows.video(told[1]!, part);
    for (const code of numbers)
      rows.add({ place, video: told[1]!, label: names.get(code) ?? code, startFrame, endFrame });
  }
  return rows.done(file, format);
}

/** MMAction2 parts a line at white space: a name with some in it is told. */
function write(set: AnnotationSet): WrittenFolder {
  const { videos, warnings } = heldSegments(set);
  const linesOf = ({ key, segments }: HeldVideo): string[] =>
    segments.map(({ startFrame, endFrame, labelId }) => `${key} ${startFrame} ${endFrame - startFrame} ${labelId}\n`);
  const spaced = videos.filter(({ key, segments }) => segments.length > 0 && /\s/u.test(key)).length;
  return {
    files: [
      ...filePerPart(
        videos.filter(({ segments }) => segments.length > 0),
        (part) => `annotations${part}.txt`,
        (of) => of.flatMap(linesOf).join(''),
      ),
      { name: 'label_map.txt', text: set.classes.map(({ name }) => `${name}\n`).join('') },
    ],
    warnings: [
      ...warnings,
      ...(spaced === 0
        ? []
        : [
            say('{{count}} videos have spaces in the name, at which MMAction2 parts a line.', {
              count: spaced,
              one: '{{count}} video has spaces in the name, at which MMAction2 parts a line.',
            }),
          ]),
    ],
  };
}
