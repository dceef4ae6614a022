import { say } from '#preload/domain/saying.ts';
import { z } from 'zod';
import { secondsOf } from '#preload/domain/span.ts';
import type { AnnotationSet, ImportedAnnotations, Written } from '../annotation-set.ts';
import type { Format } from '../format.ts';
import { isRecord, readJson, unreadableAnnotations } from './json-file.ts';
import { possibleRows } from './possible-rows.ts';
import { readAnnotatedVideos } from './video-database.ts';
import { subsetWord } from './subset-words.ts';
import { withoutRejected } from './without-rejected.ts';
import { videoKeys } from '../video-names.ts';

const format = say('an ActivityNet ground truth');

export const activityNet: Format = {
  id: 'activitynet',
  name: 'ActivityNet ground truth',
  extensions: ['json'],
  description:
    'Accepted segments as ActivityNet’s evaluation, ActionFormer and OpenTAD read them; HACS and FineAction are published so.',
  layout: 'file',
  keeps: ['times to the frame', 'overlaps', 'splits', 'class tree'],
  splitByDefault: 'validation',
  read(text, file) {
    const json = readJson(text, file, format);
    if (!isActivityNet(json)) throw unreadableAnnotations(file, format, say('it has no object “database” of videos'));
    return possibleRows(readActivityNet(json), file, format);
  },
  write,
};

/** ActivityNet's tree has one root; a flat list of classes is written without a tree, as before. */
function taxonomyOf({ classes }: AnnotationSet) {
  if (classes.every(({ parentId }) => parentId === undefined)) return [];
  const nodeOf = new Map(classes.map(({ id }, index) => [id, index + 1]));
  return [
    { nodeId: 0, nodeName: 'Root', parentId: null, parentName: null },
    ...classes.map(({ id, name, parentId }) => ({
      nodeId: nodeOf.get(id)!,
      nodeName: name,
      parentId: nodeOf.get(parentId ?? 0) ?? 0,
      parentName: classes.find((one) => one.id === parentId)?.name ?? 'Root',
    })),
  ];
}

interface Document {
  readonly database: Record<string, unknown>;
  readonly taxonomy?: unknown;
}

/** Whether parsed JSON is `{database: {id: {…}}}`. */
export const isActivityNet = (json: unknown): json is Document => isRecord(json) && isRecord(json['database']);

/** `{database: {id: {subset, annotations}}}` from parsed JSON; impossible times are still in it. */
export function readActivityNet({ database, taxonomy }: Document): ImportedAnnotations {
  const read = readAnnotatedVideos(database, 'database.', 'activitynet');
  const nodes = taxonomyNodes.safeParse(taxonomy);
  if (!nodes.success) return read;
  const parentOf = new Map(nodes.data.map(({ nodeName, parentName }) => [nodeName, parentName]));
  const names = new Set(read.classes.map(({ name }) => name));
  // Nodes above classes that have segments: they are classes too.
  const above = new Set<string>();
  for (const { name } of read.classes)
    for (
      let parent = parentOf.get(name);
      parent != null && parentOf.get(parent) != null;
      parent = parentOf.get(parent)
    ) {
      if (above.has(parent)) break;
      above.add(parent);
    }
  const classes = [...read.classes, ...[...above].filter((name) => !names.has(name)).map((name) => ({ name }))];
  const known = new Set(classes.map(({ name }) => name));
  return {
    ...read,
    classes: classes.map((one) => {
      const parent = parentOf.get(one.name);
      return parent != null && known.has(parent) ? { ...one, parent } : one;
    }),
  };
}

const taxonomyNodes = z.array(z.looseObject({ nodeName: z.string(), parentName: z.string().nullish() }));

/**
 * Ground truth as ActivityNet's evaluation, ActionFormer and OpenTAD read it: `duration` is that of the video stream, so
 * that `frame` maps linearly onto it, and labels are class names, counted in `label_id` from 0. What was rejected is left
 * out, since there is no word for it here.
 */
function write(set: AnnotationSet): Written {
  const { segmentsOf, warnings } = withoutRejected(set);
  const labelId = new Map(set.classes.map(({ id }, index) => [id, index]));
  const keys = videoKeys(set.videos);
  const subsetOf = subsetWord(set, { train: 'training', validation: 'validation', test: 'testing' });
  const database = Object.fromEntries(
    set.videos.map(({ id, facts, split }, index) => [
      keys[index]!,
      {
        subset: subsetOf({ split }),
        duration: secondsOf(facts.endUs),
        frame: facts.frameCount,
        fps: facts.averageFps,
        resolution: `${facts.width}x${facts.height}`,
        url: '',
        annotations: segmentsOf(id).map(({ startUs, endUs, classId }) => ({
          segment: [secondsOf(startUs), secondsOf(endUs)],
          label: set.classes[labelId.get(classId)!]!.name,
          label_id: labelId.get(classId)!,
        })),
      },
    ]),
  );
  return {
    text: `${JSON.stringify({ version: `Cuepoint ${set.version}`, taxonomy: taxonomyOf(set), database }, null, 1)}\n`,
    warnings,
  };
}
