import { Codec, CodecContext, Dictionary, Frame } from 'node-av/lib';
import type { FormatContext, Packet, Stream } from 'node-av/lib';
import {
  AVERROR_EAGAIN,
  AVERROR_EOF,
  AVMEDIA_TYPE_VIDEO,
  AV_CODEC_FLAG_OUTPUT_CORRUPT,
  AV_CODEC_ID_H264,
  AV_CODEC_ID_HEVC,
  AV_CODEC_ID_THEORA,
  AV_CODEC_ID_VP3,
  AV_CODEC_ID_VP8,
  AV_CODEC_ID_VP9,
  AV_FRAME_FLAG_CORRUPT,
  AV_FRAME_FLAG_DISCARD,
  AV_FRAME_FLAG_KEY,
} from 'node-av/constants';
import type { AVCodecID } from 'node-av/constants';
import { expectOk, mostPixels, ticksOrNull } from './ffmpeg.ts';
import { openHardwareDevice } from './hardware-device.ts';
import type { HardwareDevice } from './hardware-device.ts';
import { isDisposable, nalLengthSize, nalLengthsFit } from './nal-lengths.ts';
import { vp8ShowsPicture, vp9ShowsPicture } from './hidden-pictures.ts';
import { readPackets } from './video-file.ts';

/** What a packet's structure alone tells about it. */
export interface PacketInspector {
  /** False where no decoder can find a picture in the packet. */
  isIntact(packet: Packet): boolean;
  /** Whether the packet may be left out without harm to any other picture. */
  isDisposable(packet: Packet): boolean;
  /** False where the packet says of itself that nothing of it is ever shown. */
  showsPicture(packet: Packet): boolean;
}

const bytesOf = (packet: Packet): Uint8Array => packet.data ?? new Uint8Array(0);

export function packetInspector(stream: Stream): PacketInspector {
  const codec = { [AV_CODEC_ID_H264]: 'h264', [AV_CODEC_ID_HEVC]: 'hevc' } as const;
  const name = codec[stream.codecpar.codecId as keyof typeof codec];
  const lengthSize = name ? nalLengthSize(name, stream.codecpar.extradata) : null;
  const shows = { [AV_CODEC_ID_VP8]: vp8ShowsPicture, [AV_CODEC_ID_VP9]: vp9ShowsPicture };
  const isShown = shows[stream.codecpar.codecId as keyof typeof shows];
  const showsPicture = (packet: Packet): boolean => !isShown || isShown(bytesOf(packet));
  if (lengthSize === null) return { isIntact: (packet) => packet.size > 0, isDisposable: () => false, showsPicture };
  return {
    isIntact: (packet) => nalLengthsFit(bytesOf(packet), lengthSize),
    isDisposable: (packet) => name === 'h264' && isDisposable(bytesOf(packet), lengthSize),
    showsPicture,
  };
}

/** Whether a decoder filled in parts of a frame that it could not read. */
export const isConcealed = (frame: Frame): boolean => frame.decodeErrorFlags !== 0;

/** Whether a frame was decoded from a clean start: nothing that it leans on was missing. */
export const isClean = (frame: Frame): boolean => !frame.hasFlags(AV_FRAME_FLAG_CORRUPT) && !isConcealed(frame);

/** Decoders of FFmpeg whose threads race after a seek: now and then a picture differs from one reading to the next. */
const racing = new Set<AVCodecID>([AV_CODEC_ID_THEORA, AV_CODEC_ID_VP3]);

/** A seek that meets no entry within so many packets has missed. */
const mostPassedOver = 2000;

/** The stored packet that a decoded frame came from, counted from where the decoder was told to count. */
export const packetOf = (frame: Frame): number => Number(frame.duration) - 1;

/** Whether anyone wants to see the picture of a packet, by its container time in ticks and its number. */
export type WantedPicture = (pts: bigint, packet: number) => boolean;

/** A packet from which decoding began after a seek. */
export interface Entry {
  readonly packet: number;
  /** Container time in ticks; null where none is stored. */
  readonly pts: bigint | null;
}

