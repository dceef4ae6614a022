import { say } from '#preload/domain/saying.ts';
import type { AnnotationSet, ImportedAnnotations, NamedText, WrittenFolder } from '../annotation-set.ts';
import type { Format } from '../format.ts';
import { videoFileNames } from '../video-names.ts';
import { classListOf } from './class-list.ts';
import { filePerPart, partOfFile } from './part-files.ts';
import { SegmentRows } from './segment-rows.ts';
import { coversVideo } from './whole-video.ts';
import { withoutRejected } from './without-rejected.ts';
import { inLine } from './row-places.ts';

export const mmaction2Videos: Format = {
  id: 'mmaction2-videos',
  name: 'MMAction2 videos',
  extensions: ['txt'],
  description:
    'Labels of whole videos for recognition, as MMAction2’s VideoDataset reads them: a file and the numbers of its classes per line, one list for each part of the data set, and beside them the list of classes.',
  layout: 'folder',
  companions: /^(label_map|classes|class_?list|classInd).*\.txt$/iu,
  keeps: ['splits', 'classes without segments'],
  read,
  write,
};

const format = say('an MMAction2 list of videos');

/** `file class [class …]`; each class is a label of the whole video. */
function read(text: string, file: string, companions: readonly NamedText[] = []): ImportedAnnotations {
  const names = classListOf(companions);
  const part = partOfFile(file);
  const rows = new SegmentRows('mmaction2-videos');
  for (const name of names.values()) rows.label(name);
  for (const [index, line] of text.split(/\r?\n/u).entries()) {
    if (line.trim() === '') continue;
    const place = inLine(index + 1);
    const told = /^\s*(\S.*?)((?:\s+\d+)+)\s*$/u.exec(line);
    if (told === null) {
      rows.refuse(place, say('a line has a file and the numbers of its classes'));
      continue;
    }
    const video = told[1]!;
    rows.video(video, part);
    for (const code of told[2]!.trim().split(/\s+/u))
      rows.add({ place, video, label: names.get(code) ?? code, startFrame: 0, endFrame: Infinity });
  }
  return rows.done(file, format);
}

/** Segments that are not over a whole video have no place here, and are counted. */
function write(set: AnnotationSet): WrittenFolder {
  const { held, segmentsOf, warnings } = withoutRejected(set);
  const labelId = new Map(set.classes.map(({ id }, index) => [id, index]));
  const names = videoFileNames(set.videos);
  const lines = set.videos.flatMap((video, index) => {
    const whole = segmentsOf(video.id).filter((segment) => coversVideo(segment, video.facts));
    const ids = [...new Set(whole.map(({ classId }) => labelId.get(classId)!))];
    return ids.length === 0 ? [] : [{ video, name: names[index]!, line: `${names[index]!} ${ids.join(' ')}\n` }];
  });
  const facts = new Map(set.videos.map((video) => [video.id, video.facts]));
  const parts = held.filter((segment) => !coversVideo(segment, facts.get(segment.videoId)!)).length;
  const spaced = lines.filter(({ name }) => /\s/u.test(name)).length;
  return {
    files: [
      ...filePerPart(
        lines,
        (of) => `videos${of}.txt`,
        (of) => of.map(({ line }) => line).join(''),
      ),
      { name: 'label_map.txt', text: set.classes.map(({ name }) => `${name}\n`).join('') },
    ],
    warnings: [
      ...warnings,
      ...(parts === 0
        ? []
        : [
            say('{{count}} segments of a part of a video left out: here whole videos have labels.', {
              count: parts,
              one: '{{count}} segment of a part of a video left out: here whole videos have labels.',
            }),
          ]),
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
