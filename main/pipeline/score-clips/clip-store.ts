import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { isMissing } from '#main/failures/file-failure.ts';
import { makeFolder } from '#main/failures/make-folder.ts';
import { Failure } from '#preload/domain/failure.ts';
import { say } from '#preload/domain/saying.ts';
import type { EncodedClips } from '#native-models/video-text-model.ts';
import { fileExists } from '../feature-store/file-exists.ts';
import { loadNpy, writeWholeNpy } from '../feature-store/npy-file.ts';
import { storageFailure } from '../feature-store/storage-failure.ts';
import type { FrameRange } from './clip-span.ts';

/** All that a video's encoded clips depend on besides their frames: equal keys, equal clips. */
export interface ClipKey {
  readonly videoChecksum: string;
  /** The model's `clipHash`. */
  readonly modelHash: string;
  readonly preprocessingHash: string;
  /** T, P and D: the shape of a clip. */
  readonly frameCount: number;
  readonly contextRows: number;
  readonly dim: number;
}

/**
 * One video's encoded clips, as one model made them: a folder of its own beside the frame features, which are another
 * kind of thing and never read as one another. A file a clip, `<startFrame>-<endFrame>.npy`, `[T + P, D]`; each appears
 * whole or not at all, so that work goes on wherever it was cut off.
 */
export class ClipStore {
  readonly #folder: string;
  readonly #key: ClipKey;

  /** @param featuresFolder the project's; nothing need be there yet. */
  constructor(featuresFolder: string, key: ClipKey) {
    this.#folder = path.join(featuresFolder, clipsName(key));
    this.#key = key;
  }

  /** Those of `ranges` that are not there, each once. */
  async missing(ranges: readonly FrameRange[]): Promise<FrameRange[]> {
    const distinct = new Map(ranges.map((range) => [fileName(range), range]));
    const absent: FrameRange[] = [];
    for (const [name, range] of distinct) if (!(await fileExists(path.join(this.#folder, name)))) absent.push(range);
    return absent;
  }

  /** Stretches whose clips are there, in the order of time. */
  async ranges(): Promise<FrameRange[]> {
    const names = await readdir(this.#folder).catch((error: unknown) => {
      if (isMissing(error)) return [];
      throw error;
    });
    return names
      .flatMap((name) => {
        const found = /^(\d+)-(\d+)\.npy$/.exec(name);
        return found === null ? [] : [{ startFrame: Number(found[1]), endFrame: Number(found[2]) }];
      })
      .toSorted((a, b) => a.startFrame - b.startFrame || a.endFrame - b.endFrame);
  }

  /** Reads clips in the order asked. Fails with `not-found` for one that is not there, `bad-input` for a damaged one. */
  async read(ranges: readonly FrameRange[]): Promise<EncodedClips> {
    const { frameCount, contextRows, dim } = this.#key;
    const frames = new Float32Array(ranges.length * frameCount * dim);
    const context = new Float32Array(ranges.length * contextRows * dim);
    for (const [index, range] of ranges.entries()) {
      const file = path.join(this.#folder, fileName(range));
      const { data, shape } = await loadNpy(file).catch((error: unknown) => {
        if (!isMissing(error)) throw error;
        throw new Failure(
          'not-found',
          say('The clip in {{file}} was not encoded yet; run the proposals again.', { file }),
          { file },
        );
      });
      if (!(data instanceof Float32Array) || shape[0] !== frameCount + contextRows || shape[1] !== dim) {
        throw new Failure(
          'bad-input',
          say('{{file}} is damaged: it does not hold one clip. Delete it and run again.', { file }),
          {
            file,
          },
        );
      }
      frames.set(data.subarray(0, frameCount * dim), index * frameCount * dim);
      context.set(data.subarray(frameCount * dim), index * contextRows * dim);
    }
    return { count: ranges.length, frames, context };
  }

  /** Keeps encoded clips, one for each range. Fails with `disk-full` or `read-only`; those before stay good. */
  async write(ranges: readonly FrameRange[], clips: EncodedClips): Promise<void> {
    const { frameCount, contextRows, dim } = this.#key;
    for (const [index, range] of ranges.entries()) {
      const data = new Float32Array((frameCount + contextRows) * dim);
      data.set(clips.frames.subarray(index * frameCount * dim, (index + 1) * frameCount * dim));
      data.set(clips.context.subarray(index * contextRows * dim, (index + 1) * contextRows * dim), frameCount * dim);
      const file = path.join(this.#folder, fileName(range));
      try {
        makeFolder(this.#folder, 2);
        await writeWholeNpy(file, { data, shape: [frameCount + contextRows, dim] });
      } catch (error) {
        throw storageFailure(error, file);
      }
    }
  }
}

/** The folder's name: the same on every machine, and never that of frame features. */
export function clipsName(key: ClipKey): string {
  const { videoChecksum, modelHash, preprocessingHash, frameCount, contextRows, dim } = key;
  const parts = ['clips', videoChecksum, modelHash, preprocessingHash, frameCount, contextRows, dim];
  const digest = createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 24);
  return `${videoChecksum.replaceAll(/[^0-9A-Za-z]/g, '').slice(0, 12)}-clips-${digest}`;
}

const fileName = ({ startFrame, endFrame }: FrameRange): string => `${startFrame}-${endFrame}.npy`;
