import { Codec, CodecContext, Dictionary, Frame, Packet, Rational, SoftwareScaleContext } from 'node-av/lib';
import type { FormatContext, Stream } from 'node-av/lib';
import {
  AVCOL_PRI_BT709,
  AVCOL_PRI_SMPTE170M,
  AVCOL_RANGE_JPEG,
  AVCOL_RANGE_MPEG,
  AVCOL_SPC_BT709,
  AVCOL_SPC_RGB,
  AVCOL_SPC_SMPTE170M,
  AVCOL_TRC_BT709,
  AVCOL_TRC_SMPTE170M,
  AVERROR_EAGAIN,
  AVERROR_EOF,
  AV_CODEC_FLAG_GLOBAL_HEADER,
  AV_PIX_FMT_RGB24,
  AV_PIX_FMT_YUV420P,
} from 'node-av/constants';
import { expectOk } from './ffmpeg.ts';

export interface H264Options {
  /** Constant rate factor, 0 (lossless) to 51; 18 is visually clean. */
  readonly crf?: number;
  /** Most frames from one keyframe to the next. */
  readonly gop?: number;
  readonly bFrames?: number;
  /** Speed preset of x264. */
  readonly preset?: string;
  readonly sampleAspectRatio?: readonly [number, number];
  /** Ticks per second of the stream's time base; the default, a million, keeps microseconds. */
  readonly ticksPerSecond?: number;
  /** Further options of x264, as FFmpeg names them. */
  readonly encoder?: Readonly<Record<string, string>>;
}

const rounding = 2;

/** Encodes RGB pictures as H.264 4:2:0 and hands the packets to a muxer, each with its exact time and duration. */
export class H264Encoder implements Disposable {
  readonly #context: CodecContext;
  readonly #ticksPerSecond: number;
  readonly #scaler = new SoftwareScaleContext();
  readonly #rgb = new Frame();
  readonly #yuv = new Frame();
  readonly #packet = new Packet();
  readonly #durations = new Map<bigint, bigint>();
  #output: { readonly format: FormatContext; readonly stream: Stream } | null = null;

  private constructor(context: CodecContext, width: number, height: number, ticksPerSecond: number) {
    this.#context = context;
    this.#ticksPerSecond = ticksPerSecond;
    this.#scaler.allocContext();
    this.#packet.alloc();
    for (const frame of [this.#rgb, this.#yuv]) frame.alloc();
    this.#rgb.width = width;
    this.#rgb.height = height;
    this.#rgb.format = AV_PIX_FMT_RGB24;
    this.#rgb.colorSpace = AVCOL_SPC_RGB;
    this.#rgb.colorRange = AVCOL_RANGE_JPEG;
  }

  /** An odd side loses its last line: 4:2:0 pictures have even sides. */
  static async open(width: number, height: number, options: H264Options): Promise<H264Encoder> {
    const codec = Codec.findEncoderByName('libx264' as never);
    if (!codec) throw new Error('this FFmpeg was built without x264');
    const context = new CodecContext();
    context.allocContext3(codec);
    const ticksPerSecond = options.ticksPerSecond ?? 1_000_000;
    const highDefinition = height >= 720;
    context.width = width - (width % rounding);
    context.height = height - (height % rounding);
    context.pixelFormat = AV_PIX_FMT_YUV420P;
    context.timeBase = new Rational(1, ticksPerSecond);
    context.gopSize = options.gop ?? 30;
    context.maxBFrames = options.bFrames ?? 0;
    context.colorRange = AVCOL_RANGE_MPEG;
    context.colorSpace = highDefinition ? AVCOL_SPC_BT709 : AVCOL_SPC_SMPTE170M;
    context.colorPrimaries = highDefinition ? AVCOL_PRI_BT709 : AVCOL_PRI_SMPTE170M;
    context.colorTrc = highDefinition ? AVCOL_TRC_BT709 : AVCOL_TRC_SMPTE170M;
    context.sampleAspectRatio = new Rational(...(options.sampleAspectRatio ?? ([1, 1] as const)));
    context.setFlags(AV_CODEC_FLAG_GLOBAL_HEADER);
    using settings = Dictionary.fromObject({
      crf: String(options.crf ?? 18),
      preset: options.preset ?? 'veryfast',
      // x264 would otherwise take the tiny ticks for the frame rate, and choose an absurd level.
      ...options.encoder,
    });
    try {
      expectOk(await context.open2(codec, settings), 'opening the H.264 encoder');
    } catch (error) {
      context.freeContext();
      throw error;
    }
    return new H264Encoder(context, width, height, ticksPerSecond);
  }

  /** Tells a muxer's stream what it will carry. */
  describe(stream: Stream): void {
    expectOk(stream.codecpar.fromContext(this.#context), 'describing the H.264 stream');
    stream.timeBase = this.#context.timeBase;
    stream.sampleAspectRatio = this.#context.sampleAspectRatio;
  }

  /** From now on packets go to this stream; its muxer's header must have been written. */
  sendTo(format: FormatContext, stream: Stream): void {
    this.#output = { format, stream };
  }

  async encode(rgb: Uint8Array, startUs: number, endUs: number): Promise<void> {
    expectOk(this.#rgb.fromBuffer(Buffer.from(rgb.buffer, rgb.byteOffset, rgb.byteLength)), 'reading a picture');
    this.#yuv.unref();
    this.#yuv.width = this.#context.width;
    this.#yuv.height = this.#context.height;
    this.#yuv.format = AV_PIX_FMT_YUV420P;
    this.#yuv.colorSpace = this.#context.colorSpace;
    this.#yuv.colorRange = this.#context.colorRange;
    expectOk(this.#yuv.getBuffer(64), 'making room for a picture');
    expectOk(await this.#scaler.scaleFrame(this.#yuv, this.#rgb), 'converting a picture for H.264');
    this.#yuv.pts = this.#ticks(startUs);
    this.#durations.set(this.#yuv.pts, this.#ticks(endUs) - this.#yuv.pts);
    expectOk(await this.#context.sendFrame(this.#yuv), 'encoding a picture');
    await this.#drain();
  }

  async finish(): Promise<void> {
    expectOk(await this.#context.sendFrame(null), 'finishing the H.264 stream');
    await this.#drain();
  }

  [Symbol.dispose](): void {
    this.#packet.free();
    this.#rgb.free();
    this.#yuv.free();
    this.#scaler.freeContext();
    this.#context.freeContext();
  }

  #ticks(us: number): bigint {
    return BigInt(Math.round((us * this.#ticksPerSecond) / 1_000_000));
  }

  async #drain(): Promise<void> {
    const { format, stream } = this.#output!;
    for (;;) {
      const code = await this.#context.receivePacket(this.#packet);
      if (code === AVERROR_EAGAIN || code === AVERROR_EOF) return;
      expectOk(code, 'encoding H.264');
      this.#packet.streamIndex = stream.index;
      this.#packet.duration = this.#durations.get(this.#packet.pts) ?? 0n;
      this.#durations.delete(this.#packet.pts);
      this.#packet.rescaleTs(this.#context.timeBase, stream.timeBase);
      expectOk(await format.interleavedWriteFrame(this.#packet), 'writing the MP4 file');
    }
  }
}
