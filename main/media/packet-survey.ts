import type { Packet } from 'node-av/lib';
import { AVFMT_TS_DISCONT, AV_PKT_FLAG_CORRUPT, AV_PKT_FLAG_DISCARD } from 'node-av/constants';
import { packetInspector } from './decode-packets.ts';
import { microsecondsOfTicks, ticksOrNull } from './ffmpeg.ts';
import { beginsAsPicture } from './frame-folder.ts';
import type { PictureTime } from './player-timeline.ts';
import type { ClockShift, EntryPacket } from './reading-notes.ts';
import { statedSizeOf } from './stated-size.ts';
import { readPackets } from './video-file.ts';
import type { VideoFile } from './video-file.ts';

/** One stored packet, as far as its times go. */
export interface StoredPacket {
  /** Container times in ticks; null where none is stored. */
  readonly pts: bigint | null;
  readonly dts: bigint | null;
  readonly duration: bigint;
  /** How often the clock has jumped before this packet. */
  readonly clock: number;
  /** Whether it can hold a picture that is shown. */
  readonly shows: boolean;
}

/** Every packet of a video stream, read once and not decoded. */
export interface PacketSurvey {
  readonly packets: readonly StoredPacket[];
  readonly entries: readonly EntryPacket[];
  /** Where in the file each clock but the first begins. */
  readonly clockStarts: readonly ClockStart[];
  readonly damaged: number;
  /** Damaged packets in which there is no picture at all. */
  readonly lost: number;
  /** Packets that state another size than the first, where packets state sizes. */
  readonly otherSizes: readonly number[];
}

export type ClockStart = Omit<ClockShift, 'addUs'>;

/** A stored clock that falls back by more than this has started over: decoding times never fall. */
const longestFallUs = 100_000;

/** A picture is shown before one that is stored earlier, but not by more than this. */
const longestReorderUs = 600_000;

/** Broadcast clocks that leap ahead by more than this have been joined; players leave such gaps out. */
const longestLeapUs = 10_000_000;

const noBytes = new Uint8Array(0);

/** So far before a joint a packet may be marked as damaged for no other reason. */
const jointPackets = 4;

export interface SurveyOptions {
  readonly signal?: AbortSignal;
  /** Called now and then with the share of the file that was read, in [0, 1]. */
  readonly onProgress?: (share: number) => void;
}

export async function surveyPackets(video: VideoFile, { signal, onProgress }: SurveyOptions): Promise<PacketSurvey> {
  const inspector = packetInspector(video.video);
  const size = Number((await video.format.pb?.size()) ?? 0n);
  const inFolder = video.format.iformat?.name === 'image2';
  const clock = new StoredClock(video);
  const packets: StoredPacket[] = [];
  const entries: EntryPacket[] = [];
  const marked: number[] = [];
  const jumpsAt: number[] = [];
  const sizeOf = statedSizeOf(video.video);
  const otherSizes: number[] = [];
  let firstSize: string | null = null;
  let lost = 0;
  for await (const packet of readPackets(video.format, video.video, signal)) {
    const number = packets.length;
    const dts = ticksOrNull(packet.dts);
    const pts = believable(packet, video);
    if (onProgress && size > 0 && number % 500 === 0) onProgress(Math.min(1, Math.max(0, Number(packet.pos) / size)));
    const jumps = clock.read(packet);
    const leftOut = packet.size === 0 || packet.hasFlags(AV_PKT_FLAG_DISCARD);
    const intact = leftOut || (inspector.isIntact(packet) && (!inFolder || beginsAsPicture(packet.data ?? noBytes)));
    if (jumps) jumpsAt.push(number);
    if (!intact) lost += 1;
    else if (!leftOut && packet.hasFlags(AV_PKT_FLAG_CORRUPT)) marked.push(number);
    if (packet.isKeyframe) {
      const dtsUs = dts === null ? Number.NaN : microsecondsOfTicks(dts, video.video.timeBase);
      entries.push({ packet: number, position: Number(packet.pos), dtsUs });
    }
    const stated = (intact && sizeOf?.(packet.data ?? noBytes)?.join('x')) || null;
    firstSize ??= stated;
    if (stated !== firstSize && stated !== null) otherSizes.push(number);
    const shows = intact && !leftOut && inspector.showsPicture(packet);
    packets.push({ pts, dts, duration: packet.duration, clock: clock.count, shows });
  }
  onProgress?.(1);
  // Where files were joined, the counters of transport packets do not fit either; that is no damage.
  const atJoint = (number: number): boolean => jumpsAt.some((jump) => jump >= number && jump - number <= jointPackets);
  const damaged = lost + marked.filter((number) => !atJoint(number)).length;
  return { packets, entries, clockStarts: clock.starts, damaged, lost, otherSizes };
}

