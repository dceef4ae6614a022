import { say, type SaidValue } from '#preload/domain/saying.ts';
import { secondsOf } from '#preload/domain/span.ts';
import type { AnnotationSet, ImportedAnnotations, WrittenFolder } from '../annotation-set.ts';
import type { Format } from '../format.ts';
import { videoOfFile } from './file-of-video.ts';
import { heldSegments, lanesOf, type HeldSegment } from './held-segments.ts';
import { unreadableAnnotations } from './json-file.ts';
import { SegmentRows } from './segment-rows.ts';

export const textGrid: Format = {
  id: 'textgrid',
  name: 'Praat TextGrid',
  extensions: ['TextGrid'],
  description:
    'A folder with one TextGrid per video: a tier of intervals per class, several where its segments overlap. Read long or short: the text of an interval is its class.',
  layout: 'folder',
  keeps: ['times to the frame', 'overlaps'],
  read,
  write,
};

const format = say('a TextGrid');

/** Both of Praat's ways to write a TextGrid hold the same numbers and quoted texts in the same order. */
function read(text: string, file: string): ImportedAnnotations {
  const values = new Values(text, file);
  // Older Praats name the short way in the first line.
  if (!/^ooTextFile(?: short)?$/u.test(values.text()) || values.text() !== 'TextGrid')
    throw unreadableAnnotations(file, format, say('it does not begin with “ooTextFile” and “TextGrid”'));
  const rows = new SegmentRows('textgrid');
  const video = videoOfFile(file, ['.textgrid']);
  rows.video(video);
  values.number();
  values.number();
  const tierCount = values.flag() ? values.number() : 0;
  for (let tier = 0; tier < tierCount; tier += 1) {
    const kind = values.text();
    const name = values.text();
    values.number();
    values.number();
    const count = values.number();
    for (let index = 0; index < count; index += 1) {
      const place =
        kind === 'TextTier'
          ? say('point {{index}} of tier {{name}}', { index: String(index + 1), name })
          : say('interval {{index}} of tier {{name}}', { index: String(index + 1), name });
      const startS = values.number();
      const endS = kind === 'TextTier' ? startS : values.number();
      const label = values.text().trim();
      if (kind === 'TextTier') rows.refuse(place, say('a point in time has no length'));
      else if (label !== '') rows.add({ place, video, label, startS, endS });
    }
  }
  return rows.done(file, format);
}

/** The numbers, quoted texts and flags of a TextGrid one by one; everything else is there for people. */
class Values {
  readonly #tokens: IterableIterator<RegExpExecArray>;
  readonly #file: string;

  constructor(text: string, file: string) {
    // Indices in brackets are for people too.
    this.#tokens = text.matchAll(
      /"((?:[^"]|"")*)"|<(exists|absent)>|(?<![^\s])([+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![^\s])|![^\n]*/gu,
    );
    this.#file = file;
  }

  text(): string {
    return this.#next(1, say('a text')).replaceAll('""', '"');
  }

  flag(): boolean {
    return this.#next(2, '<exists>') === 'exists';
  }

  number(): number {
    return Number(this.#next(3, say('a number')));
  }

  #next(group: number, wanted: SaidValue): string {
    for (const token of this.#tokens) {
      if (token[0].startsWith('!')) continue;
      const value = token[group];
      if (value !== undefined) return value;
      throw unreadableAnnotations(
        this.#file,
        format,
        say('{{wanted}} is needed where it says {{token}}', { wanted, token: token[0].slice(0, 40) }),
      );
    }
    throw unreadableAnnotations(this.#file, format, say('it ends where {{wanted}} is needed', { wanted }));
  }
}

function write(set: AnnotationSet): WrittenFolder {
  const { videos, warnings } = heldSegments(set);
  const files = videos.map(({ key, video, segments }) => ({
    name: `${key}.TextGrid`,
    text: gridOf(segments, Math.min(0, video.facts.firstFrameUs), video.facts.endUs),
  }));
  return { files, warnings };
}

function gridOf(segments: readonly HeldSegment[], fromUs: number, toUs: number): string {
  const byClass = Map.groupBy(segments, ({ label }) => label);
  const tiers = [...byClass].flatMap(([label, own]) =>
    lanesOf(own).map((lane, index) => tierOf(index === 0 ? label : `${label} (${index + 1})`, lane, fromUs, toUs)),
  );
  const range = `${secondsOf(fromUs)}\n${secondsOf(toUs)}\n`;
  const body = tiers.length === 0 ? '<absent>\n' : `<exists>\n${tiers.length}\n${tiers.join('')}`;
  return `File type = "ooTextFile"\nObject class = "TextGrid"\n\n${range}${body}`;
}

/** Intervals of a tier have no gaps: those between segments have no text. */
function tierOf(name: string, lane: readonly HeldSegment[], fromUs: number, toUs: number): string {
  const intervals: string[] = [];
  let atUs = fromUs;
  const interval = (startUs: number, endUs: number, text: string) =>
    intervals.push(`${secondsOf(startUs)}\n${secondsOf(endUs)}\n${quoted(text)}\n`);
  for (const { startUs, endUs, label } of lane) {
    if (startUs > atUs) interval(atUs, startUs, '');
    interval(startUs, endUs, label);
    atUs = endUs;
  }
  if (toUs > atUs) interval(atUs, toUs, '');
  const range = `${secondsOf(fromUs)}\n${secondsOf(toUs)}\n`;
  return `"IntervalTier"\n${quoted(name)}\n${range}${intervals.length}\n${intervals.join('')}`;
}

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
