import { say, type Saying } from '#preload/domain/saying.ts';
import { z } from 'zod';
import type { AnnotationSet, ImportedAnnotations, Written } from '../annotation-set.ts';
import type { Format } from '../format.ts';
import { heldSegments, type HeldSegment } from './held-segments.ts';
import { isRecord, readJson, unreadableAnnotations } from './json-file.ts';
import { SegmentRows } from './segment-rows.ts';

export const labelStudio: Format = {
  id: 'label-studio',
  name: 'Label Studio JSON',
  extensions: ['json'],
  description:
    'Tasks with timeline labels by frame; proposals are predictions. Read also from labelled stretches in seconds, tracks of boxes, and choices, which hold for the whole video.',
  layout: 'file',
  keeps: ['times to the frame', 'overlaps', 'scores', 'splits'],
  read,
  write,
};

const format = say('a Label Studio export');
const names = z.array(z.string()).optional();
const value = z.looseObject({
  /** From 1; the last frame is part of it. */
  ranges: z.array(z.looseObject({ start: z.number(), end: z.number() })).optional(),
  timelinelabels: names,
  labels: names,
  choices: names,
  start: z.number().optional(),
  end: z.number().optional(),
  sequence: z.array(z.looseObject({ frame: z.number(), enabled: z.boolean().default(true) })).optional(),
});
const region = z.looseObject({ value, score: z.number().nullish() });
type Region = z.infer<typeof region>;

function read(text: string, file: string): ImportedAnnotations {
  const json = readJson(text, file, format);
  const tasks = Array.isArray(json) ? json : [json];
  if (!tasks.some((task) => isRecord(task) && isRecord(task['data'])))
    throw unreadableAnnotations(file, format, say('no task of it has “data”'));
  const rows = new SegmentRows('label-studio');
  for (const [index, task] of tasks.entries()) {
    const place = say('task {{task}}', {
      task: String(isRecord(task) && typeof task['id'] === 'number' ? task['id'] : index + 1),
    });
    const video = isRecord(task) && isRecord(task['data']) ? videoOf(task['data']) : null;
    if (video === null) {
      rows.refuse(place, say('a task has a video in its data'));
      continue;
    }
    const data = (task as { data: Record<string, unknown> }).data;
    rows.video(video, typeof data['split'] === 'string' ? data['split'] : null);
    for (const key of ['annotations', 'completions', 'predictions'] as const) {
      const made = (task as Record<string, unknown>)[key];
      for (const one of Array.isArray(made) ? made : [])
        if (isRecord(one) && one['was_cancelled'] !== true)
          readResult(one['result'], key === 'predictions', place, video, rows);
    }
  }
  return rows.done(file, format);
}

function readResult(result: unknown, isPrediction: boolean, task: Saying, video: string, rows: SegmentRows): void {
  for (const [index, one] of (Array.isArray(result) ? result : []).entries()) {
    const place = say('result {{index}} of {{task}}', { index: String(index + 1), task });
    const told = rows.checks.read(region, one, { place });
    if (told === null) continue;
    const spans = spansOf(told);
    const labels = told.value.timelinelabels ?? told.value.labels ?? told.value.choices ?? [];
    if (spans.length === 0) rows.refuse(place, say('the region has no time'));
    else if (labels.length === 0) rows.refuse(place, say('the region has no class'));
    for (const label of labels)
      for (const span of spans)
        rows.add({ place, video, label, score: told.score, state: isPrediction ? 'proposed' : 'accepted', ...span });
  }
}

function spansOf({ value: { ranges, sequence, start, end, choices } }: Region) {
  if (ranges !== undefined) return ranges.map((one) => ({ startFrame: one.start - 1, endFrame: one.end }));
  if (sequence !== undefined) return shownIn(sequence);
  if (start !== undefined && end !== undefined) return [{ startS: start, endS: end }];
  return choices === undefined ? [] : [{ startFrame: 0, endFrame: Infinity }];
}

/** A box shows from a key frame on until one that disables it. */
function shownIn(sequence: readonly { readonly frame: number; readonly enabled: boolean }[]) {
  const spans: { startFrame: number; endFrame: number }[] = [];
  let startFrame: number | null = null;
  const ordered = sequence.toSorted((a, b) => a.frame - b.frame);
  for (const [index, { frame, enabled }] of ordered.entries()) {
    startFrame ??= enabled || index === ordered.length - 1 ? frame - 1 : null;
    if (startFrame === null || (enabled && index < ordered.length - 1)) continue;
    spans.push({ startFrame, endFrame: frame });
    startFrame = null;
  }
  return spans;
}

/** Tasks may be about a text, which is no file. */
const isFile = (one: unknown): boolean => typeof one === 'string' && /\.[a-z\d]{2,5}(?:[?#].*)?$/iu.test(one);

/** An upload has letters of chance before its name. */
function videoOf(data: Record<string, unknown>): string | null {
  const told = typeof data['video'] === 'string' ? data['video'] : Object.values(data).find(isFile);
  if (typeof told !== 'string' || told === '') return null;
  const path = decoded(/[?&]d=([^&]+)/u.exec(told)?.[1] ?? told.replace(/[?#].*$/u, ''));
  return /\/upload\//u.test(told) ? path.replace(/\/[0-9a-f]{8}-([^/]+)$/u, '/$1') : told.includes('://') ? path : told;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function write(set: AnnotationSet): Written {
  const { videos, warnings } = heldSegments(set);
  const tasks = videos.map(({ name, video, segments }, index) => {
    const accepted = segments.filter(({ state }) => state === 'accepted');
    const proposed = segments.filter(({ state }) => state !== 'accepted');
    return {
      id: index + 1,
      data: { video: name, ...(video.split !== null && { split: video.split }) },
      annotations: accepted.length === 0 ? [] : [{ result: accepted.map(regionOf) }],
      predictions:
        proposed.length === 0 ? [] : [{ model_version: `Cuepoint ${set.version}`, result: proposed.map(regionOf) }],
    };
  });
  return { text: `${JSON.stringify(tasks, null, 1)}\n`, warnings };
}

const regionOf = ({ label, startFrame, endFrame, score }: HeldSegment, index: number) => ({
  id: String(index + 1),
  type: 'timelinelabels',
  from_name: 'timeline',
  to_name: 'video',
  origin: 'manual',
  ...(score === null ? {} : { score }),
  value: { ranges: [{ start: startFrame + 1, end: endFrame }], timelinelabels: [label] },
});
