import { encodeClips } from '#main/pipeline/score-clips/encode-clips.ts';
import { framesOfSpan, type FrameRange } from '#main/pipeline/score-clips/clip-span.ts';
import { ClipStore } from '#main/pipeline/score-clips/clip-store.ts';
import { preprocessingHash } from '#native-models/image/image-preprocessing.ts';
import type { EncodedClips, VideoTextModel } from '#native-models/open-video-model.ts';
import type { Span } from '#preload/domain/span.ts';
import { filmSource, type FilmedVideo } from './filmed-video.ts';

export type ClipVideo = Pick<FilmedVideo, 'videoId' | 'script' | 'table' | 'actions'>;

export function joined(parts: readonly EncodedClips[]): EncodedClips {
  const all = (of: (clips: EncodedClips) => Float32Array): Float32Array =>
    Float32Array.from(parts.flatMap((part) => [...of(part)]));
  return { count: parts.length, frames: all(({ frames }) => frames), context: all(({ context }) => context) };
}

/** Encoded clips of stretches of films, sampled, prepared and kept as the studio does it. */
export class ReportClips {
  readonly #model: VideoTextModel;
  readonly #folder: string;
  readonly #known = new Map<string, EncodedClips>();

  constructor(model: VideoTextModel, folder: string) {
    this.#model = model;
    this.#folder = folder;
  }

  async of(video: ClipVideo, span: Span): Promise<EncodedClips> {
    const range = framesOfSpan(video.table, span);
    const key = [video.videoId, range.startFrame, range.endFrame].join();
    const known = this.#known.get(key) ?? (await this.#encode(video, range));
    this.#known.set(key, known);
    return known;
  }

  async #encode({ videoId, script }: ClipVideo, range: FrameRange): Promise<EncodedClips> {
    const { clipHash, preprocessing, frameCount, contextRows, dim } = this.#model;
    const store = new ClipStore(this.#folder, {
      videoChecksum: `film-${videoId}`,
      modelHash: clipHash,
      preprocessingHash: preprocessingHash(preprocessing),
      frameCount,
      contextRows,
      dim,
    });
    const encoder = {
      preprocessing,
      frameCount,
      batchSize: 1,
      encode: (pixels: Float32Array<ArrayBuffer>, count: number) => this.#model.encodeClips(pixels, count),
    };
    await encodeClips({ source: filmSource(script).source, ranges: [range], encoder, store });
    return store.read([range]);
  }
}
