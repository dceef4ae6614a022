import { Codec, CodecContext, Frame, Packet, Rational } from 'node-av/lib';
import type { FormatContext, Stream } from 'node-av/lib';
import {
  AVERROR_EAGAIN,
  AVERROR_EOF,
  AV_CHANNEL_LAYOUT_STEREO,
  AV_CODEC_FLAG_GLOBAL_HEADER,
  AV_CODEC_ID_AAC,
  AV_SAMPLE_FMT_FLTP,
} from 'node-av/constants';
import { readAudio } from './audio-samples.ts';
import type { AudioOptions, AudioSamples } from './audio-samples.ts';
import { continuousSound } from './continuous-sound.ts';
import type { SoundRange } from './continuous-sound.ts';
import { expectOk } from './ffmpeg.ts';

const channels = 2;
const sampleRate = 48_000;
const bitRate = 128_000n;

/** What tracks are encoded from. */
export const trackFormat = { channels, sampleRate } as const;

/** Sound that goes along with a clip, written a little ahead of the pictures. */
export interface AudioTrack extends AsyncDisposable {
  /** Adds the track to a clip before its header is written. */
  attach(format: FormatContext): void;
  /** Writes all sound that begins before this time. */
  writeUntil(us: number): Promise<void>;
  /** Writes what is left. */
  finish(): Promise<void>;
}

/**
 * The sound of a file as AAC in stereo, in step with the pictures.
 * @param range time that the track has to cover, with silence where the file is silent or has no sound at all.
 */
export const openAudioTrack = async (
  file: string,
  range: SoundRange,
  options: Pick<AudioOptions, 'clockShifts' | 'signal'> = {},
): Promise<AudioTrack> => audioTrackOf(readAudio(file, { ...trackFormat, ...options }), range);

/** The same of sound that is there already, in `trackFormat`. */
export async function audioTrackOf(stretches: AsyncIterable<AudioSamples>, range: SoundRange): Promise<AudioTrack> {
  const sound = continuousSound(stretches, range, { channels, sampleRate });
  const encoder = await AacEncoder.open();
  const from = Math.round((range.fromUs * sampleRate) / 1_000_000);
  const queue = new SampleQueue(from);
  let ended = false;
  const writeUntil = async (us: number): Promise<void> => {
    while (!ended && (queue.end * 1_000_000) / sampleRate < us) {
      const next = await sound.next();
      ended = next.done ?? false;
      if (!next.done) {
        const beforeHole = queue.skipTo(from + next.value.at, encoder.frameSize);
        if (beforeHole) await encoder.encode(beforeHole.samples, beforeHole.at);
        queue.add(next.value.samples);
      }
      for (let block = queue.take(encoder.frameSize, ended); block; block = queue.take(encoder.frameSize, ended)) {
        await encoder.encode(block.samples, block.at);
      }
      if (ended) await encoder.finish();
    }
  };
  return {
    attach: (format) => encoder.attach(format),
    writeUntil,
    finish: () => writeUntil(Number.POSITIVE_INFINITY),
    async [Symbol.asyncDispose]() {
      await sound.return(undefined);
      encoder[Symbol.dispose]();
    },
  };
}

interface SampleBlock {
  readonly samples: Float32Array;
  /** Position of the first sample on the sample clock. */
  readonly at: number;
}

/** Cuts a stream of samples into blocks of the size that an encoder takes. */
class SampleQueue {
  /** Position on the sample clock of the first sample that waits. */
  #at: number;
  #waiting = new Float32Array(0);

  constructor(at: number) {
    this.#at = at;
  }

  /** Position after the last sample that waits. */
  get end(): number {
    return this.#at + this.#waiting.length / channels;
  }

