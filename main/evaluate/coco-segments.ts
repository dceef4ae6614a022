import { z } from 'zod';
import { Failure } from '#preload/domain/failure.ts';
import { isRecord, parseAs, segment } from './evaluation-json.ts';
import type { LabelledSegment } from './labelled-segments.ts';

const id = z.union([z.number(), z.string()]);

/** A COCO-style file with time segments, ours or another's. */
const cocoFile = z.object({
  videos: z.array(z.object({ id, name: z.string().optional(), file_name: z.string().optional() })),
  categories: z.array(z.object({ id: z.number(), name: z.string() })),
  annotations: z.array(
    z.object({
      video_id: id,
      category_id: z.number(),
      segment,
      score: z.number().nullish(),
      /** Only the studio's own exports say how far a person has come with a segment. */
      state: z.string().optional(),
    }),
  ),
});

export interface CocoSegment extends LabelledSegment {
  readonly score: number | null;
  /** `null` in other tools' files. */
  readonly state: string | null;
}

/** Whether parsed JSON is COCO style at all. */
export function isCoco(json: unknown): boolean {
  return isRecord(json) && Array.isArray(json['annotations']) && Array.isArray(json['categories']);
}

/**
 * The annotations of every video, under the name of its file without folder and extension, as ActivityNet-style files
 * name videos. Fails with `unreadable-annotations`.
 */
export function readCoco(json: unknown, file: string): ReadonlyMap<string, readonly CocoSegment[]> {
  const coco = parseAs(cocoFile, json, file);
  const segmentsOf = new Map(coco.videos.map((video) => [String(video.id), [] as CocoSegment[]]));
  const labelOf = new Map(coco.categories.map((category) => [category.id, category.name]));
  for (const annotation of coco.annotations) {
    const segments = segmentsOf.get(String(annotation.video_id));
    const label = labelOf.get(annotation.category_id);
    if (!segments || label === undefined) {
      const { video_id: video, category_id: category } = annotation;
      const message = `${file} has an annotation of video ${video} and category ${category}, which it does not list.`;
      throw new Failure('unreadable-annotations', message, { file });
    }
    const [startS, endS] = annotation.segment;
    segments.push({ startS, endS, label, score: annotation.score ?? null, state: annotation.state ?? null });
  }
  return new Map(coco.videos.map((video) => [nameOf(video), segmentsOf.get(String(video.id))!]));
}

function nameOf(video: z.infer<typeof cocoFile>['videos'][number]): string {
  const name = video.file_name ?? video.name ?? String(video.id);
  return name.replace(/^.*[\\/]/, '').replace(/\.[A-Za-z0-9]{2,4}$/, '');
}
