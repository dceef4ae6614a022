// Protects: published files go in whole: as many segments as a plain reading counts, or a refusal that says why. They may
// not be given on, so they are met where they lie beside the checkout; each shape is also met in the test of its codec.
import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, test } from 'vitest';
import { decodeText } from './decode-text.ts';
import { formats } from './formats.ts';

const samples = new URL('../../../shared/samples/', import.meta.url);
const at = (path: string): URL => new URL(path, samples);
const textOf = (path: string): string => decodeText(readFileSync(at(path)), basename(path)).text;
const jsonOf = (path: string) => JSON.parse(textOf(path)) as Record<string, never>;
const lines = (text: string): string[] => text.split(/\r?\n/u).filter((line) => line.trim() !== '');

function reads(id: string, path: string) {
  const { segments, faults } = formats.find((format) => format.id === id)!.read!(textOf(path), basename(path));
  return { segments: segments.length, faults: faults.length };
}

const annotationsOf = (json: Record<string, unknown>, list = 'annotations'): number =>
  Object.values(json).reduce<number>(
    (sum, video) => sum + ((video as Record<string, unknown[]>)[list]?.length ?? 0),
    0,
  );

describe.skipIf(!existsSync(samples))('published files', () => {
  test('THUMOS’14: every segment but those that its file gives no length', () => {
    const path = 'annotations/thumos14/thumos14_anno_action.json';
    const { segments, faults } = reads('mmaction2', path);
    expect(segments + faults).toBe(annotationsOf(jsonOf(path)));
    expect(segments + faults).toBe(6335);
    const all = Object.values(jsonOf(path) as unknown as Record<string, { annotations: { segment: string[] }[] }>);
    const empty = all.flatMap(({ annotations }) =>
      annotations.filter(({ segment: [a, b] }) => !(Number(b) > Number(a))),
    );
    expect(faults).toBe(empty.length);
  });

  test.each([
    [
      'activitynet',
      'evaluator/thumos14/ground_truth.json',
      () => annotationsOf(jsonOf('evaluator/thumos14/ground_truth.json')['database']!),
    ],
    [
      'mmaction2',
      'evaluator/mmaction2_localization/gt.json',
      () => annotationsOf(jsonOf('evaluator/mmaction2_localization/gt.json')),
    ],
    [
      'activitynet-results',
      'evaluator/thumos14/perturbed_predictions_test.json',
      () =>
        Object.values(
          jsonOf('evaluator/thumos14/perturbed_predictions_test.json')['results']! as Record<string, unknown[]>,
        ).flat().length,
    ],
    [
      'activitynet-results',
      'evaluator/mmaction2_localization/result.json',
      () =>
        Object.values(
          jsonOf('evaluator/mmaction2_localization/result.json')['results']! as Record<string, unknown[]>,
        ).flat().length,
    ],
    [
      'epic-kitchens',
      'annotations/epic_kitchens_100/EPIC_100_validation.head200.csv',
      () => lines(textOf('annotations/epic_kitchens_100/EPIC_100_validation.head200.csv')).length - 1,
    ],
    ['kinetics', 'annotations/kinetics_format/datumaro_kinetics_test.csv', () => 3],
    ['kinetics', 'annotations/kinetics_format/datumaro_kinetics_train.json', () => 1],
    // Two persons: (12 twice, 17 twice, 79 once) and (12, 74, 80 once), rows of one second after another being one.
    ['ava', 'annotations/ava/ava_sample.csv', () => 6],
    [
      'coco',
      'annotations/coco_video/cocovid_sample.json',
      () => tracksOf('annotations/coco_video/cocovid_sample.json'),
    ],
    [
      'coco',
      'annotations/coco_video/youtubevis_sample.json',
      () => tracksOf('annotations/coco_video/youtubevis_sample.json'),
    ],
    ['dive', 'annotations/dive/tracks.json', () => 1],
    ['label-studio', 'annotations/label_studio/ls-video.json', () => 1],
    ['via3', 'annotations/via3/01NVb-003-070-1-4CV.json', () => timesOf('annotations/via3/01NVb-003-070-1-4CV.json')],
    ['via3', 'annotations/via3/01NVb_003_072_T2_4CV.json', () => timesOf('annotations/via3/01NVb_003_072_T2_4CV.json')],
    // Starts and stops, and nothing else.
    [
      'boris-tabular',
      'annotations/boris/test_export_events_tabular.tsv',
      () => textOf('annotations/boris/test_export_events_tabular.tsv').match(/\tSTART$/gmu)!.length,
    ],
  ])('%s takes all of %s', (format, path, count) => {
    expect(reads(format, path)).toEqual({ segments: count(), faults: 0 });
  });

  const tracksOf = (path: string): number => {
    const { annotations } = jsonOf(path) as unknown as { annotations: { instance_id: number; video_id: number }[] };
    return new Set(annotations.map((one) => `${one.video_id} ${one.instance_id}`)).size;
  };
  const timesOf = (path: string): number =>
    Object.values(jsonOf(path)['metadata']! as Record<string, { z: number[] }>).filter(({ z }) => z.length === 2)
      .length;

  test('BORIS: states go in, points and what has no video are listed', () => {
    const table = 'annotations/boris/test_export_aggregated_events_test_full_1.tsv';
    const rows = textOf(table);
    expect(reads('boris-aggregated', table)).toEqual({
      segments: rows.match(/\tSTATE\t/gu)!.length,
      faults: rows.match(/\tPOINT\t/gu)!.length,
    });
    const { observations, behaviors_conf: behaviours } = jsonOf('annotations/boris/test.boris') as unknown as {
      behaviors_conf: Record<string, { code: string; type: string }>;
      observations: Record<string, { file: Record<string, string[]>; events: [number, string, string][] }>;
    };
    const codes = new Set(
      Object.values(behaviours).flatMap(({ code, type }) => (type === 'State event' ? [code] : [])),
    );
    const recorded = Object.values(observations).filter(({ file }) => (file['1'] ?? []).length > 0);
    const states = recorded.flatMap(({ events }) => events.filter(([, , code]) => codes.has(code)));
    const all = Object.values(observations).flatMap(({ events }) => events);
    const { segments, faults } = reads('boris', 'annotations/boris/test.boris');
    expect(segments).toBe(states.length / 2);
    expect(faults).toBe(all.length - states.length);
  });

  test('TAO: a track of a category that its file does not list is told', () => {
    const path = 'annotations/coco_video/tao_sample.json';
    const { categories, tracks } = jsonOf(path) as unknown as Record<string, { id: number; category_id: number }[]>;
    const listed = new Set(categories!.map(({ id }) => id));
    const known = tracks!.filter(({ category_id }) => listed.has(category_id)).length;
    expect(reads('coco', path)).toEqual({ segments: known, faults: tracks!.length - known });
  });

  test('ELAN: what is aligned goes in, what refers to others is listed', () => {
    const path = 'annotations/elan/sample_3.0.eaf';
    const text = textOf(path);
    const { segments, faults } = reads('elan', path);
    expect(segments + faults).toBe(text.match(/<ANNOTATION>/gu)!.length);
    const unaligned = new Set([...text.matchAll(/<TIME_SLOT TIME_SLOT_ID="([^"]+)"\/>/gu)].map(([, slot]) => slot!));
    const aligned = [...text.matchAll(/TIME_SLOT_REF1="([^"]+)" TIME_SLOT_REF2="([^"]+)"/gu)];
    expect(segments).toBe(aligned.filter(([, from, to]) => !unaligned.has(from!) && !unaligned.has(to!)).length);
  });

  test('CVAT: tracks that show go in', () => {
    // Three tracks of shapes and one of a skeleton; each shows once.
    expect(reads('cvat', 'annotations/cvat/cvat_for_video_1.1.xml').segments).toBe(4);
  });

  test.each([
    ['coco', 'annotations/dive/kwcoco_import-profile.json', /is not a COCO-style file/u],
    ['mmaction2-rawframes', 'annotations/classlists/mmaction2_hmdb51_label_map.txt', /is not an MMAction2 list/u],
    ['elan', 'annotations/elan/EAFv3.0.xsd', /its root is not ANNOTATION_DOCUMENT/u],
  ])('%s refuses %s, which has no time', (format, path, reason) => {
    expect(() => reads(format, path)).toThrow(reason);
  });
});
