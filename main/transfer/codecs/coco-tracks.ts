import { z } from 'zod';
import { english, type Told } from '#preload/domain/saying.ts';

const id = z.union([z.number(), z.string()]).transform(String);
/** What other tools say of time: COCO has no word for a segment. */
const untimed = z.looseObject({
  image_id: id.nullish(),
  video_id: id.nullish(),
  category_id: id,
  track_id: id.nullish(),
  instance_id: id.nullish(),
  id: id.nullish(),
  score: z.number().nullish(),
  start_frame: z.int().nullish(),
  end_frame: z.int().nullish(),
  bbox: z.array(z.number()).nullish(),
  bboxes: z.array(z.array(z.number()).nullable()).nullish(),
});

export interface CocoTrack {
  readonly place: Told;
  readonly videoId: string;
  readonly categoryId: string;
  readonly score: number | null;
  startFrame: number;
  endFrame: number;
}

interface CocoImage {
  readonly id: string;
  readonly video_id?: string | null | undefined;
  readonly [key: string]: unknown;
}

/**
 * Collects annotations without a `segment`: boxes of one track over the frames of a video (TAO, CocoVID, KWCOCO, DIVE),
 * a list of boxes by frame (YouTube-VIS), or a range of frames. A track is one segment from its first to its last frame.
 */
export class CocoTracks {
  readonly #images: ReadonlyMap<string, CocoImage>;
  readonly #tracks = new Map<string, CocoTrack>();

  constructor(images: readonly CocoImage[]) {
    this.#images = new Map(images.map((image) => [image.id, image]));
  }

  get tracks(): readonly CocoTrack[] {
    return [...this.#tracks.values()];
  }

  /** False where an annotation says nothing of time. */
  take(value: unknown, place: Told): boolean {
    const told = untimed.safeParse(value);
    if (!told.success) return false;
    const image = this.#images.get(told.data.image_id ?? '');
    const videoId = told.data.video_id ?? image?.video_id ?? null;
    const span = spanOf(told.data, image);
    if (videoId === null || span === null) return false;
    const { track_id, instance_id, id: own, category_id: categoryId, score } = told.data;
    const key = JSON.stringify([videoId, track_id ?? instance_id ?? `own ${own ?? english(place)}`, categoryId]);
    const track = this.#tracks.get(key);
    if (track === undefined) this.#tracks.set(key, { place, videoId, categoryId, score: score ?? null, ...span });
    else {
      track.startFrame = Math.min(track.startFrame, span.startFrame);
      track.endFrame = Math.max(track.endFrame, span.endFrame);
    }
    return true;
  }
}

function spanOf(told: z.infer<typeof untimed>, image: CocoImage | undefined) {
  const { start_frame: start, end_frame: end, bboxes } = told;
  if (typeof start === 'number' && typeof end === 'number') return { startFrame: start, endFrame: end };
  if (bboxes) {
    const startFrame = bboxes.findIndex((box) => box !== null);
    return startFrame < 0 ? null : { startFrame, endFrame: bboxes.findLastIndex((box) => box !== null) + 1 };
  }
  const frame = image?.['frame_index'] ?? image?.['frame_id'];
  return typeof frame === 'number' && Number.isInteger(frame) ? { startFrame: frame, endFrame: frame + 1 } : null;
}
