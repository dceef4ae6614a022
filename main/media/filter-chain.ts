import { Filter, FilterGraph, Frame, avGetPixFmtName } from 'node-av/lib';
import type { FilterContext } from 'node-av/lib';
import type { AVPixelFormat } from 'node-av/constants';
import { expectOk } from './ffmpeg.ts';

/** A filter and its options, as FFmpeg writes them. */
export type FilterStage = readonly [name: string, options: string | null];

/** FFmpeg filters one after the other, of which each frame that goes in gives one that comes out at once. */
export class FilterChain implements Disposable {
  readonly #graph = new FilterGraph();
  readonly #filtered = new Frame();
  readonly #source: FilterContext;
  readonly #sink: FilterContext;

  /** @param like a frame with the size, format and colours of all that will go in. */
  constructor(like: Frame, stages: readonly FilterStage[]) {
    this.#graph.alloc();
    this.#filtered.alloc();
    const format = avGetPixFmtName(like.format as AVPixelFormat);
    const input = `video_size=${like.width}x${like.height}:pix_fmt=${format}:time_base=1/1:colorspace=${like.colorSpace}:range=${like.colorRange}`;
    const all: readonly FilterStage[] = [['buffer', input], ...stages, ['buffersink', null]];
    const filters = all.map(([name, options], at) => this.#create(`${name}${at}`, name, options));
    for (const [at, filter] of filters.slice(1).entries())
      expectOk(filters[at]!.link(0, filter, 0), 'preparing to convert a picture');
    expectOk(this.#graph.configSync(), 'preparing to convert a picture');
    [this.#source, this.#sink] = [filters[0]!, filters.at(-1)!];
  }

  /** On loan until the next call. */
  run(frame: Frame): Frame {
    this.#filtered.unref();
    expectOk(this.#source.buffersrcAddFrameSync(frame, keepReference), 'converting a picture');
    expectOk(this.#sink.buffersinkGetFrameSync(this.#filtered), 'converting a picture');
    return this.#filtered;
  }

  [Symbol.dispose](): void {
    this.#graph.free();
    this.#filtered.free();
  }

  #create(instance: string, name: string, options: string | null): FilterContext {
    const filter = Filter.getByName(name);
    const created = filter && this.#graph.createFilter(filter, instance, options);
    if (!created) throw new Error(`this FFmpeg lacks the filter ${name}`);
    return created;
  }
}

/** What a filter chain that was made for `frame` also takes. */
export const inputKindOf = (frame: Frame): string =>
  [frame.width, frame.height, frame.format, frame.colorSpace, frame.colorRange, frame.colorTrc].join();

/** FFmpeg's AV_BUFFERSRC_FLAG_KEEP_REF: the frame stays the caller's. */
const keepReference = 8 as never;
