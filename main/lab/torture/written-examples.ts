import { exportOptions } from '#preload/contract/work.ts';
import { FrameTable } from '#preload/domain/frame-table.ts';
import { filmFacts } from '#preload/domain/testing/film-facts.ts';
import type { AnnotationSet, ExportedVideo, NamedText } from '#main/transfer/annotation-set.ts';
import type { Format } from '#main/transfer/format.ts';
import { formats } from '#main/transfer/formats.ts';

const frames = 300;
const frameUs = 33_367;
const table = FrameTable.fromArray(Float64Array.from({ length: frames + 1 }, (_, index) => index * frameUs));

const videos = ['film.mp4', 'two words.mov', '名前.mkv'].map((name, index): ExportedVideo => ({
  id: index + 1,
  name,
  path: `/lab/films/${name}`,
  split: (['train', 'validation', 'test'] as const)[index]!,
  checksum: String(index + 1).repeat(64),
  facts: filmFacts(frames, {
    averageFps: 1e6 / frameUs,
    lastFrameUs: (frames - 1) * frameUs,
    endUs: frames * frameUs,
  }),
  frames: () => table,
}));

/** A small project with a little of everything: three videos, parts, three classes, overlaps, a whole video, notes, scores, rankings. */
const example: AnnotationSet = {
  videos,
  classes: ['jump', 'run, "fast"', '跳高'].map((name, position) => ({
    id: position + 1,
    name,
    prompt: `a person: ${name}`,
    colour: '#e69f00',
    digitKey: position + 1,
    position,
    removed: false,
  })),
  // The last is a label of a whole video.
  segments: Array.from({ length: 10 }, (_, index) => ({
    id: index + 1,
    videoId: (Math.floor(index / 3) % 3) + 1,
    classId: (index % 3) + 1,
    startUs: (index < 9 ? 10 + 20 * (index % 3) : 0) * frameUs,
    endUs: (index < 9 ? 45 + 20 * (index % 3) : frames) * frameUs,
    state: index % 3 === 1 ? 'proposed' : 'accepted',
    score: index % 2 === 0 ? null : 0.625,
    source: { kind: 'human' },
    touched: true,
    ranking: index % 3 === 1 ? [{ classId: 1, probability: 0.75 }] : [],
    note: index === 0 ? 'a "note",\nof two lines' : '',
  })),
  attributes: [],
  reviews: [],
  version: '0.1.0',
  samplingFps: 4,
  options: exportOptions.parse({ states: ['accepted', 'proposed'] }),
};

/** The files of the example in every format that writes and reads. */
export const writtenExamples: readonly { readonly format: Format; readonly files: readonly NamedText[] }[] =
  formats.flatMap((format) => {
    if (format.read === undefined || format.write === undefined) return [];
    const written = format.write(example);
    const files =
      'files' in written ? written.files : [{ name: `labels.${format.extensions[0]!}`, text: written.text }];
    return [{ format, files }];
  });
