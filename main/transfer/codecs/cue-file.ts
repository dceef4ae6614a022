import { say, type SaidValue } from '#preload/domain/saying.ts';
import type { AnnotationSet, ImportedAnnotations, WrittenFolder } from '../annotation-set.ts';
import { clockSeconds, clockText } from './clock-time.ts';
import { videoOfFile } from './file-of-video.ts';
import { heldSegments } from './held-segments.ts';
import { SegmentRows } from './segment-rows.ts';
import { inLine } from './row-places.ts';

/** What tells subtitles of one kind from those of another. */
interface CueKind {
  readonly id: string;
  readonly ending: string;
  readonly header: string;
  /** Before the thousandths. */
  readonly point: '.' | ',';
  /** Names cues by their number. */
  readonly isNumbered: boolean;
  readonly labelOf: (text: string) => string;
  readonly textOf: (label: string) => string;
}

/** A cue is a segment, its text the class, lines joined; the video is the one that the file is named for. */
export function readCues(text: string, file: string, format: SaidValue, kind: CueKind): ImportedAnnotations {
  const rows = new SegmentRows(kind.id);
  const video = videoOfFile(file, [kind.ending]);
  rows.video(video);
  const lines = text.replace(/^\uFEFF/u, '').split(/\r\n|\r|\n/u);
  for (let index = 0; index < lines.length; index += 1) {
    const told = /^(.+?)\s*-->\s*(\S+)/u.exec(lines[index]!);
    if (told === null) continue;
    const place = inLine(index + 1);
    const cue: string[] = [];
    // The times of the next cue end this one, also where the empty line before them was forgotten.
    while (!/^\s*$|-->/u.test(lines[index + 1] ?? '')) cue.push(lines[(index += 1)]!);
    const isNext = lines[index + 1]?.includes('-->') === true;
    if (kind.isNumbered && isNext && /^\s*\d+\s*$/u.test(cue.at(-1) ?? '')) cue.pop();
    const [startS, endS] = [clockSeconds(told[1]!), clockSeconds(told[2]!)];
    const label = kind.labelOf(cue.map((line) => line.trim()).join(' '));
    if (startS === null || endS === null) rows.refuse(place, say('a cue has a start and an end'));
    else if (label === '') rows.refuse(place, say('a cue without text names no class'));
    else rows.add({ place, video, label, startS, endS });
  }
  return rows.done(file, format);
}

export function writeCues(set: AnnotationSet, kind: CueKind): WrittenFolder {
  const { videos, warnings } = heldSegments(set);
  const files = videos.map(({ key, segments }) => ({
    name: `${key}${kind.ending}`,
    text:
      kind.header +
      segments
        .map(({ startUs, endUs, label }, index) => {
          const times = [startUs, endUs].map((us) => clockText(us, 3, kind.point)).join(' --> ');
          return `${kind.isNumbered ? `${index + 1}\n` : ''}${times}\n${kind.textOf(label)}\n\n`;
        })
        .join(''),
  }));
  return { files, warnings };
}