  add(samples: Float32Array): void {
    const joined = new Float32Array(this.#waiting.length + samples.length);
    joined.set(this.#waiting);
    joined.set(samples, this.#waiting.length);
    this.#waiting = joined;
  }

  /**
   * Goes on at this position. Where that leaves a hole, gives what still waits before it, with silence up to `count`
   * samples; there are fewer, as all whole blocks have been taken.
   */
  skipTo(at: number, count: number): SampleBlock | null {
    if (at === this.end) return null;
    const samples = new Float32Array(count * channels);
    samples.set(this.#waiting);
    const block = this.#waiting.length > 0 ? { samples, at: this.#at } : null;
    this.#waiting = new Float32Array(0);
    this.#at = at;
    return block;
  }

  /** The next `count` samples, or what is left when `all`; null where there are too few. */
  take(count: number, all: boolean): SampleBlock | null {
    const length = Math.min(count, this.#waiting.length / channels);
    if (length === 0 || (length < count && !all)) return null;
    const block = { samples: this.#waiting.slice(0, length * channels), at: this.#at };
    this.#waiting = this.#waiting.slice(length * channels);
    this.#at += length;
    return block;
  }
}

class AacEncoder implements Disposable {
  readonly #context: CodecContext;
  readonly #packet = new Packet();
  #output: { readonly format: FormatContext; readonly stream: Stream } | null = null;

  private constructor(context: CodecContext) {
    this.#context = context;
    this.#packet.alloc();
  }

  static async open(): Promise<AacEncoder> {
    const codec = Codec.findEncoder(AV_CODEC_ID_AAC);
    if (!codec) throw new Error('this FFmpeg was built without an AAC encoder');
    const context = new CodecContext();
    context.allocContext3(codec);
    context.sampleFormat = AV_SAMPLE_FMT_FLTP;
    context.sampleRate = sampleRate;
    context.channelLayout = AV_CHANNEL_LAYOUT_STEREO;
    context.bitRate = bitRate;
    context.timeBase = new Rational(1, sampleRate);
    context.setFlags(AV_CODEC_FLAG_GLOBAL_HEADER);
    expectOk(await context.open2(codec, null), 'opening the AAC encoder');
    return new AacEncoder(context);
  }

  get frameSize(): number {
    return this.#context.frameSize;
  }

  attach(format: FormatContext): void {
    const stream = format.newStream(null);
    expectOk(stream.codecpar.fromContext(this.#context), 'describing the AAC stream');
    stream.timeBase = this.#context.timeBase;
    this.#output = { format, stream };
  }

  async encode(samples: Float32Array, at: number): Promise<void> {
    const count = samples.length / channels;
    using frame = Frame.fromAudioBuffer(planarOf(samples, count), {
      nbSamples: count,
      format: AV_SAMPLE_FMT_FLTP,
      sampleRate,
      channelLayout: AV_CHANNEL_LAYOUT_STEREO,
      pts: BigInt(at),
    });
    expectOk(await this.#context.sendFrame(frame), 'encoding sound');
    await this.#drain();
  }

  async finish(): Promise<void> {
    expectOk(await this.#context.sendFrame(null), 'finishing the sound');
    await this.#drain();
  }

  [Symbol.dispose](): void {
    this.#packet.free();
    this.#context.freeContext();
  }

  async #drain(): Promise<void> {
    const { format, stream } = this.#output!;
    for (;;) {
      const code = await this.#context.receivePacket(this.#packet);
      if (code === AVERROR_EAGAIN || code === AVERROR_EOF) return;
      expectOk(code, 'encoding AAC');
      this.#packet.streamIndex = stream.index;
      this.#packet.rescaleTs(this.#context.timeBase, stream.timeBase);
      expectOk(await format.interleavedWriteFrame(this.#packet), 'writing the MP4 file');
    }
  }
}

/** The bytes of interleaved floats, one channel after the other. */
function planarOf(samples: Float32Array, count: number): Buffer {
  const planar = new Float32Array(samples.length);
  for (let channel = 0; channel < channels; channel += 1) {
    for (let at = 0; at < count; at += 1) planar[channel * count + at] = samples[at * channels + channel]!;
  }
  return Buffer.from(planar.buffer);
}
