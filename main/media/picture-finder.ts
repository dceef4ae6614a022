import type { Frame, Packet } from 'node-av/lib';
import {
  AVFMT_NOTIMESTAMPS,
  AVFMT_TS_DISCONT,
  AVSEEK_FLAG_BACKWARD,
  AVSEEK_FLAG_BYTE,
  AV_CODEC_ID_APNG,
  AV_PIX_FMT_PAL8,
} from 'node-av/constants';
import type { FrameTable } from '#preload/domain/frame-table.ts';
import { packetOf } from './decode-packets.ts';
import type { Entry, EntryRule } from './decode-packets.ts';
import { microsecondsOfTicks, ticksOfMicroseconds, ticksOrNull } from './ffmpeg.ts';
import { playerTimelineOf, playerUs, presentationTicks } from './player-timeline.ts';
import type { PlayerTimeline } from './player-timeline.ts';
import type { EntryPacket, ReadingNotes } from './reading-notes.ts';
import type { VideoFile } from './video-file.ts';

/** Tells which picture of a table a decoded frame is, and how to come near a picture. Pictures are counted from 0. */
export interface PictureFinder extends EntryRule {
  /** -1 where the table does not hold it: nothing is shown then. */
  pictureOf(frame: Frame): number;
  /** Which picture a packet will become; -1 where that is unknown. */
  pictureOfPacket(pts: bigint, packet: number): number;
  /** Ways to bring the container to a place from which a picture can be decoded, the nearest first; false: no such way. */
  seeks(picture: number): Iterable<() => Promise<boolean>>;
}

/** By the times that packets store, where they tell pictures apart; else by counting packets from known entries. */
export function pictureFinder(file: VideoFile, table: FrameTable, notes: ReadingNotes): PictureFinder {
  return notes.packets
    ? new FinderByPacket(file, notes.packets, notes)
    : new FinderByTime(file, table, notes.fieldsPerPicture);
}

/** Palettes come with the first packet that uses them, so a decoder that begins later lacks its colours. */
const handsOnPalette = ({ codecpar }: VideoFile['video']): boolean => codecpar.format === AV_PIX_FMT_PAL8;

/** Pictures that draw on the canvas of those before them, whatever is marked as a keyframe. */
const drawsOnCanvas = ({ codecpar }: VideoFile['video']): boolean => codecpar.codecId === AV_CODEC_ID_APNG;

/** Whether a picture is found only by reading from the start of the file. */
const readsFromStart = ({ video, ignoresIndex }: VideoFile): boolean =>
  ignoresIndex || handsOnPalette(video) || drawsOnCanvas(video);

class FinderByTime implements PictureFinder {
  readonly #file: VideoFile;
  readonly #table: FrameTable;
  readonly #timeline: PlayerTimeline;
  readonly #framesPerPicture: number;

  constructor(file: VideoFile, table: FrameTable, framesPerPicture: number) {
    this.#file = file;
    this.#table = table;
    this.#timeline = playerTimelineOf(file.format, file.video);
    this.#framesPerPicture = framesPerPicture;
  }

  pictureOf(frame: Frame): number {
    const ticks = presentationTicks(frame);
    return ticks === null ? -1 : this.#pictureAt(ticks);
  }

  pictureOfPacket(pts: bigint): number {
    const ticks = ticksOrNull(pts);
    return ticks === null ? -1 : this.#pictureAt(ticks);
  }

  numberOf(packet: Packet): number | null {
    return packet.isKeyframe ? 0 : null;
  }

  precedes(frame: Frame, entry: Entry): boolean {
    const ticks = presentationTicks(frame);
    return ticks !== null && entry.pts !== null && ticks < entry.pts;
  }

