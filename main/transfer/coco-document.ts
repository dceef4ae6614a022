import { z } from 'zod';
import { reviewState, segmentSource, segmentState } from '#preload/domain/segment.ts';

/**
 * The parts of a COCO file that are read. pycocotools asks for `id`, `image_id` and `category_id` of every annotation and
 * `id` of every image and category; keys that it does not know it keeps. No key for a stretch of time is standard:
 * `segment`, in seconds, is what ActivityNet and the tools after it call it.
 *
 * Beyond those, keys of ours are checked in files of ours alone: elsewhere the same words may mean other things, and what
 * does not read as ours is taken as not said.
 */
export function cocoDocument(maker: 'ours' | 'another') {
  const own = <Schema extends z.ZodType>(schema: Schema) =>
    maker === 'ours' ? schema.optional() : schema.optional().catch(undefined);

  const category = z.looseObject({
    id: z.int(),
    name: z.string().trim().min(1).max(200),
    prompt: own(z.string().trim().min(1).max(1000)),
    colour: own(z.string().regex(/^#[0-9a-f]{6}$/)),
    digit_key: own(z.int().min(0).max(9).nullable()),
  });
  const video = z.looseObject({
    id: z.int(),
    name: z.string().optional(),
    file_name: z.string().optional(),
    sha256: own(z.string()),
    review: own(z.array(z.object({ category_id: z.int(), state: reviewState }))),
  });
  const annotation = z.looseObject({
    id: z.int(),
    image_id: z.int(),
    video_id: z.int().optional(),
    category_id: z.int(),
    segment: z.tuple([z.number(), z.number()], { error: 'a time segment [start, end] in seconds is needed' }),
    score: z.number().nullable().optional(),
    state: own(segmentState),
    source: own(segmentSource),
    attributes: own(
      z.looseObject({
        touched: z.boolean().optional(),
        note: z.string().max(4000).optional(),
        ranking: z.array(z.object({ category_id: z.int(), probability: z.number() })).optional(),
      }),
    ),
  });
  return z.looseObject({
    videos: z.array(video).optional(),
    images: z.array(z.looseObject({ ...video.shape, video_id: z.int().optional() })).default([]),
    categories: z.array(category),
    annotations: z.array(annotation),
  });
}

/** Tells whether a file says that this program wrote it. */
export const cocoMaker = z.looseObject({ info: z.looseObject({ exporter: z.literal('Cuepoint') }) });
