import { say, english } from '#preload/domain/saying.ts';
import { z } from 'zod';
import type { Split } from '#preload/domain/split.ts';
import type { AnnotationSet, ImportedAnnotations, WrittenFolder } from '../annotation-set.ts';
import type { Format } from '../format.ts';
import { clockSeconds } from './clock-time.ts';
import { heldSegments, type HeldVideo } from './held-segments.ts';
import { isRecord, readJson, unreadableAnnotations } from './json-file.ts';
import { filePerPart, partOfFile, partOfTags } from './part-files.ts';
import { SegmentRows } from './segment-rows.ts';

export const fiftyOne: Format = {
  id: 'fiftyone',
  name: 'FiftyOne temporal detections',
  extensions: ['json'],
  description:
    'The labels.json of a FiftyOneTemporalDetectionDataset, one for each part of the data set (its labels_path); read also from the samples.json of a FiftyOneDataset, whose tags say the part. Frames are exact.',
  layout: 'folder',
  keeps: ['times to the frame', 'overlaps', 'scores', 'classes without segments', 'splits'],
  read,
  write,
};

const format = say('a FiftyOne file of temporal detections');

const time = z.union([
  z.number(),
  z
    .string()
    .transform(clockSeconds)
    .pipe(z.number(english(say('a time is seconds or HH:MM:SS.sss')))),
]);
const detection = z
  .looseObject({
    label: z.union([z.string().min(1), z.int()]),
    /** First and last frame, from 1. */
    support: z.tuple([z.number(), z.number()]).nullish(),
    timestamps: z.tuple([time, time]).nullish(),
    confidence: z.number().nullish(),
  })
  .refine(
    ({ support, timestamps }) => (support ?? timestamps) !== undefined,
    english(say('a detection needs support or timestamps')),
  );

function read(text: string, file: string): ImportedAnnotations {
  const json = readJson(text, file, format);
  const rows = new SegmentRows('fiftyone');
  if (isRecord(json) && isRecord(json['labels'])) readLabels(json['labels'], json['classes'], partOfFile(file), rows);
  else if (isRecord(json) && Array.isArray(json['samples'])) readSamples(json['samples'], rows);
  else throw unreadableAnnotations(file, format, say('it has no object “labels” and no list of samples'));
  return rows.done(file, format);
}

function readLabels(labels: Record<string, unknown>, listed: unknown, part: Split | null, rows: SegmentRows): void {
  const classes = Array.isArray(listed) ? listed.map(String) : [];
  for (const name of classes) rows.label(name);
  for (const [video, detections] of Object.entries(labels)) {
    rows.video(video, part);
    addAll(detections, video, classes, rows);
  }
}

/** Every field of a sample may hold detections. */
function readSamples(samples: readonly unknown[], rows: SegmentRows): void {
  for (const [index, sample] of samples.entries()) {
    if (!isRecord(sample) || typeof sample['filepath'] !== 'string') {
      rows.refuse(say('sample {{index}}', { index: String(index + 1) }), say('a sample has a filepath'));
      continue;
    }
    rows.video(sample['filepath'], partOfTags(sample['tags']));
    for (const field of Object.values(sample)) {
      if (!isRecord(field)) continue;
      const one = field['_cls'] === 'TemporalDetection' ? [field] : field['detections'];
      if (one !== undefined && (field['_cls'] === 'TemporalDetection' || field['_cls'] === 'TemporalDetections'))
        addAll(one, sample['filepath'], [], rows);
    }
  }
}

function addAll(detections: unknown, video: string, classes: readonly string[], rows: SegmentRows): void {
  const list =
    detections === null || detections === undefined ? [] : Array.isArray(detections) ? detections : [detections];
  for (const [index, value] of list.entries()) {
    const place = say('detection {{index}} of {{video}}', { index: String(index + 1), video });
    const told = rows.checks.read(detection, value, { place });
    if (told === null) continue;
    const { label, support, timestamps, confidence } = told;
    const said = {
      place,
      video,
      label: typeof label === 'number' ? (classes[label] ?? String(label)) : label,
      score: confidence,
    };
    if (support) rows.add({ ...said, startFrame: support[0] - 1, endFrame: support[1] });
    else rows.add({ ...said, startS: timestamps![0], endS: timestamps![1] });
  }
}

function write(set: AnnotationSet): WrittenFolder {
  const { videos, warnings } = heldSegments(set);
  const classes = set.classes.map(({ name }) => name);
  const labelsOf = ({ key, segments }: HeldVideo) => [
    key,
    segments.map(({ label, startFrame, endFrame, score }) => ({
      label,
      support: [startFrame + 1, endFrame],
      ...(score === null ? {} : { confidence: score }),
    })),
  ];
  const files = filePerPart(
    videos,
    (part) => `labels${part}.json`,
    (of) => `${JSON.stringify({ classes, labels: Object.fromEntries(of.map(labelsOf)) }, null, 1)}\n`,
  );
  return { files, warnings };
}
