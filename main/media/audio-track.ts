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
import type { AudioSamples } from './audio-samples.ts';
import { expectOk } from './ffmpeg.ts';

const channels = 2;
const sampleRate = 48_000;
const bitRate = 128_000n;

/** Sound that goes along with a clip, written a little ahead of the pictures. */
export interface AudioTrack extends AsyncDisposable {
  /** Adds the track to a clip before its header is written. */
  attach(format: FormatContext): void;
  /** Writes all sound that begins before this time. */
  writeUntil(us: number): Promise<void>;
}

/** The sound of a file as AAC in stereo, in step with the pictures; null where the file has none that can be decoded. */
export async function openAudioTrack(file: string, signal?: AbortSignal): Promise<AudioTrack | null> {
  const stretches = readAudio(file, { channels, sampleRate, ...(signal && { signal }) });
  const first = await stretches.next();
  if (first.done) return null;
  const encoder = await AacEncoder.open();
  const queue = new SampleQueue(first.value.startUs);
  queue.add(first.value);
  let ended = false;
  return {
    attach: (format) => encoder.attach(format),
    async writeUntil(us) {
      while (!ended && queue.endUs < us) {
        const next = await stretches.next();
        ended = next.done ?? false;
        if (!next.done) queue.add(next.value);
        for (let block = queue.take(encoder.frameSize, ended); block; block = queue.take(encoder.frameSize, ended)) {
          await encoder.encode(block.samples, block.at);
        }
        if (ended) await encoder.finish();
      }
    },
    async [Symbol.asyncDispose]() {
      await stretches.return(undefined);
      encoder[Symbol.dispose]();
    },
  };
}

/** Joins stretches of sound into one, with silence where there is a gap, so that what follows it stays in step. */
class SampleQueue {
  /** Position on the sample clock, from time 0, of the first sample that waits. */
  #at: number;
  #waiting = new Float32Array(0);

  constructor(startUs: number) {
    this.#at = Math.round((startUs * sampleRate) / 1_000_000);
  }

  get endUs(): number {
    return ((this.#at + this.#waiting.length / channels) * 1_000_000) / sampleRate;
  }

  add({ startUs, samples }: AudioSamples): void {
    // Rounding in the container moves stretches by less than a millisecond or two; only real gaps are filled.
    const gap = Math.round(((startUs - this.endUs) * sampleRate) / 1_000_000);
    const silence = gap > sampleRate / 50 ? gap : 0;
    const joined = new Float32Array(this.#waiting.length + silence * channels + samples.length);
    joined.set(this.#waiting);
    joined.set(samples, joined.length - samples.length);
    this.#waiting = joined;
  }

  /** The next `count` samples, or what is left when `all`; null where there are too few. */
  take(count: number, all: boolean): { readonly samples: Float32Array; readonly at: number } | null {
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
