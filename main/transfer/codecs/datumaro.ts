import { say } from '#preload/domain/saying.ts';
import { z } from 'zod';
import type { AnnotationSet, ImportedAnnotations, WrittenFolder } from '../annotation-set.ts';
import type { Format } from '../format.ts';
import { frameRuns } from './frame-runs.ts';
import { heldSegments, type HeldVideo } from './held-segments.ts';
import { checkedJson, readJson } from './json-file.ts';
import { filePerPart, partOfFile } from './part-files.ts';
import { SegmentRows } from './segment-rows.ts';

export const datumaro: Format = {
  id: 'datumaro',
  name: 'Datumaro JSON',
  extensions: ['json'],
  description:
    'Items of Datumaro with labels: an item is a stretch of a video; a file in annotations/ is a subset, a part of the data set. Read also from labels of single frames, those in a row being one segment.',
  layout: 'folder',
  keeps: ['times to the frame', 'overlaps', 'classes without segments', 'splits'],
  read,
  write,
};

const format = say('a Datumaro file');
const document = z.looseObject({
  categories: z.looseObject({
    label: z.looseObject({ labels: z.array(z.looseObject({ name: z.string() })) }, 'it has no list of labels'),
  }),
  items: z.array(z.unknown()),
});
const item = z.looseObject({
  annotations: z.array(z.looseObject({ type: z.string(), label_id: z.int().nullish() })),
  /** The last frame is part of it; without one it goes on to the end. */
  video: z.looseObject({ path: z.string(), start_frame: z.int().default(0), end_frame: z.int().nullish() }).nullish(),
  video_frame: z.looseObject({ video_path: z.string(), frame_index: z.int() }).nullish(),
});

function read(text: string, file: string): ImportedAnnotations {
  const { categories, items } = checkedJson(readJson(text, file, format), document, file, format);
  const names = categories.label.labels.map(({ name }) => name);
  const part = partOfFile(file);
  const rows = new SegmentRows('datumaro');
  for (const name of names) rows.label(name);
  const framesOf = new Map<string, { readonly video: string; readonly label: string; readonly frames: number[] }>();
  for (const [index, value] of items.entries()) {
    const place = say('item {{index}}', { index: String(index + 1) });
    const told = rows.checks.read(item, value, { place });
    if (told === null) continue;
    const path = told.video?.path ?? told.video_frame?.video_path;
    if (path === undefined) {
      rows.refuse(place, say('an item that is no part of a video has no time'));
      continue;
    }
    rows.video(path, part);
    for (const { label_id: labelId } of told.annotations) {
      const label = names[labelId ?? -1];
      if (label === undefined) rows.refuse(place, say('the file must list the label'));
      else if (told.video) {
        const endFrame = (told.video.end_frame ?? Infinity) + 1;
        rows.add({ place, video: path, label, startFrame: told.video.start_frame, endFrame });
      } else {
        const key = JSON.stringify([path, label]);
        const run = framesOf.get(key) ?? { video: path, label, frames: [] };
        framesOf.set(key, run);
        run.frames.push(told.video_frame!.frame_index);
      }
    }
  }
  for (const { video, label, frames } of framesOf.values())
    for (const run of frameRuns(frames))
      rows.add({
        place: say('frame {{startFrame}} of {{video}}', { startFrame: String(run.startFrame), video }),
        video,
        label,
        ...run,
      });
  return rows.done(file, format);
}

/** Datumaro's number for data sets whose items are videos; without one it expects images. */
const videoMedia = 5;

function write(set: AnnotationSet): WrittenFolder {
  const { videos, warnings } = heldSegments(set);
  const labels = set.classes.map(({ name }) => ({ name, parent: '', attributes: [] }));
  const categories = { label: { labels, label_groups: [], attributes: [] } };
  const itemsOf = ({ name, key, segments }: HeldVideo) =>
    segments.map(({ labelId, startFrame, endFrame }, index) => ({
      id: `${key}/${index + 1}`,
      annotations: [{ id: 0, type: 'label', attributes: {}, group: 0, label_id: labelId }],
      video: { path: name, step: 1, start_frame: startFrame, end_frame: endFrame - 1 },
    }));
  const files = filePerPart(
    videos.filter(({ segments }) => segments.length > 0),
    (part) => `annotations/${part.slice(1) || 'default'}.json`,
    (of) =>
      `${JSON.stringify({ infos: {}, media_type: videoMedia, categories, items: of.flatMap(itemsOf) }, null, 1)}\n`,
  );
  return { files, warnings };
}