/** What a reader knows of the places where decoding can begin. */
export interface EntryRule {
  /** The number of a packet where decoding may begin with it; null to pass it over. */
  numberOf(packet: Packet): number | null;
  /** Whether a frame is shown before the entry's own. */
  precedes(frame: Frame, entry: Entry): boolean;
}

/**
 * Decodes one stream packet by packet. A packet that cannot be decoded is counted and stepped over, so that one damaged
 * place costs its own frames and no others.
 */
export class PacketDecoder implements Disposable {
  readonly #stream: Stream;
  readonly #context: CodecContext;
  readonly #device: HardwareDevice | null;
  readonly #inspector: PacketInspector;
  readonly #received = new Frame();
  readonly #downloaded = new Frame();
  /** Set this to spare decoding what neither anyone wants nor any other picture needs; such frames then never come. */
  wanted: WantedPicture | null = null;
  /** Set this to change a packet's times before it is decoded. */
  retime: ((packet: Packet) => void) | null = null;
  /** Decoding times of the packets that turned out damaged; a pass over the same place adds none. */
  readonly #damaged: Set<bigint>;
  #fed = 0n;
  /** Of the next packet. */
  #number = 0;
  readonly #isVideo: boolean;
  #usesDevice = false;

  private constructor(stream: Stream, context: CodecContext, device: HardwareDevice | null, damaged: Set<bigint>) {
    this.#damaged = damaged;
    this.#stream = stream;
    this.#context = context;
    this.#device = device;
    this.#inspector = packetInspector(stream);
    this.#isVideo = stream.codecpar.codecType === AVMEDIA_TYPE_VIDEO;
    this.#received.alloc();
    this.#downloaded.alloc();
  }

  /**
   * Opens the stream's decoder, or returns null where FFmpeg has none.
   * @param hardware whether to look for a device that decodes; see `device`.
   * @param damaged where to note damaged packets, so that one found twice counts once.
   */
  static async open(stream: Stream, hardware: boolean, damaged = new Set<bigint>()): Promise<PacketDecoder | null> {
    const codec = Codec.findDecoder(stream.codecpar.codecId);
    if (!codec) return null;
    const context = new CodecContext();
    context.allocContext3(codec);
    const device = hardware ? openHardwareDevice(codec) : null;
    try {
      expectOk(context.parametersToContext(stream.codecpar), 'reading codec parameters');
      context.pktTimebase = stream.timeBase;
      context.threadCount = racing.has(stream.codecpar.codecId) ? 1 : 0;
      context.setFlags(AV_CODEC_FLAG_OUTPUT_CORRUPT);
      if (device) {
        context.hwDeviceCtx = device.context;
        context.setHardwarePixelFormat(device.pixelFormat);
      }
      using limits = Dictionary.fromObject({ max_pixels: String(mostPixels) });
      expectOk(await context.open2(codec, limits), 'opening the decoder');
      return new PacketDecoder(stream, context, device, damaged);
    } catch (error) {
      context.freeContext();
      device?.[Symbol.dispose]();
      throw error;
    }
  }

  /** Packets met so far that are damaged. */
  get damagedPackets(): number {
    return this.#damaged.size;
  }

  /** The device that was found to decode, or null for the processor. */
  get device(): string | null {
    return this.#device?.name ?? null;
  }

  /** Whether frames really come from the device; a device may decline a stream, and FFmpeg then decodes it itself. */
  get usesDevice(): boolean {
    return this.#usesDevice;
  }

  /** Forgets what was fed so far; call it after seeking. */
  flush(): void {
    this.#context.flushBuffers();
  }

  /**
   * Every frame from where the container stands, in the order in which the decoder shows them. The frame is lent: it is
   * valid until the next one is asked for. Packets are counted from 0.
   */
  async *frames(format: FormatContext, signal?: AbortSignal): AsyncGenerator<Frame> {
    this.#number = 0;
    yield* this.#decodeAll(readPackets(format, this.#stream, signal));
  }

