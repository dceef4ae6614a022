import { z } from 'zod';
import { actionClass, mostExamples } from '#preload/domain/action-class.ts';
import { attributeValue } from '#preload/domain/attribute.ts';
import { annotatorName, reviewState, segmentSource, segmentState, subjectName } from '#preload/domain/segment.ts';
import { className, timeSegment } from './json-file.ts';
import { toldAttribute } from './told-attribute.ts';

/** pycocotools takes any value that a dictionary does; `1` and `"1"` are one here. */
const id = z.union([z.number(), z.string()]).transform(String);

/**
 * The parts of a COCO file that are read. pycocotools asks for `id`, `image_id` and `category_id` of every annotation and
 * `id` of every image and category; keys that it does not know it keeps. No key for a stretch of time is standard:
 * `segment`, in seconds, is what ActivityNet and the tools after it call it.
 *
 * Beyond those, keys of ours are checked in files of ours alone: elsewhere the same words may mean other things, and what
 * does not read as ours is taken as not said.
 */
export function cocoRows(maker: 'ours' | 'another') {
  const own = <Schema extends z.ZodType>(schema: Schema) =>
    maker === 'ours' ? schema.optional() : schema.optional().catch(undefined);

  const category = z.looseObject({
    id,
    name: className,
    prompt: own(z.string().trim().min(1).max(1000)),
    colour: own(z.string().regex(/^#[0-9a-f]{6}$/)),
    digit_key: own(z.int().min(0).max(9).nullable()),
    supercategory: z.string().nullish().catch(undefined),
    parent: own(z.string()),
    definition: own(actionClass.shape.definition.unwrap()),
    kind: own(z.literal('point')),
    exclusive: own(z.literal(true)),
    more_prompts: own(actionClass.shape.morePrompts.unwrap()),
    examples: own(z.array(z.looseObject({ annotation_id: id })).max(mostExamples)),
  });
  const video = z.looseObject({
    id,
    name: z.string().nullish(),
    file_name: z.string().nullish(),
    sha256: own(z.string()),
    split: own(z.string().nullable()),
    review: own(z.array(z.object({ category_id: id, state: reviewState }))),
  });
  const annotation = z.looseObject({
    id: id.optional(),
    image_id: id.optional(),
    video_id: id.nullish(),
    category_id: id,
    segment: timeSegment,
    score: z.number().nullish(),
    state: own(segmentState),
    source: own(segmentSource),
    attributes: own(
      z.looseObject({
        touched: z.boolean().optional(),
        note: z.string().max(4000).optional(),
        annotator: annotatorName.optional().catch(undefined),
        subject: subjectName.optional().catch(undefined),
        ambiguous: z.boolean().optional().catch(undefined),
        locked: z.boolean().optional().catch(undefined),
        values: z.record(z.string().max(200), attributeValue).optional().catch(undefined),
        ranking: z.array(z.object({ category_id: id, probability: z.number() })).optional(),
      }),
    ),
  });
  return { category, video, image: z.looseObject({ ...video.shape, video_id: id.nullish() }), annotation };
}

export type CocoRow<Name extends keyof ReturnType<typeof cocoRows>> = z.infer<ReturnType<typeof cocoRows>[Name]>;

export const cocoLists = z.looseObject({
  videos: z.array(z.unknown()).optional(),
  images: z.array(z.unknown()).default([]),
  categories: z.array(z.unknown()),
  annotations: z.array(z.unknown()),
  attributes: z.array(toldAttribute).optional().catch(undefined),
});

/** Tells whether a file says that this program wrote it. */
export const cocoMaker = z.looseObject({ info: z.looseObject({ exporter: z.literal('Cuepoint') }) });
