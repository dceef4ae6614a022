import { z } from 'zod';
import { microsecondsOf } from '#preload/domain/span.ts';
import type { ImportedAnnotations, ImportedSegment } from './annotation-set.ts';
import { cocoDocument, cocoMaker } from './coco-document.ts';
import { checkedJson, readJson, unreadableAnnotations } from './read-json.ts';

/**
 * Reads a COCO-style file whose annotations carry a time `segment`, ours or another's. What another tool does not say is
 * taken so: without a state, an annotation with a score is a proposal and one without is accepted.
 * Fails with `unreadable-annotations`, naming the first thing that is wrong.
 */
export function parseCoco(text: string): ImportedAnnotations {
  const json = readJson(text, z.unknown(), format);
  const maker = cocoMaker.safeParse(json).success ? 'ours' : 'another';
  const document = checkedJson(json, cocoDocument(maker), format);
  const videoList = document.videos ?? document.images;
  const categories = indexById(document.categories, 'categories');
  const videos = indexById(videoList, document.videos === undefined ? 'images' : 'videos');
  const images = new Map(document.images.map((image) => [image.id, image]));
  const at = (index: Map<number, number>, id: number, what: string): number => {
    const found = index.get(id);
    if (found === undefined) throw unreadable(`${what} ${id} is not in the file`);
    return found;
  };
  return {
    classes: document.categories.map(({ name, prompt, colour, digit_key }) => ({
      name,
      prompt,
      colour,
      digitKey: digit_key,
    })),
    videos: videoList.map((video) => ({
      fileName: video.file_name ?? video.name ?? '',
      checksum: video.sha256 ?? null,
      reviews: (video.review ?? []).map(({ category_id, state }) => ({
        class: at(categories, category_id, 'the reviewed category'),
        state,
      })),
    })),
    segments: document.annotations.map((annotation): ImportedSegment => {
      const name = `annotation ${annotation.id}`;
      const imageVideo = images.get(annotation.image_id)?.video_id;
      const [startS, endS] = annotation.segment;
      if (!(endS > startS))
        throw unreadable(`${name} must end after it starts, but its segment is [${startS}, ${endS}]`);
      const score = annotation.score ?? null;
      const state = annotation.state ?? (score === null ? 'accepted' : 'proposed');
      return {
        video: at(videos, annotation.video_id ?? imageVideo ?? annotation.image_id, `the video of ${name},`),
        class: at(categories, annotation.category_id, `the category of ${name},`),
        startUs: microsecondsOf(startS),
        endUs: microsecondsOf(endS),
        state,
        score,
        source: annotation.source ?? { kind: 'import', format: 'coco' },
        touched: annotation.attributes?.touched ?? state !== 'proposed',
        ranking: (annotation.attributes?.ranking ?? []).map(({ category_id, probability }) => ({
          class: at(categories, category_id, `a ranked category of ${name},`),
          probability,
        })),
        note: annotation.attributes?.note ?? '',
      };
    }),
  };
}

function indexById(rows: readonly { readonly id: number }[], list: string): Map<number, number> {
  const index = new Map<number, number>();
  for (const [position, { id }] of rows.entries()) {
    if (index.has(id)) throw unreadable(`two of its ${list} have the identifier ${id}`);
    index.set(id, position);
  }
  return index;
}

const format = 'a COCO-style file of action segments';

const unreadable = (reason: string) => unreadableAnnotations(format, reason);
