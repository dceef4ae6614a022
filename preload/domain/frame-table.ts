import type { Span } from './span.ts';

/**
 * Every frame's presentation time, as the container says it and the player shows it.
 * Frame `i` is on screen during `[startUs(i), endUs(i))`; the end of the last frame is the end of the video stream.
 * The player, the decoder, thumbnails, feature sampling and every export read this one table.
 */
export class FrameTable {
  readonly #startsUs: Float64Array;
  /** End of the last frame, in microseconds. */
  readonly lastEndUs: number;
  /** What import noted for finding these pictures again, where their times alone do not tell; only the reader of media reads it. */
  readonly readingNotes: Float64Array | null;

  /** @param startsUs strictly increasing integer microseconds, at least one; `lastEndUs` lies after the last of them. */
  constructor(startsUs: Float64Array, lastEndUs: number, readingNotes: Float64Array | null = null) {
    if (startsUs.length === 0) throw new RangeError('a frame table holds at least one frame');
    for (let index = 0; index < startsUs.length; index += 1) {
      const next = index + 1 < startsUs.length ? startsUs[index + 1]! : lastEndUs;
      if (!Number.isInteger(startsUs[index]) || !(next > startsUs[index]!)) {
        throw new RangeError(`frame ${index} must start on a whole microsecond and end after it starts`);
      }
    }
    this.#startsUs = startsUs;
    this.lastEndUs = lastEndUs;
    this.readingNotes = readingNotes;
  }

  get frameCount(): number {
    return this.#startsUs.length;
  }

  get firstStartUs(): number {
    return this.#startsUs[0]!;
  }

  /** Start of frame `index`, clamped to the table. */
  startUs(index: number): number {
    return this.#startsUs[this.#clamp(index)]!;
  }

  /** End of frame `index`, clamped to the table. */
  endUs(index: number): number {
    const frame = this.#clamp(index);
    return frame + 1 < this.frameCount ? this.#startsUs[frame + 1]! : this.lastEndUs;
  }

  /** Where to seek a player so that it shows frame `index` whatever way it rounds: the middle of the frame. */
  middleUs(index: number): number {
    return (this.startUs(index) + this.endUs(index)) / 2;
  }

  /** The frame on screen at `us`; the first before the video starts, the last after it ends. */
  frameAt(us: number): number {
    let low = 0;
    let high = this.frameCount - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#startsUs[middle]! <= us) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** The frame boundary (a frame's start, or the end of the video) nearest to `us`. */
  snapUs(us: number): number {
    const frame = this.frameAt(us);
    const start = this.startUs(frame);
    const end = this.endUs(frame);
    return us - start <= end - us ? start : end;
  }

  /** `span` with both edges on frame boundaries and at least one whole frame inside. */
  snapSpan(span: Span): Span {
    const startUs = Math.min(this.snapUs(span.startUs), this.startUs(this.frameCount - 1));
    const endUs = this.snapUs(span.endUs);
    return endUs > startUs ? { startUs, endUs } : { startUs, endUs: this.endUs(this.frameAt(startUs)) };
  }

  /** First and one-past-last frame index of a span: half-open like the span itself, never empty. */
  frameRange(span: Span): { readonly startFrame: number; readonly endFrame: number } {
    const startFrame = this.frameAt(span.startUs);
    const endFrame = span.endUs >= this.lastEndUs ? this.frameCount : this.frameAt(Math.ceil(span.endUs) - 1) + 1;
    return { startFrame, endFrame: Math.max(endFrame, startFrame + 1) };
  }

  spanOfFrames(startFrame: number, endFrame: number): Span {
    return { startUs: this.startUs(startFrame), endUs: this.endUs(endFrame - 1) };
  }

  /** A copy of all frame starts, `[N]` microseconds. */
  startsUs(): Float64Array {
    return this.#startsUs.slice();
  }

  /**
   * The form in which tables are stored and sent: `[N + 1]` doubles, the starts, then the end of the last frame; and
   * where there are reading notes, a mark that no time can be, and the notes.
   */
  toArray(): Float64Array {
    const notes = this.readingNotes;
    const all = new Float64Array(this.frameCount + 1 + (notes ? 1 + notes.length : 0));
    all.set(this.#startsUs);
    all[this.frameCount] = this.lastEndUs;
    if (notes) {
      all[this.frameCount + 1] = notesFollow;
      all.set(notes, this.frameCount + 2);
    }
    return all;
  }

  static fromArray(all: Float64Array): FrameTable {
    const mark = all.indexOf(notesFollow);
    const times = mark < 0 ? all : all.subarray(0, mark);
    return new FrameTable(
      times.slice(0, -1),
      times[times.length - 1] ?? Number.NaN,
      mark < 0 ? null : all.slice(mark + 1),
    );
  }

  #clamp(index: number): number {
    return Math.min(Math.max(Math.trunc(index), 0), this.frameCount - 1);
  }
}

/** Far before any time, and small enough for exact differences to its neighbours (tables are stored as steps). */
const notesFollow = -(2 ** 52);
