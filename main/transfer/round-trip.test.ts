// Protects: whatever was annotated, every format gives back what it says it keeps, to the microsecond.
import { basename } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exportOptions } from '#preload/contract/work.ts';
import { FrameTable } from '#preload/domain/frame-table.ts';
import { filmFacts } from '#preload/domain/testing/film-facts.ts';
import { split as splits } from '#preload/domain/split.ts';
import { microsecondsOf, type Span } from '#preload/domain/span.ts';
import type {
  AnnotationSet,
  ExportedVideo,
  ImportedSegment,
  NamedText,
  Written,
  WrittenFolder,
} from './annotation-set.ts';
import type { Format } from './format.ts';
import { formats } from './formats.ts';
import { matchVideos, videoNameOf } from './match-videos.ts';
import { MergedAnnotations } from './merged-annotations.ts';
import { saidSplits } from './said-splits.ts';

const frames = 200;
const frameUs = 33_367;
const table = FrameTable.fromArray(Float64Array.from({ length: frames + 1 }, (_, index) => index * frameUs));
const endUs = frames * frameUs;

const letters = fc.string({
  unit: fc.constantFrom('a', 'B', '名', 'é', ' ', '-', '=', '+', '@', "'", '"', ',', ';', '#'),
  minLength: 1,
  maxLength: 8,
});
const name = letters.map((text) => `x${text}x`);

/** Files of few names in few folders, so that many share one. */
const videoOf = fc.record({
  folder: fc.constantFrom('one', 'two', 'three/two'),
  split: fc.option(fc.constantFrom(...splits.options)),
  name: fc.constantFrom('clip.mp4', 'clip.mov', 'v_a.mp4', 'é.mkv'),
});

const sets = fc
  .record({
    videos: fc.uniqueArray(videoOf, {
      selector: ({ folder, name: file }) => `${folder}/${file}`,
      minLength: 1,
      maxLength: 6,
    }),
    classes: fc.uniqueArray(name, { selector: (text) => text.toLowerCase(), minLength: 1, maxLength: 4 }),
    rows: fc.array(
      fc.record({
        video: fc.nat(5),
        class: fc.nat(3),
        start: fc.nat(frames - 2),
        length: fc.integer({ min: 1, max: 50 }),
        state: fc.constantFrom('accepted' as const, 'proposed' as const, 'rejected' as const),
        score: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
        note: fc.oneof(letters, fc.constant('')),
        annotator: fc.option(name, { nil: undefined }),
      }),
      { maxLength: 12 },
    ),
  })
  .map(({ videos, classes, rows }): AnnotationSet => {
    const files = videos.map(({ folder, name: file, split }, index): ExportedVideo => ({
      id: index + 1,
      name: file,
      path: `/lab/${folder}/${file}`,
      split: split ?? null,
      checksum: String(index + 1)
        .repeat(64)
        .slice(0, 64),
      facts: filmFacts(frames, { averageFps: 30, lastFrameUs: endUs - frameUs, endUs }),
      frames: () => table,
    }));
    return {
      videos: files,
      classes: classes.map((text, index) => ({
        id: index + 1,
        name: text,
        prompt: text,
        colour: '#e69f00',
        digitKey: null,
        position: index,
        removed: false,
      })),
      segments: rows.map((row, index) => ({
        id: index + 1,
        videoId: (row.video % files.length) + 1,
        classId: (row.class % classes.length) + 1,
        startUs: row.start * frameUs,
        endUs: Math.min(frames, row.start + row.length) * frameUs,
        state: row.state,
        score: row.score,
        source: { kind: 'human' },
        touched: true,
        ranking: [],
        note: row.note,
        ...(row.annotator !== undefined && { annotator: row.annotator }),
      })),
      reviews: [],
      version: '0.1.0',
      samplingFps: 4,
      options: exportOptions.parse({ states: ['accepted', 'proposed', 'rejected'] }),
    };
  });

/** A row in the words of the aspects that a format keeps. */
const rowOf = (
  { keeps }: Format,
  row: {
    readonly video: number;
    readonly label: string;
    readonly startUs: number;
    readonly endUs: number;
    readonly state: string;
    readonly score: number | null;
    readonly note: string;
    readonly annotator?: string | undefined;
  },
): string =>
  JSON.stringify([
    row.video,
    row.label,
    row.startUs,
    row.endUs,
    keeps.includes('states') ? row.state : null,
    keeps.includes('scores') ? (row.score ?? (keeps.includes('states') ? null : 1)) : null,
    keeps.includes('notes') ? row.note : null,
    keeps.includes('annotators') ? (row.annotator ?? null) : null,
  ]);

const filesOf = (written: Written | WrittenFolder, { extensions }: Format): WrittenFolder =>
  'files' in written ? written : { ...written, files: [{ name: `labels.${extensions[0]!}`, text: written.text }] };

const spanOf = (segment: ImportedSegment): Span =>
  'startS' in segment
    ? table.snapSpan({ startUs: microsecondsOf(segment.startS), endUs: microsecondsOf(segment.endS) })
    : table.spanOfFrames(segment.startFrame, segment.endFrame);

describe.each(
  formats
    .filter(({ read, write }) => read !== undefined && write !== undefined)
    .filter(({ keeps }) => keeps.includes('times to the frame') && keeps.includes('overlaps'))
    .map((format) => [format.id, format] as const),
)('%s', (_id, format) => {
  test('comes back as it went', () => {
    fc.assert(
      fc.property(sets, (set) => {
        const { files, warnings } = filesOf(format.write!(set), format);
        const held = set.segments.filter(
          ({ state }) => format.keeps.includes('rejected segments') || state !== 'rejected',
        );
        expect(warnings.some((warning) => warning.includes('rejected'))).toBe(held.length < set.segments.length);
        const isCompanion = ({ name: file }: NamedText) => format.companions?.test(basename(file)) === true;
        const companions = files.filter(isCompanion);
        const read = new MergedAnnotations();
        for (const { name: file, text } of files.filter((each) => !isCompanion(each)))
          read.add(format.read!(text, file, companions));
        expect(read.faults).toHaveLength(0);
        const matches = matchVideos(
          read.videos.map(({ fileName, checksum }) => videoNameOf(fileName, checksum)),
          set.videos.map(({ path, checksum }) => ({ name: path, checksum })),
        );
        const met = matches.map((match) => (match.kind === 'found' ? set.videos[match.index]! : null));
        const isAllDefault = set.videos.every((video) => video.split === format.splitByDefault);
        if (format.keeps.includes('splits') && !isAllDefault) {
          const parts = saidSplits(read.videos, met, format.splitByDefault ?? null);
          // A file that lists videos by their segments may name those of one part alone.
          const isTold = parts.size > 0 || format.splitByDefault === undefined;
          if (isTold)
            expect(met.map((video) => parts.get(video!.id) ?? null)).toEqual(met.map((video) => video!.split));
        }
        const back = Array.from(read.segments, (segment) => {
          const match = matches[segment.video]!;
          return rowOf(format, {
            ...segment,
            video: match.kind === 'found' ? match.index + 1 : 0,
            label: read.classes[segment.class!]!.name,
            ...spanOf(segment),
          });
        });
        const went = held.map((segment) =>
          rowOf(format, { ...segment, video: segment.videoId, label: set.classes[segment.classId - 1]!.name }),
        );
        expect(back.sort()).toEqual(went.sort());
      }),
      { numRuns: 150 },
    );
  });
});
