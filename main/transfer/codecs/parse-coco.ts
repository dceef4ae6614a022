import { say, type Saying, type Told } from '#preload/domain/saying.ts';
import type { z } from 'zod';
import type { ImportedAnnotations, ImportedSegment } from '../annotation-set.ts';
import { cocoLists, cocoMaker, cocoRows, type CocoRow } from './coco-document.ts';
import { CocoTracks, type CocoTrack } from './coco-tracks.ts';
import { checkedJson, isRecord, readJson, unreadableAnnotations } from './json-file.ts';
import { possibleRows } from './possible-rows.ts';
import { RowReader } from './row-reader.ts';
import { examplesBySegment } from '../said-details.ts';

const format = say('a COCO-style file of action segments');

/**
 * Reads a COCO-style file, ours or another's: annotations with a time `segment`, or boxes over the frames of videos. What another tool does not say is
 * taken so: without a state, an annotation with a score is a proposal and one without is accepted.
 * Fails with `unreadable-annotations`, naming the first thing that is wrong, where nothing of it can be taken.
 */
export const parseCoco = (text: string, file = 'The file'): ImportedAnnotations =>
  possibleRows(readCoco(readJson(text, file, format), file), file, format);

/** Whether parsed JSON is COCO style at all. */
export const isCoco = (json: unknown): boolean =>
  isRecord(json) && Array.isArray(json['annotations']) && Array.isArray(json['categories']);

/** The same from parsed JSON; impossible times are still in it. */
export function readCoco(json: unknown, file: string): ImportedAnnotations {
  const isOurs = cocoMaker.safeParse(json).success;
  const { category, video, image, annotation } = cocoRows(isOurs ? 'ours' : 'another');
  const lists = checkedJson(json, cocoLists, file, format);
  const rows = new RowReader();
  const list = <Schema extends z.ZodType>(
    name: string,
    placeOf: (name: string) => Saying,
    schema: Schema,
    values: readonly unknown[],
  ) =>
    values.flatMap((value, index): z.infer<Schema>[] => {
      const row = rows.read(schema, value, { place: placeOf(nameOf(value, index)), path: `${name}.${index}` });
      return row === null ? [] : [row];
    });
  // A list that some tools leave empty says nothing.
  const hasVideos = lists.videos !== undefined && (lists.videos.length > 0 || lists.images.length === 0);
  const imageRows = list('images', (name) => say('image {{name}}', { name }), image, lists.images);
  const videoRows: CocoRow<'video'>[] = hasVideos
    ? list('videos', (name) => say('video {{name}}', { name }), video, lists.videos!)
    : imageRows;
  const categoryRows = list('categories', (name) => say('category {{name}}', { name }), category, lists.categories);
  const names = new Set(categoryRows.map(({ name }) => name));
  const categories = indexById(categoryRows, 'categories', file);
  const videos = indexById(videoRows, hasVideos ? 'videos' : 'images', file);
  const videoOfImage = new Map(imageRows.map((row) => [row.id, row.video_id]));

  const imageOf = new Map(imageRows.map((row) => [row.id, row]));
  const examples = examplesBySegment(
    categoryRows.map((row) => (row.examples ?? []).map((example) => example.annotation_id)),
  );
  const tracks = new CocoTracks(imageRows);
  const segments: ImportedSegment[] = [];
  for (const [index, value] of lists.annotations.entries()) {
    const place = say('annotation {{name}}', { name: nameOf(value, index) });
    if (isRecord(value) && value['segment'] === undefined && tracks.take(value, place)) continue;
    const row = rows.read(annotation, timed(value, imageOf), { place, path: `annotations.${index}` });
    if (row === null) continue;
    const videoId = row.video_id ?? videoOfImage.get(row.image_id ?? '') ?? row.image_id ?? '';
    const [inVideo, ofClass] = [videos.get(videoId), categories.get(row.category_id)];
    if (inVideo === undefined) {
      rows.refuse(
        place,
        say('the file must list the video'),
        say('the video of {{place}}, {{videoId}}, is one that the file does not list', {
          place,
          videoId,
        }),
      );
    } else if (ofClass === undefined) {
      rows.refuse(
        place,
        say('the file must list the category'),
        say('the category of {{place}}, {{category}}, is not in the file', {
          place,
          category: row.category_id,
        }),
      );
    } else {
      const exampleOf = examples.get(row.id ?? '');
      segments.push({ ...segmentOf(row, place, inVideo, ofClass, categories), ...(exampleOf && { exampleOf }) });
    }
  }
  for (const track of tracks.tracks) {
    const [inVideo, ofClass] = [videos.get(track.videoId), categories.get(track.categoryId)];
    if (inVideo !== undefined && ofClass !== undefined) segments.push(trackSegment(track, inVideo, ofClass));
    else {
      rows.refuse(track.place, say('the file must list the video and the category'));
    }
  }
  return {
    classes: categoryRows.map((row) => ({
      name: row.name,
      prompt: row.prompt,
      colour: row.colour,
      digitKey: row.digit_key,
      parent: row.parent ?? (isOurs ? undefined : names.has(row.supercategory ?? '') ? row.supercategory! : undefined),
      definition: row.definition,
      kind: row.kind,
      exclusive: row.exclusive,
      morePrompts: row.more_prompts,
    })),
    attributes: lists.attributes ?? [],
    videos: videoRows.map((row) => ({
      fileName: row.file_name ?? row.name ?? (hasVideos ? row.id : ''),
      checksum: row.sha256 ?? null,
      subset: row.split ?? null,
      reviews: (row.review ?? []).flatMap(({ category_id, state }) => {
        const reviewed = categories.get(category_id);
        return reviewed === undefined ? [] : [{ class: reviewed, state }];
      }),
    })),
    segments,
    faults: rows.faults,
  };
}

