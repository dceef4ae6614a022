import { Frame, SoftwareResampleContext, avChannelLayoutDefault } from 'node-av/lib';
import {
  AVSEEK_FLAG_BACKWARD,
  AV_CHANNEL_LAYOUT_MONO,
  AV_CHANNEL_LAYOUT_STEREO,
  AV_SAMPLE_FMT_FLT,
} from 'node-av/constants';
import type { Packet, Rational } from 'node-av/lib';
import type { AVSampleFormat } from 'node-av/constants';
import { PacketDecoder } from './decode-packets.ts';
import { expectOk, ticksOfMicroseconds, ticksOrNull } from './ffmpeg.ts';
import { playerTimelineOf, playerUs, presentationTicks } from './player-timeline.ts';
import type { ClockShift } from './reading-notes.ts';
import { openContainer } from './video-file.ts';

/** A stretch of decoded sound. */
export interface AudioSamples {
  /** When it begins, on the player's timeline. */
  readonly startUs: number;
  /** Interleaved, `[samples, channels]`, in [-1, 1]. */
  readonly samples: Float32Array;
  readonly sampleRate: number;
}

export interface AudioOptions {
  readonly channels: 1 | 2;
  /** Samples per second; by default as stored. */
  readonly sampleRate?: number;
  /** Where the file's clock starts over, and what is added to its times from there on; as the pictures' table notes it. */
  readonly clockShifts?: readonly ClockShift[];
  /** Sound before this time on the player's timeline may be left out; by default there is all of it. */
  readonly fromUs?: number;
  readonly signal?: AbortSignal;
  /** Is told now and then how far reading has come, on the player's timeline. */
  readonly onProgress?: (us: number) => void;
}

/** Some seconds of sound. */
const stretchesBetweenNews = 500;

/** A decoder of sound needs some of what lies before to come to itself. */
const leadInUs = 500_000;

/**
 * The sound of a file, mixed down to one or two channels; nothing where it has none or none that can be
 * decoded. Damaged packets are stepped over: they leave a gap between one stretch's end and the next one's start.
 */
export async function* readAudio(
  file: string,
  { channels, sampleRate, clockShifts = [], fromUs = 0, signal, onProgress }: AudioOptions,
): AsyncGenerator<AudioSamples> {
  await using container = await openContainer(file);
  if (!container.audio) return;
  using decoder = await PacketDecoder.open(container.audio, false);
  if (!decoder) return;
  const timeline = playerTimelineOf(container.format, container.audio);
  if (clockShifts.length > 0) decoder.retime = shifting(clockShifts, container.audio.timeBase);
  if (fromUs > leadInUs && clockShifts.length === 0 && !container.ignoresIndex) {
    const ticks = ticksOfMicroseconds(fromUs - leadInUs + timeline.offsetUs, timeline.timeBase);
    await container.format.seekFrame(container.audio.index, ticks, AVSEEK_FLAG_BACKWARD);
  }
  const mixer = new Mixer(channels, sampleRate ?? container.audio.codecpar.sampleRate);
  // Sound without times goes on where the sound before it ends.
  let nextUs = 0;
  let stretches = 0;
  try {
    for await (const frame of decoder.frames(container.format, signal)) {
      const ticks = presentationTicks(frame);
      const startUs: number = ticks === null ? nextUs : playerUs(ticks, timeline) - mixer.delayUs;
      const samples = mixer.mix(frame);
      nextUs = startUs + ((samples.length / channels) * 1_000_000) / mixer.sampleRate;
      yield { startUs, samples, sampleRate: mixer.sampleRate };
      stretches += 1;
      if (stretches % stretchesBetweenNews === 0) onProgress?.(startUs);
    }
  } finally {
    mixer[Symbol.dispose]();
  }
}

/** Moves packets onto the continuous clock; one without a place in the file lies where the one before it does. */
function shifting(shifts: readonly ClockShift[], timeBase: Rational): (packet: Packet) => void {
  let position = 0;
  return (packet) => {
    position = packet.pos >= 0n ? Number(packet.pos) : position;
    const shift = shifts.findLast((one) => one.position <= position);
    const ticks = shift ? ticksOfMicroseconds(shift.addUs, timeBase) : 0n;
    if (ticksOrNull(packet.pts) !== null) packet.pts += ticks;
    if (ticksOrNull(packet.dts) !== null) packet.dts += ticks;
  };
}

/** Converts decoded sound to interleaved floats, whatever it was; a stream may change its layout midway. */
class Mixer implements Disposable {
  readonly sampleRate: number;
  readonly #channels: 1 | 2;
  readonly #mixed = new Frame();
  #resampler: SoftwareResampleContext | null = null;
  #input = '';

  constructor(channels: 1 | 2, sampleRate: number) {
    this.#channels = channels;
    this.sampleRate = sampleRate;
    this.#mixed.alloc();
  }

  /** How much sound the resampler still holds from before, in microseconds. */
  get delayUs(): number {
    return Number(this.#resampler?.getDelay(1_000_000n) ?? 0n);
  }

  mix(frame: Frame): Float32Array {
    // A file that does not say which speaker is which means the usual ones.
    if (frame.channelLayout.mask === 0n) frame.channelLayout = avChannelLayoutDefault(frame.channelLayout.nbChannels);
    const layout = this.#channels === 1 ? AV_CHANNEL_LAYOUT_MONO : AV_CHANNEL_LAYOUT_STEREO;
    const input = `${frame.format}/${frame.sampleRate}/${frame.channelLayout.mask}/${frame.channelLayout.nbChannels}`;
    if (input !== this.#input) {
      this.#resampler?.free();
      this.#resampler = new SoftwareResampleContext();
      this.#input = input;
      const format = frame.format as AVSampleFormat;
      expectOk(
        this.#resampler.allocSetOpts2(
          layout,
          AV_SAMPLE_FMT_FLT,
          this.sampleRate,
          frame.channelLayout,
          format,
          frame.sampleRate,
        ),
        'preparing the sound converter',
      );
      expectOk(this.#resampler.init(), 'preparing the sound converter');
    }
    this.#mixed.unref();
    this.#mixed.format = AV_SAMPLE_FMT_FLT;
    this.#mixed.channelLayout = layout;
    this.#mixed.sampleRate = this.sampleRate;
    expectOk(this.#resampler!.convertFrame(this.#mixed, frame), 'converting sound');
    const bytes = this.#mixed.data?.[0];
    const count = this.#mixed.nbSamples * this.#channels;
    // Copied: the frame's memory is used again for the next stretch.
    return bytes
      ? new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + count * 4))
      : new Float32Array(0);
  }

  [Symbol.dispose](): void {
    this.#resampler?.free();
    this.#mixed.free();
  }
}
