// Protects: published files go in whole: every segment that a plain reading finds in them, as it finds it, or a refusal
// that says why. They may not be given on, so they are met where they lie beside the checkout; each shape is also met in
// the test of its codec.
import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, test } from 'vitest';
import { inOrder, plainReadings, type PlainRow } from '../testing/plain-readings.ts';
import { saidRows } from '../testing/said-rows.ts';
import { decodeText } from './decode-text.ts';
import { formats } from './formats.ts';
import { english } from '#preload/domain/saying.ts';

const samples = new URL('../../../shared/samples/', import.meta.url);
const textOf = (path: string): string => decodeText(readFileSync(new URL(path, samples)), basename(path)).text;
const read = (id: string, path: string) =>
  formats.find((format) => format.id === id)!.read!(textOf(path), basename(path));
const plainRows = (id: string, path: string): PlainRow[] => plainReadings[id]!(textOf(path), basename(path), []);
const isPossible = ([, , start, end]: PlainRow): boolean =>
  typeof start === 'number' ? Number(end) > start : Number.parseInt(String(end), 10) > Number.parseInt(start, 10);

/** Files whose segments all can be; rows that are no segments of time are counted. */
const files: readonly (readonly [format: string, path: string, others: number])[] = [
  ['mmaction2', 'annotations/thumos14/thumos14_anno_action.json', 0],
  ['activitynet', 'evaluator/thumos14/ground_truth.json', 0],
  ['mmaction2', 'evaluator/mmaction2_localization/gt.json', 0],
  ['activitynet-results', 'evaluator/thumos14/perturbed_predictions_test.json', 0],
  ['activitynet-results', 'evaluator/mmaction2_localization/result.json', 0],
  ['epic-kitchens', 'annotations/epic_kitchens_100/EPIC_100_validation.head200.csv', 0],
  ['kinetics', 'annotations/kinetics_format/datumaro_kinetics_test.csv', 0],
  ['kinetics', 'annotations/kinetics_format/datumaro_kinetics_train.json', 0],
  ['ava', 'annotations/ava/ava_sample.csv', 0],
  ['coco', 'annotations/coco_video/cocovid_sample.json', 0],
  ['coco', 'annotations/coco_video/youtubevis_sample.json', 0],
  // A track is of a category that the file does not list.
  ['coco', 'annotations/coco_video/tao_sample.json', 1],
  ['dive', 'annotations/dive/tracks.json', 0],
  ['label-studio', 'annotations/label_studio/ls-video.json', 0],
  ['via3', 'annotations/via3/01NVb-003-070-1-4CV.json', 0],
  ['via3', 'annotations/via3/01NVb_003_072_T2_4CV.json', 0],
  ['cvat', 'annotations/cvat/cvat_for_video_1.1.xml', 0],
  // Points, and events of observations without a video.
  ['boris', 'annotations/boris/test.boris', 99],
  ['boris-aggregated', 'annotations/boris/test_export_aggregated_events_test_full_1.tsv', 0],
  ['boris-tabular', 'annotations/boris/test_export_events_tabular.tsv', 0],
  // Annotations of others, and slots of time that were not aligned.
  ['elan', 'annotations/elan/sample_3.0.eaf', 5955],
  ['activitynet', 'cases/activitynet-empty-segment/labels.json', 0],
  ['activitynet', 'cases/activitynet-v-prefix/labels.json', 0],
  ['activitynet', 'cases/name-decomposed/labels.json', 0],
  ['activitynet', 'cases/segments-outside-the-film/labels.json', 0],
  ['coco', 'cases/json-with-bom/coco.json', 0],
  ['coco', 'cases/same-name-two-folders/labels.json', 0],
  ['coco', 'cases/two-readers-of-coco/images-only.json', 0],
  ['coco', 'cases/two-readers-of-coco/string-ids.json', 0],
  ['csv', 'cases/csv-of-a-spreadsheet/ansi.csv', 0],
  ['csv', 'cases/name-decomposed/labels.csv', 0],
];

describe.skipIf(!existsSync(samples))('published files', () => {
  test.each(files)('%s says of %s what a plain reading finds', (format, path, others) => {
    const { segments, faults, videos, classes } = read(format, path);
    const plain = plainRows(format, path);
    const possible = plain.filter(isPossible);
    expect(possible.length).toBeGreaterThan(0);
    expect(inOrder(saidRows({ segments, videos, classes, faults }))).toEqual(inOrder(possible));
    const impossible = faults.filter(({ reason }) => english(reason) === 'a segment must end after it starts');
    expect(impossible).toHaveLength(plain.length - possible.length);
    expect(faults).toHaveLength(plain.length - possible.length + others);
  });

  test('THUMOS’14 is 413 videos with 6,335 segments of 20 classes', () => {
    const plain = plainRows('mmaction2', 'annotations/thumos14/thumos14_anno_action.json');
    const { videos, classes } = read('mmaction2', 'annotations/thumos14/thumos14_anno_action.json');
    expect([plain.length, new Set(plain.map(([, label]) => label)).size]).toEqual([6335, 20]);
    expect([videos.length, classes.length]).toEqual([413, 20]);
  });

  test.each([
    ['coco', 'annotations/dive/kwcoco_import-profile.json', /is not a COCO-style file/u],
    ['mmaction2-rawframes', 'annotations/classlists/mmaction2_activitynet_label_map.txt', /is not an MMAction2 list/u],
    ['mmaction2-rawframes', 'annotations/classlists/mmaction2_hmdb51_label_map.txt', /is not an MMAction2 list/u],
    ['mmaction2-rawframes', 'annotations/classlists/mmaction2_k400_label_map.txt', /is not an MMAction2 list/u],
    ['mmaction2-rawframes', 'annotations/classlists/mmaction2_ucf101_label_map.txt', /is not an MMAction2 list/u],
    ['activitynet', 'evaluator/mmaction2_localization/expected.json', /no object “database”/u],
    ['activitynet', 'evaluator/thumos14/expected.json', /no object “database”/u],
    ['elan', 'annotations/elan/EAFv3.0.xsd', /its root is not ANNOTATION_DOCUMENT/u],
  ])('%s refuses %s, which has no time', (format, path, reason) => {
    expect(() => read(format, path)).toThrow(reason);
  });
});
