/** A stored packet from which decoding can begin. */
export interface EntryPacket {
  /** Counted through the stream from 0, in stored order. */
  readonly packet: number;
  /** Where the packet lies in the file, in bytes; -1 where the container does not say. */
  readonly position: number;
  /** Decoding time in microseconds as the container states it; NaN where it states none. */
  readonly dtsUs: number;
}

/** A place where the clock of a file starts over or jumps. */
export interface ClockShift {
  /** From this byte of the file on... */
  readonly position: number;
  /** ...this is added to the container's times, in microseconds. */
  readonly addUs: number;
}

/** How the pictures of a frame table are found again in their file; see `FrameTable.readingNotes`. */
export interface ReadingNotes {
  /** Index of the video stream; -1 for the only one there is, and in older tables for the one that a player would choose. */
  readonly stream: number;
  /** Size of the first picture as stored, where the container states another; [0, 0] where it does not. */
  readonly codedSize: readonly [number, number];
  /** 2 where both fields of every interlaced picture are frames of their own; else 1. */
  readonly fieldsPerPicture: 1 | 2;
  readonly clockShifts: readonly ClockShift[];
  /** Where decoding may begin, ascending; empty where pictures are found by time. */
  readonly entries: readonly EntryPacket[];
  /** For each picture the packet that it came from, `[N]`; null where pictures are found by their stored time. */
  readonly packets: Int32Array | null;
}

/** Pictures that their stored times tell apart, of the only stream. */
export const plainReading: ReadingNotes = {
  stream: -1,
  codedSize: [0, 0],
  fieldsPerPicture: 1,
  clockShifts: [],
  entries: [],
  packets: null,
};

/** Numbers for `FrameTable.readingNotes`, or null where there is nothing to note. Unknown values are stored as -1. */
export function packReadingNotes(notes: ReadingNotes): Float64Array | null {
  const { stream, codedSize, fieldsPerPicture, clockShifts, entries, packets } = notes;
  const plain = stream < 0 && codedSize[0] === 0 && fieldsPerPicture === 1 && clockShifts.length === 0 && !packets;
  if (plain) return null;
  return Float64Array.from([
    stream,
    ...codedSize,
    fieldsPerPicture,
    clockShifts.length,
    entries.length,
    packets ? packets.length : -1,
    ...clockShifts.flatMap(({ position, addUs }) => [position, addUs]),
    ...entries.flatMap(({ packet, position, dtsUs }) => [packet, position, Number.isNaN(dtsUs) ? unknownTime : dtsUs]),
    ...(packets ?? []),
  ]);
}

/** Inverse of `packReadingNotes`. */
export function unpackReadingNotes(packed: Float64Array | null): ReadingNotes {
  if (!packed) return plainReading;
  const [stream, width, height, fields, shifts, entries, packets] = packed as unknown as number[];
  let at = 7;
  const take = (): number => packed[at++]!;
  const many = <T>(count: number, one: () => T): T[] => Array.from({ length: count }, one);
  return {
    stream: stream!,
    codedSize: [width!, height!],
    fieldsPerPicture: fields === 2 ? 2 : 1,
    clockShifts: many(shifts!, () => ({ position: take(), addUs: take() })),
    entries: many(entries!, () => {
      const [packet, position, dtsUs] = [take(), take(), take()];
      return { packet, position, dtsUs: dtsUs === unknownTime ? Number.NaN : dtsUs };
    }),
    packets: packets! < 0 ? null : Int32Array.from(packed.subarray(at, at + packets!)),
  };
}

const unknownTime = -(2 ** 51);
