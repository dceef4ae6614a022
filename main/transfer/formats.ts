import { formatGroundTruth, formatResults, parseGroundTruth, parseResults } from './activitynet.ts';
import type { AnnotationSet, ImportedAnnotations, Written } from './annotation-set.ts';
import { formatCsv, parseCsv } from './csv.ts';
import { formatCoco } from './format-coco.ts';
import { parseCoco } from './parse-coco.ts';

export interface Format {
  readonly id: string;
  readonly name: string;
  /** Of the file, without the dot. */
  readonly extension: string;
  readonly description: string;
  /** Fails with `unreadable-annotations`. */
  readonly read?: (text: string) => ImportedAnnotations;
  readonly write?: (set: AnnotationSet) => Written;
}

/** The formats that annotations come and go in. */
export const formats: readonly Format[] = [
  {
    id: 'coco',
    name: 'COCO-style JSON',
    extension: 'json',
    description:
      'Everything about the segments, readable by pycocotools: one image per video, time segments in seconds, temporal or full-frame boxes.',
    read: parseCoco,
    write: formatCoco,
  },
  {
    id: 'activitynet',
    name: 'ActivityNet ground truth',
    extension: 'json',
    description: 'Accepted segments as ActivityNet’s evaluation, ActionFormer and OpenTAD read them.',
    read: parseGroundTruth,
    write: formatGroundTruth,
  },
  {
    id: 'activitynet-results',
    name: 'ActivityNet predictions',
    extension: 'json',
    description: 'Scored segments as ActivityNet’s evaluation reads predictions.',
    read: parseResults,
    write: formatResults,
  },
  {
    id: 'csv',
    name: 'CSV table',
    extension: 'csv',
    description: 'One row per segment, for spreadsheets and scripts.',
    read: parseCsv,
    write: formatCsv,
  },
];