function segmentOf(
  row: CocoRow<'annotation'>,
  place: Told,
  video: number,
  ofClass: number,
  categories: ReadonlyMap<string, number>,
): ImportedSegment {
  const score = row.score ?? null;
  const state = row.state ?? (score === null ? 'accepted' : 'proposed');
  return {
    place,
    video,
    class: ofClass,
    startS: row.segment[0],
    endS: row.segment[1],
    state,
    isStateSaid: row.state !== undefined,
    score,
    source: row.source ?? { kind: 'import', format: 'coco' },
    touched: row.attributes?.touched ?? state !== 'proposed',
    ranking: (row.attributes?.ranking ?? []).flatMap(({ category_id, probability }) => {
      const ranked = categories.get(category_id);
      return ranked === undefined ? [] : [{ class: ranked, probability }];
    }),
    note: row.attributes?.note ?? '',
    annotator: row.attributes?.annotator,
    subject: row.attributes?.subject,
    ambiguous: row.attributes?.ambiguous,
    locked: row.attributes?.locked,
    values: row.attributes?.values,
  };
}

/** A box `[start, 0, duration, 1]` of an image that is a whole video is a stretch of time. */
function timed(value: unknown, imageOf: ReadonlyMap<string, CocoRow<'image'>>): unknown {
  if (!isRecord(value) || value['segment'] !== undefined || !Array.isArray(value['bbox'])) return value;
  const [start, top, duration, height] = value['bbox'] as unknown[];
  const image = imageOf.get(String(value['image_id']));
  const isTime = typeof start === 'number' && top === 0 && typeof duration === 'number' && height === 1;
  return isTime && image !== undefined ? { ...value, segment: [start, start + duration] } : value;
}

function trackSegment(
  { place, score, startFrame, endFrame }: CocoTrack,
  video: number,
  ofClass: number,
): ImportedSegment {
  const state = score === null ? 'accepted' : 'proposed';
  return {
    place,
    video,
    class: ofClass,
    startFrame,
    endFrame,
    state,
    isStateSaid: false,
    score,
    source: { kind: 'import', format: 'coco' },
    touched: state !== 'proposed',
    ranking: [],
    note: '',
  };
}

/** A row is named by its identifier, as far as it has one. */
const nameOf = (value: unknown, index: number): string => {
  const id = isRecord(value) ? value['id'] : undefined;
  return typeof id === 'number' || typeof id === 'string' ? String(id) : `number ${index + 1}`;
};

function indexById(rows: readonly { readonly id: string }[], list: string, file: string): Map<string, number> {
  const index = new Map<string, number>();
  for (const [position, { id }] of rows.entries()) {
    if (index.has(id))
      throw unreadableAnnotations(file, format, say('two of its {{list}} have the identifier {{id}}', { list, id }));
    index.set(id, position);
  }
  return index;
}
