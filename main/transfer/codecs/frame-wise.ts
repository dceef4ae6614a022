import { say } from '#preload/domain/saying.ts';
import type { AnnotationSet, ImportedAnnotations, WrittenFolder } from '../annotation-set.ts';
import type { Format } from '../format.ts';
import { videoOfFile } from './file-of-video.ts';
import { heldSegments } from './held-segments.ts';
import { SegmentRows } from './segment-rows.ts';
import { inLine } from './row-places.ts';

export const frameWise: Format = {
  id: 'frame-wise',
  name: 'Frame-wise text',
  extensions: ['txt'],
  description:
    'A folder with one text file per video as MS-TCN reads them (50Salads, Breakfast, GTEA): a class per line and frame, and beside it mapping.txt. Read also with a stretch of frames per line.',
  layout: 'folder',
  companions: /^mapping\.txt$/iu,
  keeps: ['times to the frame'],
  read,
  write,
};

const format = say('a text of frame-wise classes');
/** As the data sets call frames in which nothing happens. */
const background = 'background';
const nothing = new Set([background, 'SIL', '']);

/** The class list beside it only numbers the names. */
function read(text: string, file: string): ImportedAnnotations {
  const lines = text
    .replace(/^\uFEFF/u, '')
    .replace(/(?:\r?\n)+$/u, '')
    .split(/\r?\n/u)
    .map((line) => line.trim());
  const rows = new SegmentRows('frame-wise');
  const video = videoOfFile(file, ['.txt']);
  rows.video(video);
  const stretches = stretchesOf(lines);
  if (stretches !== null) {
    for (const { line, label, first, last } of stretches)
      if (!nothing.has(label)) rows.add({ place: inLine(line), video, label, startFrame: first - 1, endFrame: last });
    return rows.done(file, format);
  }
  for (let startFrame = 0; startFrame < lines.length;) {
    const label = lines[startFrame]!;
    let endFrame = startFrame + 1;
    while (endFrame < lines.length && lines[endFrame] === label) endFrame += 1;
    if (!nothing.has(label)) rows.add({ place: inLine(startFrame + 1), video, label, startFrame, endFrame });
    startFrame = endFrame;
  }
  return rows.done(file, format);
}

/**
 * Breakfast, 50Salads and GTEA are also given on with a stretch of frames per line, `1-30 SIL`, `1,603,cut_tomato,4` or
 * `<take><bread> (12-40)`: from 1, the last frame being part of it. Null where any line is none.
 */
function stretchesOf(lines: readonly string[]) {
  const told = lines.map(
    (line) =>
      /^(?<first>\d+)\s*[-,]\s*(?<last>\d+)(?:\s*,\s*|\s+)(?<label>.*?\S)(?:,\d+)?$/u.exec(line)?.groups ??
      /^(?<label>.*\S)\s*\((?<first>\d+)-(?<last>\d+)\)(?:\s*\[\d+\])?$/u.exec(line)?.groups,
  );
  if (told.some((groups, index) => groups === undefined && lines[index] !== '')) return null;
  return told.flatMap((groups, index) =>
    groups === undefined
      ? []
      : [{ line: index + 1, label: groups['label']!, first: Number(groups['first']), last: Number(groups['last']) }],
  );
}

/** A frame has one class: of segments that overlap, the one that starts later has the frames that they share. */
function write(set: AnnotationSet): WrittenFolder {
  const { videos, warnings } = heldSegments(set);
  let covered = 0;
  let merged = 0;
  const files = videos.map(({ key, video, segments }) => {
    const lines = Array.from<string>({ length: video.facts.frameCount }).fill(background);
    const ordered = segments.toSorted((a, b) => a.startFrame - b.startFrame);
    for (const { startFrame, endFrame, label } of ordered) {
      const before = lines.slice(startFrame, endFrame);
      if (before.some((line) => line !== background)) covered += 1;
      else if (startFrame > 0 && lines[startFrame - 1] === label) merged += 1;
      lines.fill(label, startFrame, endFrame);
    }
    return { name: `${key}.txt`, text: `${lines.join('\n')}\n` };
  });
  const names = [background, ...set.classes.map(({ name }) => name)];
  const mapping = { name: 'mapping.txt', text: names.map((name, index) => `${index} ${name}\n`).join('') };
  return {
    files: [...files, mapping],
    warnings: [
      ...warnings,
      ...(covered > 0
        ? [
            say('{{count}} segments overlap others: a frame has one class, that of the later one.', {
              count: covered,
              one: '{{count}} segment overlaps others: a frame has one class, that of the later one.',
            }),
          ]
        : []),
      ...(merged > 0
        ? [
            say('{{count}} segments touch another of the class: they are one here.', {
              count: merged,
              one: '{{count}} segment touches another of the class: they are one here.',
            }),
          ]
        : []),
    ],
  };
}
