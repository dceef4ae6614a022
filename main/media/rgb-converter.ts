import { Frame, SoftwareScaleContext, avGetPixFmtName, avImageCopyToBuffer } from 'node-av/lib';
import { AV_PIX_FMT_RGB24 } from 'node-av/constants';
import type { AVPixelFormat } from 'node-av/constants';
import { interpretColour } from './colour-interpretation.ts';
import { displaySize, squarePixelSize } from './display-geometry.ts';
import type { Orientation } from './display-geometry.ts';
import { expectOk } from './ffmpeg.ts';
import { PixelPool } from './pixel-pool.ts';
import type { PixelLease } from './pixel-pool.ts';
import { turnUpright } from './upright-pixels.ts';

/** A converted picture: packed RGB24, `[height, width, 3]`, upright, square pixels. */
export interface RgbPicture {
  readonly width: number;
  readonly height: number;
  readonly lease: PixelLease;
}

/**
 * Turns decoded frames into upright RGB pictures with square pixels, in the colours that a browser draws.
 * A file whose size changes midway is scaled to the size of its first frame, so that all pictures of a video are alike.
 */
export class RgbConverter implements Disposable {
  readonly #orientation: Orientation;
  readonly #aspect: readonly [number, number] | null;
  readonly #largest: readonly [number, number];
  readonly #scaler = new SoftwareScaleContext();
  readonly #rgb = new Frame();
  #size: readonly [number, number] | null = null;
  #displayedHeight = 0;
  #sideways = new Uint8Array(0);
  #pool: PixelPool | null = null;

  /**
   * @param aspect the container's sample aspect ratio, or null to take the frames' own.
   * @param largest width and height of the upright picture at most.
   */
  constructor(
    orientation: Orientation,
    aspect: readonly [number, number] | null,
    largest: readonly [number, number] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
  ) {
    this.#orientation = orientation;
    this.#aspect = aspect;
    this.#largest = largest;
    this.#scaler.allocContext();
    this.#rgb.alloc();
  }

  convert(frame: Frame): RgbPicture {
    const [width, height] = this.#prepare(frame);
    const format = avGetPixFmtName(frame.format as AVPixelFormat) ?? '';
    if (!/rgb|bgr|gbr|pal8/.test(format)) {
      const stated = { matrix: frame.colorSpace, range: frame.colorRange };
      const { matrix, range } = interpretColour(stated, this.#displayedHeight, format.startsWith('yuvj'));
      frame.colorSpace = matrix;
      frame.colorRange = range;
    }
    expectOk(this.#scaler.scaleFrameSync(this.#rgb, frame), 'converting a frame to RGB');
    const lease = this.#pool!.borrow();
    const turned = this.#orientation.quarterTurns !== 0 || this.#orientation.mirrored;
    this.#copyPixels(turned ? this.#sideways : lease.pixels, width, height);
    if (turned) turnUpright(this.#sideways, width, height, this.#orientation, lease.pixels);
    const upright = this.#orientation.quarterTurns % 2 === 0;
    return { width: upright ? width : height, height: upright ? height : width, lease };
  }

  [Symbol.dispose](): void {
    this.#rgb.free();
    this.#scaler.freeContext();
  }

  /** Size of the converted, not yet turned picture; settled by the first frame. */
  #prepare(frame: Frame): readonly [number, number] {
    if (this.#size) return this.#size;
    const own = frame.sampleAspectRatio;
    const aspect = this.#aspect ?? (own.num > 0 && own.den > 0 ? ([own.num, own.den] as const) : ([1, 1] as const));
    const square = squarePixelSize(frame.width, frame.height, aspect);
    this.#displayedHeight = square[1];
    const [uprightWidth, uprightHeight] = displaySize(frame.width, frame.height, aspect, this.#orientation);
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
