import { avGetCodecName, avGetPixFmtName } from 'node-av/lib';
import type { Frame } from 'node-av/lib';
import { AV_FRAME_FLAG_INTERLACED, AV_FRAME_FLAG_KEY } from 'node-av/constants';
import type { AVPixelFormat } from 'node-av/constants';
import { isClean, packetOf } from './decode-packets.ts';
import { ticksOrNull } from './ffmpeg.ts';
import type { VideoFile } from './video-file.ts';
import type { ColourTags } from './wide-colour.ts';

/** A picture as the decoder gives it, with what tells its time; pixels are not kept. */
export interface DecodedPicture {
  /** Stored packet that it came from. */
  readonly packet: number;
  /** Container times in ticks: as stored, and as the decoder works them out from decoding times. */
  readonly pts: bigint | null;
  readonly estimate: bigint | null;
}

/** What the first picture says of the look of a video. */
export interface FirstPicture extends ColourTags {
  readonly width: number;
  readonly height: number;
  readonly pixelFormat: string;
  readonly sampleAspectRatio: readonly [number, number];
}

/** Decoders that begin between key pictures with grey in place of what they lack, and do not say so. */
const inventsReferences = new Set(
  'theora vp3 vp4 mpeg1video mpeg2video mpeg4 h261 h263 h263p h263i flv1 msmpeg4v1 msmpeg4v2 msmpeg4v3 wmv1 wmv2 wmv3 vc1 rv10 rv20 rv30 rv40 svq1'.split(
    ' ',
  ),
);

/** Decoded pictures in the order in which the decoder shows them. */
export class DecodedPictures {
  readonly pictures: DecodedPicture[] = [];
  first: FirstPicture | null = null;
  interlaced = false;
  sizeChanges = false;
  /** Pictures before the first clean one: what they lean on is not in the file. */
  unclean = 0;
  /** Pictures after that which are not clean. */
  damaged = 0;
  readonly #video: VideoFile;
  /** Kept only until a clean picture comes. */
  #fallback: { readonly picture: DecodedPicture; readonly first: FirstPicture } | null = null;

  constructor(video: VideoFile) {
    this.#video = video;
    this.#awaitsKey = inventsReferences.has(avGetCodecName(video.video.codecpar.codecId) ?? '');
  }

  /** Whether pictures lean on inventions of the decoder up to the first key picture. */
  #awaitsKey: boolean;
  readonly #beforeKey: DecodedPicture[] = [];

  add(frame: Frame): void {
    const picture = {
      packet: packetOf(frame),
      pts: ticksOrNull(frame.pts),
      estimate: ticksOrNull(frame.bestEffortTimestamp),
    };
    if (!this.first && !isClean(frame)) {
      this.unclean += 1;
      this.#fallback ??= { picture, first: firstPictureOf(frame, this.#video) };
      return;
    }
    if (this.#awaitsKey && !frame.hasFlags(AV_FRAME_FLAG_KEY)) {
      this.#beforeKey.push(picture);
      this.#fallback ??= { picture, first: firstPictureOf(frame, this.#video) };
      return;
    }
    this.unclean += this.#beforeKey.splice(0).length;
    this.#awaitsKey = false;
    this.first ??= firstPictureOf(frame, this.#video);
    if (!isClean(frame)) this.damaged += 1;
    this.interlaced ||= frame.hasFlags(AV_FRAME_FLAG_INTERLACED);
    this.sizeChanges ||= frame.width !== this.first.width || frame.height !== this.first.height;
    this.pictures.push(picture);
  }

  /**
   * Where not one picture is clean, the first that is not stands for a video of one picture; where none is a key picture,
   * as in broadcasts that refresh the picture bit by bit, all of them count.
   */
  finish(): void {
    if (this.first || !this.#fallback) return;
    this.first = this.#fallback.first;
    if (this.#beforeKey.length > 0) {
      this.pictures.push(...this.#beforeKey);
      return;
    }
    this.pictures.push(this.#fallback.picture);
    this.unclean -= 1;
  }
}

function firstPictureOf(frame: Frame, { video }: VideoFile): FirstPicture {
  // The container's word goes before the codec's, as in browsers.
  const aspect = [video.sampleAspectRatio, frame.sampleAspectRatio].find(({ num, den }) => num > 0 && den > 0);
  return {
    width: frame.width,
    height: frame.height,
    pixelFormat: avGetPixFmtName(frame.format as AVPixelFormat) ?? 'unknown',
    sampleAspectRatio: aspect ? [aspect.num, aspect.den] : [1, 1],
    matrix: frame.colorSpace,
    transfer: frame.colorTrc,
    primaries: frame.colorPrimaries,
  };
}
