import { Frame, SoftwareScaleContext, avGetPixFmtName, avImageCopyToBuffer } from 'node-av/lib';
import { AV_FRAME_FLAG_INTERLACED, AV_PIX_FMT_RGB24 } from 'node-av/constants';
import type { AVPixelFormat } from 'node-av/constants';
import { interpretColour } from './colour-interpretation.ts';
import { displaySize, squarePixelSize } from './display-geometry.ts';
import type { Orientation } from './display-geometry.ts';
import { expectOk } from './ffmpeg.ts';
import { OneField } from './one-field.ts';
import type { FieldInTime } from './one-field.ts';
import { PixelPool } from './pixel-pool.ts';
import type { PixelLease } from './pixel-pool.ts';
import { turnUpright } from './upright-pixels.ts';
import { WideColour, isWideColour } from './wide-colour.ts';

/** A converted picture: packed RGB24, `[height, width, 3]`, upright, square pixels. */
export interface RgbPicture {
  readonly width: number;
  readonly height: number;
  readonly lease: PixelLease;
}

/**
 * Turns decoded frames into upright RGB pictures with square pixels, in the colours that a browser draws.
 * A file whose size changes midway is scaled to the size of its first picture, so that all pictures of a video are
 * alike. Interlaced pictures stay woven.
 */
export class RgbConverter implements Disposable {
  readonly #orientation: Orientation;
  readonly #aspect: readonly [number, number] | null;
  readonly #largest: readonly [number, number];
  readonly #scaler = new SoftwareScaleContext();
  readonly #rgb = new Frame();
  readonly #wideColour = new WideColour();
  readonly #oneField = new OneField();
  readonly #codedSize: readonly [number, number];
  #size: readonly [number, number] | null = null;
  #displayedHeight = 0;
  #sideways = new Uint8Array(0);
  #pool: PixelPool | null = null;

  /**
   * @param aspect the container's sample aspect ratio, or null to take the frames' own.
   * @param codedSize of the video's first picture, as stored.
   * @param largest width and height of the upright picture at most.
   */
  constructor(
    orientation: Orientation,
    aspect: readonly [number, number] | null,
    codedSize: readonly [number, number],
    largest: readonly [number, number] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
  ) {
    this.#orientation = orientation;
    this.#aspect = aspect;
    this.#codedSize = codedSize;
    this.#largest = largest;
    this.#scaler.allocContext();
    this.#rgb.alloc();
  }

  /** @param field the field of an interlaced picture to show alone; by default both, woven. */
  convert(picture: Frame, field: FieldInTime | null = null): RgbPicture {
    const frame = field ? this.#oneField.of(picture, field) : picture;
    const [width, height] = this.#prepare(picture);
    expectOk(this.#scaler.scaleFrameSync(this.#rgb, this.#scalable(frame)), 'converting a frame to RGB');
    const lease = this.#pool!.borrow();
    const turned = this.#orientation.quarterTurns !== 0 || this.#orientation.mirrored;
    this.#copyPixels(turned ? this.#sideways : lease.pixels, width, height);
    if (turned) turnUpright(this.#sideways, width, height, this.#orientation, lease.pixels);
    const upright = this.#orientation.quarterTurns % 2 === 0;
    return { width: upright ? width : height, height: upright ? height : width, lease };
  }

  [Symbol.dispose](): void {
    this.#rgb.free();
    this.#oneField[Symbol.dispose]();
    this.#wideColour[Symbol.dispose]();
    this.#scaler.freeContext();
  }

  /** The frame with its colours as the scaler understands them. */
  #scalable(frame: Frame): Frame {
    // The scaler refuses to make one whole picture of two fields; it is told of none, and leaves them woven.
    frame.clearFlags(AV_FRAME_FLAG_INTERLACED);
    if (isWideColour(frame)) return this.#wideColour.convert(frame);
    const format = avGetPixFmtName(frame.format as AVPixelFormat) ?? '';
    if (/rgb|bgr|gbr|pal8/.test(format)) return frame;
    const stated = { matrix: frame.colorSpace, range: frame.colorRange };
    const { matrix, range } = interpretColour(stated, this.#displayedHeight, format.startsWith('yuvj'));
    frame.colorSpace = matrix;
    frame.colorRange = range;
    return frame;
  }

  /** Size of the converted, not yet turned picture. */
  #prepare(frame: Frame): readonly [number, number] {
    if (this.#size) return this.#size;
    const own = frame.sampleAspectRatio;
    const aspect = this.#aspect ?? (own.num > 0 && own.den > 0 ? ([own.num, own.den] as const) : ([1, 1] as const));
    const [codedWidth, codedHeight] = this.#codedSize;
    const square = squarePixelSize(codedWidth, codedHeight, aspect);
    this.#displayedHeight = square[1];
    const [uprightWidth, uprightHeight] = displaySize(codedWidth, codedHeight, aspect, this.#orientation);
    const scale = Math.min(1, this.#largest[0] / uprightWidth, this.#largest[1] / uprightHeight);
    const size = [Math.max(1, Math.round(square[0] * scale)), Math.max(1, Math.round(square[1] * scale))] as const;
    this.#rgb.width = size[0];
    this.#rgb.height = size[1];
    this.#rgb.format = AV_PIX_FMT_RGB24;
    // Rows must be padded: the scaler writes whole vectors and leaves the rest of a tight row untouched.
    expectOk(this.#rgb.getBuffer(64), 'making room for a picture');
    const bytes = size[0] * size[1] * 3;
    this.#sideways = new Uint8Array(this.#orientation.quarterTurns === 0 && !this.#orientation.mirrored ? 0 : bytes);
    this.#pool = new PixelPool(bytes);
    this.#size = size;
    return size;
  }

  #copyPixels(target: Uint8Array, width: number, height: number): void {
    const view = Buffer.from(target.buffer, target.byteOffset, target.byteLength);
    const { data, linesize } = this.#rgb;
    expectOk(
      avImageCopyToBuffer(view, view.length, data, linesize, AV_PIX_FMT_RGB24, width, height, 1),
      'copying a picture',
    );
  }
}
