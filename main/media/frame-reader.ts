import { Frame } from 'node-av/lib';
import { Failure } from '#preload/domain/failure.ts';
import { say } from '#preload/domain/saying.ts';
import type { FrameTable } from '#preload/domain/frame-table.ts';
import { isClean } from './decode-packets.ts';
import type { PacketDecoder } from './decode-packets.ts';
import { openVideoDecoder } from './open-decoder.ts';
import { pictureFinder } from './picture-finder.ts';
import type { PictureFinder } from './picture-finder.ts';
import { unpackReadingNotes } from './reading-notes.ts';
import type { ReadingNotes } from './reading-notes.ts';
import { openVideoFile } from './video-file.ts';
import type { VideoFile } from './video-file.ts';

/** Reading on costs less than seeking up to about this far ahead: most files have a keyframe every few seconds. */
const readOnUs = 1_500_000;

/** The decoded picture for one entry of the frame table. */
export interface DecodedPicture {
  /** On loan until the next picture is asked for. */
  readonly frame: Frame;
  /** False where the file is damaged: the frame is lost in part, or wholly, and then this is the one that stays on screen. */
  readonly exact: boolean;
}

/**
 * Finds decoded pictures by their place in the frame table, reading on where that is near and seeking where it is not.
 * Every picture is told by what stored it (its time, or its packet), so a lost one shifts no other.
 */
export class FrameReader implements AsyncDisposable {
  readonly #path: string;
  readonly #table: FrameTable;
  readonly #notes: ReadingNotes;
  readonly #signal: AbortSignal | undefined;
  #file: VideoFile;
  #decoder: PacketDecoder;
  #finder: PictureFinder;
  #frames: AsyncGenerator<Frame> | null = null;
  /** The newest frame that came out, and its table index. */
  readonly #newest = new Frame();
  #newestIndex = -1;
  /** The one before it. */
  readonly #before = new Frame();
  #beforeIndex = -1;
  #ended = false;
  /** Whether the container stands before its first packet. */
  #atStart = true;
  #wanted: Uint8Array | null = null;
  #note: string | null = null;
  readonly #damaged: Set<bigint>;