  /**
   * Containers find keyframes by decoding time, so the first try may land after the picture; then it goes further back,
   * in growing steps, at last to the start of the file.
   */
  *seeks(picture: number): Generator<() => Promise<boolean>> {
    const { format, video } = this.#file;
    if (readsFromStart(this.#file)) return;
    const { offsetUs, timeBase } = this.#timeline;
    let us = this.#table.startUs(picture * this.#framesPerPicture);
    for (let stepUs = 500_000; us > this.#table.firstStartUs; stepUs *= 4) {
      const ticks = ticksOfMicroseconds(us + offsetUs, timeBase);
      yield async () => (await format.seekFrame(video.index, ticks, AVSEEK_FLAG_BACKWARD)) >= 0;
      us -= stepUs;
    }
  }

  #pictureAt(ticks: bigint): number {
    const us = playerUs(ticks, this.#timeline);
    const frame = this.#table.frameAt(us);
    return this.#table.startUs(frame) === us ? Math.floor(frame / this.#framesPerPicture) : -1;
  }
}

/** How many entries before a picture are tried before the file is read from its start. */
const entriesTried = 4;

class FinderByPacket implements PictureFinder {
  readonly #file: VideoFile;
  readonly #packets: Int32Array;
  readonly #entries: readonly EntryPacket[];
  /** Whether a time may mean several places. */
  readonly #isJoined: boolean;
  readonly #pictureOfPacket: Int32Array;
  readonly #entryAt = new Map<string, number>();
  #before = -1;

  constructor(file: VideoFile, packets: Int32Array, { entries, clockShifts }: ReadingNotes) {
    this.#file = file;
    this.#isJoined = clockShifts.length > 0;
    this.#packets = packets;
    this.#entries = entries;
    this.#pictureOfPacket = new Int32Array(packets.reduce((most, packet) => Math.max(most, packet), 0) + 1).fill(-1);
    for (let picture = packets.length - 1; picture >= 0; picture -= 1)
      this.#pictureOfPacket[packets[picture]!] = picture;
    for (const entry of entries) this.#entryAt.set(placeOf(entry), entry.packet);
  }

  pictureOf(frame: Frame): number {
    const packet = packetOf(frame);
    const first = this.pictureOfPacket(0n, packet);
    // A packet may hold two pictures, which come one right after the other.
    const second = first >= 0 && first === this.#before && this.#packets[first + 1] === packet;
    this.#before = second ? -1 : first;
    return second ? first + 1 : first;
  }

  pictureOfPacket(_pts: bigint, packet: number): number {
    return this.#pictureOfPacket[packet] ?? -1;
  }

  numberOf(packet: Packet): number | null {
    if (!packet.isKeyframe) return null;
    const dts = ticksOrNull(packet.dts);
    const dtsUs = dts === null ? Number.NaN : microsecondsOfTicks(dts, this.#file.video.timeBase);
    return this.#entryAt.get(placeOf({ position: Number(packet.pos), dtsUs })) ?? null;
  }

  precedes(frame: Frame, entry: Entry): boolean {
    return this.pictureOf(frame) < this.pictureOfPacket(0n, entry.packet);
  }

  *seeks(picture: number): Generator<() => Promise<boolean>> {
    const { format, video } = this.#file;
    if (readsFromStart(this.#file)) return;
    const packet = this.#packets[picture]!;
    const byPlace = ((format.iformat?.flags ?? 0) & (AVFMT_TS_DISCONT | AVFMT_NOTIMESTAMPS)) !== 0;
    const before = this.#entries.filter((entry) => entry.packet <= packet).slice(-entriesTried);
    for (const { packet: number, position, dtsUs } of before.reverse()) {
      if (number === 0 || this.pictureOfPacket(0n, number) > picture) continue;
      if (byPlace && position >= 0) {
        yield async () => (await format.seekFrame(video.index, BigInt(position), AVSEEK_FLAG_BYTE)) >= 0;
      } else if (!byPlace && !this.#isJoined && !Number.isNaN(dtsUs)) {
        const ticks = ticksOfMicroseconds(dtsUs, video.timeBase);
        yield async () => (await format.seekFrame(video.index, ticks, AVSEEK_FLAG_BACKWARD)) >= 0;
      }
    }
  }
}

/** What tells an entry from others when it is met again. */
const placeOf = ({ position, dtsUs }: Omit<EntryPacket, 'packet'>): string =>
  position >= 0 ? `byte ${position}` : `time ${dtsUs}`;
