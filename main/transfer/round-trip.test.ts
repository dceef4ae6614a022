// Protects: whatever was annotated, every format gives back what it says it keeps, to the microsecond.
import { basename } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { microsecondsOf, type Span } from '#preload/domain/span.ts';
import { annotationSets, filmTable } from '../testing/annotation-sets.ts';
import { definitionOf, valuesOf } from './said-details.ts';
import type { ImportedSegment, NamedText, SaidValues, Written, WrittenFolder } from './annotation-set.ts';
import type { Format } from './format.ts';
import { formats } from './formats.ts';
import { matchVideos, videoNameOf } from './match-videos.ts';
import { MergedAnnotations } from './merged-annotations.ts';
import { saidSplits } from './said-splits.ts';
import { english } from '#preload/domain/saying.ts';

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
    readonly subject?: string | undefined;
    readonly ambiguous?: boolean | undefined;
    readonly values?: SaidValues | undefined;
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
    keeps.includes('subjects') ? (row.subject ?? null) : null,
    keeps.includes('ambiguous') ? (row.ambiguous ?? false) : null,
    keeps.includes('attributes')
      ? Object.entries(row.values ?? {}).map(([name, value]) => [name, String(value)])
      : null,
  ]);

/** Formats that say what attributes there are; others have their values alone. */
const definesAttributes = new Set(['coco', 'elan', 'via3']);

const filesOf = (written: Written | WrittenFolder, { extensions }: Format): WrittenFolder =>
  'files' in written ? written : { ...written, files: [{ name: `labels.${extensions[0]!}`, text: written.text }] };

const spanOf = (segment: ImportedSegment): Span =>
  'startS' in segment
    ? filmTable.snapSpan({ startUs: microsecondsOf(segment.startS), endUs: microsecondsOf(segment.endS) })
    : filmTable.spanOfFrames(segment.startFrame, segment.endFrame);

describe.each(
  formats
    .filter(({ read, write }) => read !== undefined && write !== undefined)
    .filter(({ keeps }) => keeps.includes('times to the frame') && keeps.includes('overlaps'))
    .map((format) => [format.id, format] as const),
)('%s', (_id, format) => {
  test('comes back as it went', () => {
    fc.assert(
      fc.property(annotationSets, (set) => {
        const { files, warnings } = filesOf(format.write!(set), format);
        const held = set.segments.filter(
          ({ state }) => format.keeps.includes('rejected segments') || state !== 'rejected',
        );
        expect(warnings.some((warning) => english(warning).includes('rejected'))).toBe(
          held.length < set.segments.length,
        );
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
          rowOf(format, {
            ...segment,
            video: segment.videoId,
            label: set.classes[segment.classId - 1]!.name,
            values: valuesOf(segment, set.attributes),
          }),
        );
        expect(back.sort()).toEqual(went.sort());
        if (definesAttributes.has(format.id) && files.length > 0)
          expect(read.attributes).toEqual(set.attributes.map((one) => definitionOf(one, set.classes)));
        if (format.keeps.includes('class tree'))
          for (const { name, parent } of read.classes) {
            const of = set.classes.find((one) => one.name === name)!;
            expect(parent).toBe(set.classes.find(({ id }) => id === of.parentId)?.name);
          }
      }),
      { numRuns: 150 },
    );
  });
});
