import { Codec, CodecContext, Frame } from 'node-av/lib';
import type { FormatContext, Packet, Stream } from 'node-av/lib';
import {
  AVERROR_EAGAIN,
  AVERROR_EOF,
  AV_CODEC_FLAG_OUTPUT_CORRUPT,
  AV_CODEC_ID_H264,
  AV_CODEC_ID_HEVC,
  AV_FRAME_FLAG_CORRUPT,
  AV_FRAME_FLAG_DISCARD,
} from 'node-av/constants';
import { expectOk, ticksOrNull } from './ffmpeg.ts';
import { openHardwareDevice } from './hardware-device.ts';
import type { HardwareDevice } from './hardware-device.ts';
import { isDisposable, nalLengthSize, nalLengthsFit } from './nal-lengths.ts';
import { inPresentationOrder, presentationTicks } from './presentation-order.ts';
import { readPackets } from './video-file.ts';

/** What a packet's structure alone tells about it. */
export interface PacketInspector {
  /** False where no decoder can find a picture in the packet. */
  isIntact(packet: Packet): boolean;
  /** Whether the packet may be left out without harm to any other picture. */
  isDisposable(packet: Packet): boolean;
}

export function packetInspector(stream: Stream): PacketInspector {
  const codec = { [AV_CODEC_ID_H264]: 'h264', [AV_CODEC_ID_HEVC]: 'hevc' } as const;
  const name = codec[stream.codecpar.codecId as keyof typeof codec];
  const lengthSize = name ? nalLengthSize(name, stream.codecpar.extradata) : null;
  if (lengthSize === null) return { isIntact: (packet) => packet.size > 0, isDisposable: () => false };
  return {
    isIntact: (packet) => nalLengthsFit(packet.data ?? new Uint8Array(0), lengthSize),
    isDisposable: (packet) => name === 'h264' && isDisposable(packet.data ?? new Uint8Array(0), lengthSize),
  };
}

/** Whether a decoder filled in parts of a frame that it could not read. */
export const isConcealed = (frame: Frame): boolean => frame.decodeErrorFlags !== 0;

/** Whether anyone wants to see the picture at this container time, in ticks. */
export type WantedPicture = (pts: bigint) => boolean;

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
  /** Decoding times of the packets that turned out damaged; a pass over the same place adds none. */
  readonly #damaged: Set<bigint>;
  #fed = 0n;
  #usesDevice = false;

  private constructor(stream: Stream, context: CodecContext, device: HardwareDevice | null, damaged: Set<bigint>) {
    this.#damaged = damaged;
    this.#stream = stream;
    this.#context = context;
    this.#device = device;
    this.#inspector = packetInspector(stream);
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
      context.threadCount = 0;
      context.setFlags(AV_CODEC_FLAG_OUTPUT_CORRUPT);
      if (device) {
        context.hwDeviceCtx = device.context;
        context.setHardwarePixelFormat(device.pixelFormat);
      }
      expectOk(await context.open2(codec, null), 'opening the decoder');
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
   * Every frame from where the container stands, in presentation order. The frame is lent: it is valid until the next
   * one is asked for.
   */
  async *frames(format: FormatContext, signal?: AbortSignal): AsyncGenerator<Frame> {
    yield* this.#frames(readPackets(format, this.#stream, signal));
  }

  /**
   * As `frames`, after a seek: leaves out frames that are stored after the keyframe but shown before it, for they may
   * lean on frames that were not read. Gives nothing where the keyframe is no clean place to begin, as in streams that
   * refresh the picture bit by bit.
   */
  async *framesFromKeyframe(format: FormatContext, signal?: AbortSignal): AsyncGenerator<Frame> {
    let keyframePts: bigint | null = null;
    let begun = false;
    const packets = readPackets(format, this.#stream, signal);
    const noted = async function* (): AsyncGenerator<Packet> {
      for await (const packet of packets) {
        if (keyframePts === null && packet.isKeyframe) keyframePts = ticksOrNull(packet.pts);
        yield packet;
      }
    };
    for await (const frame of this.#frames(noted())) {
      if (keyframePts !== null && presentationTicks(frame) < keyframePts) continue;
      if (!begun && frame.hasFlags(AV_FRAME_FLAG_CORRUPT)) return;
      begun = true;
      yield frame;
    }
  }

  [Symbol.dispose](): void {
    this.#received.free();
    this.#downloaded.free();
    this.#context.freeContext();
    this.#device?.[Symbol.dispose]();
  }

  #frames(packets: AsyncIterable<Packet>): AsyncGenerator<Frame> {
    return inPresentationOrder(this.#decodeAll(packets));
  }

  async *#decodeAll(packets: AsyncIterable<Packet>): AsyncGenerator<Frame> {
    for await (const packet of packets) yield* this.#decode(packet);
    yield* this.#decode(null);
  }

  *#decode(packet: Packet | null): Generator<Frame> {
    if (packet) this.#fed = packet.dts;
    if (packet && !this.#inspector.isIntact(packet)) {
      if (packet.size > 0) this.#damaged.add(this.#fed);
      return;
    }
    if (packet && this.wanted && !this.wanted(packet.pts) && this.#inspector.isDisposable(packet)) return;
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
      if (isConcealed(this.#received)) this.#damaged.add(this.#received.pktDts);
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