/** The pictures that the packets seem to hold, where each of them stores a time of its own; else null. */
export function storedPictures({ packets, clockStarts }: PacketSurvey): PictureTime[] | null {
  if (clockStarts.length > 0) return null;
  const pictures: PictureTime[] = [];
  for (const { shows, pts, duration } of packets) {
    if (!shows) continue;
    if (pts === null) return null;
    pictures.push({ pts, duration });
  }
  pictures.sort((a, b) => (a.pts < b.pts ? -1 : a.pts > b.pts ? 1 : 0));
  const alike = pictures.some(({ pts }, index) => index > 0 && pts === pictures[index - 1]!.pts);
  return alike || pictures.length === 0 ? null : pictures;
}

/** When the packet says it is shown; null where it says nothing, or a time that no decoder would hold it back for. */
function believable(packet: Packet, { video, format }: VideoFile): bigint | null {
  const [pts, dts] = [ticksOrNull(packet.pts), ticksOrNull(packet.dts)];
  const broadcast = ((format.iformat?.flags ?? 0) & AVFMT_TS_DISCONT) !== 0;
  if (pts === null || dts === null || !broadcast) return pts;
  return Math.abs(microsecondsOfTicks(pts - dts, video.timeBase)) > longestLeapUs ? null : pts;
}

/** Follows the clock of a stream in stored order and notes where it jumps. */
class StoredClock {
  readonly starts: ClockStart[] = [];
  readonly #video: VideoFile;
  readonly #leaps: boolean;
  #decodingUs: number | null = null;
  #shownUs: number | null = null;

  constructor(video: VideoFile) {
    this.#video = video;
    this.#leaps = ((video.format.iformat?.flags ?? 0) & AVFMT_TS_DISCONT) !== 0;
  }

  get count(): number {
    return this.starts.length;
  }

  /** Whether the clock jumps before this packet. */
  read({ pts, dts, pos }: Packet): boolean {
    const [shownUs, decodingUs] = [this.#us(pts), this.#us(dts)];
    const decodingJumps = this.#jumps(this.#decodingUs, decodingUs, longestFallUs);
    // Pictures are shown in another order than stored, so their times say less; where they say all, they must agree.
    const shownJumps = this.#jumps(this.#shownUs, shownUs, longestReorderUs);
    const jumps = decodingJumps === null ? (shownJumps ?? false) : decodingJumps && shownJumps !== false;
    if (jumps) this.starts.push({ position: Number(pos) });
    this.#decodingUs = decodingUs ?? (jumps ? null : this.#decodingUs);
    this.#shownUs = shownUs ?? (jumps ? null : this.#shownUs);
    return jumps;
  }

  /** Null where one of the times is not known. */
  #jumps(beforeUs: number | null, us: number | null, fallUs: number): boolean | null {
    if (beforeUs === null || us === null) return null;
    return us - beforeUs < -fallUs || (this.#leaps && us - beforeUs > longestLeapUs);
  }

  #us(ticks: bigint): number | null {
    const known = ticksOrNull(ticks);
    return known === null ? null : microsecondsOfTicks(known, this.#video.video.timeBase);
  }
}
