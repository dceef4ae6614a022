// Protects: a file of ours says to a plain reader, who knows no codec, what was annotated, in every format.
import { basename } from 'node:path';
import { describe, expect, test } from 'vitest';
import { drawnSegment } from '#preload/domain/drawn-segment.ts';
import { FrameTable } from '#preload/domain/frame-table.ts';
import { filmFacts } from '#preload/domain/testing/film-facts.ts';
import type { Segment } from '#preload/domain/segment.ts';
import { drawnSet } from '../testing/drawn-set.ts';
import { inOrder, plainReadings } from '../testing/plain-readings.ts';
import { saidRows } from '../testing/said-rows.ts';
import type { AnnotationSet, ExportedVideo, NamedText } from './annotation-set.ts';
import type { Format } from './format.ts';
import { formats } from './formats.ts';

const frameUs = 40_000;
const frames = 750;
const table = FrameTable.fromArray(Float64Array.from({ length: frames + 1 }, (_, index) => index * frameUs));
const labels = ['high jump', 'cut & "paste", twice', '跳高'];

const videoOf = (id: number): ExportedVideo => ({
  id,
  name: `clip ${id}.mp4`,
  path: `/lab/clip ${id}.mp4`,
  checksum: String(id).repeat(64),
  facts: filmFacts(frames),
  split: id === 1 ? 'train' : 'test',
  frames: () => table,
});

/** Whole seconds, so that formats of seconds hold them; classes overlap, segments of one do not; the last is a whole video. */
const segmentOf = (index: number): Segment => {
  const start = 25 * (2 * index + 1);
  const isWhole = index === 9;
  return drawnSegment({
    id: index + 1,
    videoId: 1 + (index % 2),
    classId: 1 + (index % labels.length),
    startUs: isWhole ? 0 : start * frameUs,
    endUs: (isWhole ? frames : start + 75) * frameUs,
  });
};

const set = (count: number): AnnotationSet =>
  drawnSet({
    videos: [videoOf(1), videoOf(2)],
    labels,
    segments: Array.from({ length: count }, (_, index) => segmentOf(index)),
  });

function filesOf({ write, extensions }: Format, annotated: AnnotationSet): readonly NamedText[] {
  const written = write!(annotated);
  return 'files' in written ? written.files : [{ name: `labels.${extensions[0]!}`, text: written.text }];
}

const both = formats.filter(({ read, write }) => read !== undefined && write !== undefined);

describe.each(both.map((format) => [format.id, format] as const))('%s', (id, format) => {
  test.each([[0], [1], [10]])('%d segments', (count) => {
    const annotated = set(count);
    const files = filesOf(format, annotated);
    const isCompanion = ({ name }: NamedText) => format.companions?.test(basename(name)) === true;
    const beside = files.filter(isCompanion);
    const own = files.filter((file) => !isCompanion(file));
    const plain = own.flatMap(({ name, text }) => plainReadings[id]!(text, name, beside));
    const read = own.map(({ name, text }) => format.read!(text, name, beside));
    expect(read.flatMap(({ faults }) => faults)).toEqual([]);
    expect(inOrder(read.flatMap(saidRows))).toEqual(inOrder(plain));
    // One class a frame, and whole videos alone, are what two formats hold.
    const heldCount = { 'frame-wise': plain.length, 'mmaction2-videos': Math.floor(count / 10) }[id] ?? count;
    expect(plain).toHaveLength(heldCount);
    expect(plain.length > 0 || count < 10).toBe(true);
  });
});
