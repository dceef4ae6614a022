import fc from 'fast-check';
import type { Attribute } from '#preload/domain/attribute.ts';
import { drawnSegment } from '#preload/domain/drawn-segment.ts';
import { FrameTable } from '#preload/domain/frame-table.ts';
import { filmFacts } from '#preload/domain/testing/film-facts.ts';
import { split as splits } from '#preload/domain/split.ts';
import type { AnnotationSet, ExportedVideo } from '../transfer/annotation-set.ts';
import { drawnSet } from './drawn-set.ts';

const frames = 200;
const frameUs = 33_367;
/** The frames of each video. */
export const filmTable = FrameTable.fromArray(Float64Array.from({ length: frames + 1 }, (_, index) => index * frameUs));
const endUs = frames * frameUs;

const letters = fc.string({
  unit: fc.constantFrom('a', 'B', '名', 'é', ' ', '-', '=', '+', '@', "'", '"', ',', ';', '#'),
  minLength: 1,
  maxLength: 8,
});
const name = letters.map((text) => `x${text}x`);

const hands = ['left', '=right', 'both, really'];
const attribute = { required: false, classIds: null, removed: false };
const attributes: Attribute[] = [
  { ...attribute, id: 1, name: 'Hand', kind: 'choice', options: hands, position: 0 },
  { ...attribute, id: 2, name: 'height', kind: 'number', options: [], position: 1 },
];

/** Files of few names in few folders, so that many share one. */
const videoOf = fc.record({
  folder: fc.constantFrom('one', 'two', 'three/two'),
  split: fc.option(fc.constantFrom(...splits.options)),
  name: fc.constantFrom('clip.mp4', 'clip.mov', 'v_a.mp4', 'é.mkv'),
});

/** Projects with names, notes and folders that formats stumble over. */
export const annotationSets = fc
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
        subject: fc.option(name, { nil: undefined }),
        ambiguous: fc.boolean(),
        hand: fc.option(fc.constantFrom(...hands), { nil: undefined }),
        height: fc.option(fc.integer({ min: -5, max: 500 }), { nil: undefined }),
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
      frames: () => filmTable,
    }));
    const segments = rows.map((row, index) => ({
      ...drawnSegment({
        id: index + 1,
        videoId: (row.video % files.length) + 1,
        classId: (row.class % classes.length) + 1,
        startUs: row.start * frameUs,
        endUs: Math.min(frames, row.start + row.length) * frameUs,
      }),
      state: row.state,
      score: row.score,
      note: row.note,
      ...(row.annotator !== undefined && { annotator: row.annotator }),
      ...(row.subject !== undefined && { subject: row.subject }),
      ...(row.ambiguous && { ambiguous: true as const }),
      ...((row.hand ?? row.height) !== undefined && {
        attributes: {
          ...(row.hand !== undefined && { 1: row.hand }),
          ...(row.height !== undefined && { 2: row.height }),
        },
      }),
    }));
    const parents = classes.map((_, index) => (index > 0 && index % 2 === 0 ? index : undefined));
    return drawnSet(
      { videos: files, labels: classes, parents, segments, attributes },
      { states: ['accepted', 'proposed', 'rejected'] },
    );
  });
