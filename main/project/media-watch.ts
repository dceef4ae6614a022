import { checksumOfReading } from '#main/media/reading-checksum.ts';
import { Failure } from '#preload/domain/failure.ts';
import { say } from '#preload/domain/saying.ts';
import type { FileFingerprint } from '#preload/domain/video-facts.ts';
import type { StoredVideo } from '../database/videos-table.ts';
import { toFailure } from '../failures/to-failure.ts';
import { changedAt, fingerprintOf, sampleOf } from './media-fingerprint.ts';
import { sha256 } from './media-locator.ts';

/**
 * Whether media files are still what was added. As long as the system says that a file was not changed, that is all; else
 * three places of it are compared at once, and all of it beside, one file after another.
 */
export class MediaWatch {
  readonly #remember: (video: StoredVideo, seen: FileFingerprint) => void;
  readonly #told: (video: StoredVideo) => void;
  readonly #closing: AbortSignal;
  /** Since when a file is another one, by video. */
  readonly #changed = new Map<number, string>();
  /** What was seen since the project was opened: one that can only be looked at remembers nothing itself. */
  readonly #seen = new Map<number, FileFingerprint>();
  readonly #looking = new Map<number, string>();
  #last: Promise<void> = Promise.resolve();

  /** `remember` keeps what a file was verified as; `told` hears of each that changed. */
  constructor(
    closing: AbortSignal,
    remember: (video: StoredVideo, seen: FileFingerprint) => void,
    told: (video: StoredVideo) => void,
  ) {
    this.#closing = closing;
    this.#remember = remember;
    this.#told = told;
  }

  /** Whether a file is known to be another one by now. */
  isChanged({ id }: StoredVideo, path: string): boolean {
    const since = this.#changed.get(id);
    return since !== undefined && since === changedAt(path);
  }

  /** Fails with `not-found` where a file is not what was added. */
  ensureUnchanged(video: StoredVideo, path: string): void {
    if (this.isChanged(video, path)) throw anotherFile(video, path);
    const seen = this.#seen.get(video.id) ?? video.facts.seen;
    const now = changedAt(path);
    if (seen?.changedAt === now || this.#looking.get(video.id) === now) return;
    if (seen !== undefined && seen.sample !== sampleOf(path)) {
      this.#isAnother(video, now);
      throw anotherFile(video, path);
    }
    this.#looking.set(video.id, now);
    this.#last = this.#last.then(async () => this.#readWhole(video, path));
  }

  async #readWhole(video: StoredVideo, path: string): Promise<void> {
    try {
      const fingerprint = fingerprintOf(path);
      const checksum = checksumOfReading(await sha256(path, this.#closing), video.facts.reading);
      // Changed while it was read: it is looked at again when it is used again.
      if (fingerprint.changedAt !== changedAt(path)) return;
      if (checksum !== video.checksum) return this.#isAnother(video, fingerprint.changedAt);
      this.#seen.set(video.id, fingerprint);
      this.#remember(video, fingerprint);
    } catch (error) {
      // Gone, or not to be read: whoever uses it will say so.
      if (!this.#closing.aborted) toFailure(error);
    } finally {
      this.#looking.delete(video.id);
    }
  }

  #isAnother(video: StoredVideo, since: string): void {
    this.#changed.set(video.id, since);
    this.#told(video);
  }
}

/** What is told of a file that is not what was added as a video. */
export const anotherFile = ({ id, name }: StoredVideo, path: string): Failure =>
  new Failure(
    'not-found',
    say(
      '{{path}} is not the file that was added as {{name}}: its content changed. Put the old one back or relink it, or add the new one as a video of its own.',
      { path, name },
    ),
    { videoId: id, path },
  );