  /**
   * As `frames`, after a seek: begins at the first packet that is an entry, and leaves out frames that are stored after
   * it but shown before it, for they may lean on frames that were not read. Gives nothing where no entry is met, or
   * where it turns out to be no clean place to begin, as in streams that refresh the picture bit by bit or whose
   * container calls everything a keyframe.
   */
  async *framesFromEntry(format: FormatContext, rule: EntryRule, signal?: AbortSignal): AsyncGenerator<Frame> {
    let entry: Entry | null = null;
    const packets = readPackets(format, this.#stream, signal);
    const fromEntry = async function* (this: PacketDecoder): AsyncGenerator<Packet> {
      let passedOver = 0;
      for await (const packet of packets) {
        if (!entry) {
          const number = rule.numberOf(packet);
          passedOver += 1;
          if (number === null && passedOver > mostPassedOver) return;
          if (number === null) continue;
          entry = { packet: number, pts: ticksOrNull(packet.pts) };
          this.#number = number;
        }
        yield packet;
      }
    };
    let begun = false;
    for await (const frame of this.#decodeAll(fromEntry.call(this))) {
      if (!begun) {
        if (rule.precedes(frame, entry!)) continue;
        const clean = packetOf(frame) === entry!.packet && frame.hasFlags(AV_FRAME_FLAG_KEY) && isClean(frame);
        if (!clean) return;
        begun = true;
      }
      yield frame;
    }
  }

  [Symbol.dispose](): void {
    this.#received.free();
    this.#downloaded.free();
    this.#context.freeContext();
    this.#device?.[Symbol.dispose]();
  }

  async *#decodeAll(packets: AsyncIterable<Packet>): AsyncGenerator<Frame> {
    for await (const packet of packets) yield* this.#decode(packet);
    yield* this.#decode(null);
  }

  *#decode(packet: Packet | null): Generator<Frame> {
    const number = this.#number;
    if (packet) {
      this.retime?.(packet);
      this.#fed = ticksOrNull(packet.dts) ?? -2n - packet.pos;
      // Decoders hand a packet's duration on to the frame that begins in it, and make no use of it.
      if (this.#isVideo) packet.duration = BigInt(number + 1);
      this.#number += 1;
    }
    if (packet && !this.#inspector.isIntact(packet)) {
      if (packet.size > 0) this.#damaged.add(this.#fed);
      return;
    }
    if (packet && this.wanted && !this.wanted(packet.pts, number) && this.#inspector.isDisposable(packet)) return;
    for (;;) {
      const sent = this.#context.sendPacketSync(packet);
      const full = sent === AVERROR_EAGAIN;
      if (sent < 0 && !full && sent !== AVERROR_EOF) this.#damaged.add(this.#fed);
      yield* this.#receive();
      if (!full) return;
    }
  }

  *#receive(): Generator<Frame> {
    for (let errors = 0; errors < 64;) {
      const code = this.#context.receiveFrameSync(this.#received);
      if (code === AVERROR_EAGAIN || code === AVERROR_EOF) return;
      if (code < 0) {
        this.#damaged.add(this.#fed);
        errors += 1;
        // A decoder reports an error once per packet; asking again gives the next frame or says that it needs more.
        continue;
      }
      if (isConcealed(this.#received)) this.#damaged.add(ticksOrNull(this.#received.pktDts) ?? this.#fed);
      // Frames before an edit list's start are decoded for those that need them, and never shown.
      if (!this.#received.hasFlags(AV_FRAME_FLAG_DISCARD))
        yield this.#received.isHwFrame() ? this.#download() : this.#received;
      this.#received.unref();
    }
  }

  #download(): Frame {
    this.#downloaded.unref();
    expectOk(this.#received.hwframeTransferDataSync(this.#downloaded), 'reading a frame back from the device');
    expectOk(this.#downloaded.copyProps(this.#received), 'reading a frame back from the device');
    this.#usesDevice = true;
    return this.#downloaded;
  }
}