  private constructor(opened: OpenedDecoder, table: FrameTable, hardware: boolean, signal: AbortSignal | undefined) {
    this.#path = opened.file.path;
    this.#file = opened.file;
    this.#decoder = opened.decoder;
    this.#damaged = opened.damaged;
    this.#notes = unpackReadingNotes(table.readingNotes);
    this.#finder = pictureFinder(this.#file, table, this.#notes);
    if (hardware && !this.#decoder.device) this.#note = 'no hardware decoder was found for this video';
    this.#table = table;
    this.#signal = signal;
    this.#newest.alloc();
    this.#before.alloc();
  }

  static async open(path: string, table: FrameTable, hardware: boolean, signal?: AbortSignal): Promise<FrameReader> {
    const { stream } = unpackReadingNotes(table.readingNotes);
    return new FrameReader(await openDecoder(path, stream, hardware), table, hardware, signal);
  }

  get video(): VideoFile['video'] {
    return this.#file.video;
  }

  get notes(): ReadingNotes {
    return this.#notes;
  }

  /** What decodes: a device's name, or null for the processor, and why a device that was tried is not used. */
  get decoding(): { readonly device: string | null; readonly note: string | null } {
    return { device: this.#decoder.usesDevice ? this.#decoder.device : null, note: this.#note };
  }

  get damagedPackets(): number {
    return this.#damaged.size;
  }

  /** Begins a pass that will ask for no pictures but these: others are decoded only where these need them. */
  async begin(pictures: Iterable<number>): Promise<void> {
    if (!this.#atStart) {
      // What an earlier pass left out is missing from what was read, so reading on is no choice.
      await this.#forget();
      this.#atStart = false;
    }
    if (this.damagedPackets > 0) return;
    const wanted = new Uint8Array(this.#table.frameCount);
    for (const picture of pictures) wanted[picture] = 1;
    this.#wanted = wanted;
    this.#want();
  }

  /** The picture with this number (frame `index` of the table where each picture is one frame). Ascending requests are read in one pass. */
  async pictureAt(index: number): Promise<DecodedPicture> {
    await this.#read(index);
    if (this.#wanted && this.damagedPackets > 0) {
      // Decoders conceal damage with what they decoded before, so nothing may be left out from here on.
      this.#wanted = null;
      this.#want();
      await this.#forget();
      this.#atStart = false;
      await this.#read(index);
    }
    if (this.#newestIndex >= 0 && (this.#newestIndex <= index || this.#beforeIndex < 0)) {
      return { frame: this.#newest, exact: this.#newestIndex === index && isClean(this.#newest) };
    }
    if (this.#beforeIndex >= 0) {
      return { frame: this.#before, exact: this.#beforeIndex === index && isClean(this.#before) };
    }
    throw new Failure(
      'unreadable-video',
      say('{{file}} has no picture that can be decoded; it is damaged beyond use.', { file: this.#path }),
      {
        file: this.#path,
      },
    );
  }

  async #read(index: number): Promise<void> {
    try {
      await this.#readOnDecoder(index);
      if (this.#decoder.device && !this.#decoder.usesDevice) {
        this.#note = `${this.#decoder.device} declined this video; the processor decodes it`;
      }
      if (!this.#decoder.device || this.#newestIndex >= 0) return;
      this.#note = `${this.#decoder.device} gave no picture; the processor decodes this video`;
    } catch (error) {
      if (!this.#decoder.device || error instanceof Failure) throw error;
      this.#note = `${this.#decoder.device} failed (${String(error)}); the processor decodes this video`;
    }
    await this.#reopen(false);
    await this.#readOnDecoder(index);
  }

  async #readOnDecoder(index: number): Promise<void> {
    if (!this.#reaches(index)) await this.#seek(index);
    while (this.#newestIndex < index && (await this.#advance()));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#frames?.return(undefined);
    this.#newest.free();
    this.#before.free();
    this.#decoder[Symbol.dispose]();
    await this.#file[Symbol.asyncDispose]();
  }

  /** Whether `index` can be had by reading on from here, sensibly. */
  #reaches(index: number): boolean {
    if (!this.#frames) return this.#atStart && this.#startUs(index) - this.#table.firstStartUs <= readOnUs;
    if (this.#newestIndex < 0) return false;
    if (index < this.#newestIndex) return this.#beforeIndex >= 0 && index >= this.#beforeIndex;
    return this.#ended || this.#startUs(index) - this.#startUs(this.#newestIndex) <= readOnUs;
  }

  #startUs(picture: number): number {
    return this.#table.startUs(picture * this.#notes.fieldsPerPicture);
  }

  /** Goes to a place from which picture `index` can be decoded, at last to the start of the file. */
  async #seek(index: number): Promise<void> {
    for (const seek of this.#finder.seeks(index)) {
      await this.#forget();
      if (!(await seek())) break;
      this.#decoder.flush();
      this.#frames = this.#decoder.framesFromEntry(this.#file.format, this.#finder, this.#signal);
      if ((await this.#advance()) && this.#newestIndex <= index) return;
    }
    await this.#reopen(this.#decoder.device !== null);
  }

  async #reopen(hardware: boolean): Promise<void> {
    await this.#forget();
    this.#decoder[Symbol.dispose]();
    await this.#file[Symbol.asyncDispose]();
    ({ file: this.#file, decoder: this.#decoder } = await openDecoder(
      this.#path,
      this.#notes.stream,
      hardware,
      this.#damaged,
    ));
    this.#finder = pictureFinder(this.#file, this.#table, this.#notes);
    this.#atStart = true;
    this.#want();
  }

  #want(): void {
    const wanted = this.#wanted;
    // A packet that begins no picture may be the second field of the one before: neither comes without the other.
    let isWanted = true;
    this.#decoder.wanted =
      wanted &&
      ((pts, packet) => {
        const picture = this.#finder.pictureOfPacket(pts, packet);
        if (picture >= 0) isWanted = wanted[picture] !== 0;
        return isWanted;
      });
  }

  async #forget(): Promise<void> {
    await this.#frames?.return(undefined);
    this.#frames = null;
    this.#newest.unref();
    this.#before.unref();
    this.#newestIndex = -1;
    this.#beforeIndex = -1;
    this.#ended = false;
  }

  /** Takes one more frame from the decoder; false at the end of the file. */
  async #advance(): Promise<boolean> {
    this.#frames ??= this.#decoder.frames(this.#file.format, this.#signal);
    this.#atStart = false;
    let picture = -1;
    let next = await this.#frames.next();
    for (; !next.done; next = await this.#frames.next()) {
      picture = this.#finder.pictureOf(next.value);
      if (picture >= 0) break;
    }
    if (next.done) {
      this.#ended = true;
      return false;
    }
    this.#before.unref();
    if (this.#newestIndex >= 0) this.#before.ref(this.#newest);
    this.#beforeIndex = this.#newestIndex;
    this.#newest.unref();
    this.#newest.ref(next.value);
    this.#newestIndex = picture;
    return true;
  }
}

interface OpenedDecoder {
  readonly file: VideoFile;
  readonly decoder: PacketDecoder;
  readonly damaged: Set<bigint>;
}

async function openDecoder(
  path: string,
  stream: number,
  hardware: boolean,
  damaged = new Set<bigint>(),
): Promise<OpenedDecoder> {
  const file = await openVideoFile(path, stream);
  try {
    return { file, decoder: await openVideoDecoder(file, { hardware, damaged }), damaged };
  } catch (error) {
    await file[Symbol.asyncDispose]();
    throw error;
  }
}
