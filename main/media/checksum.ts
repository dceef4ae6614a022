import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { fileFailure, isMissing } from '#main/failures/file-failure.ts';
import { Failure } from '#preload/domain/failure.ts';
import { say } from '#preload/domain/saying.ts';
import { notThere } from './refuse-file.ts';
import { frameFolderOf } from './frame-folder.ts';
import { throwIfCancelled } from './video-file.ts';

export interface ChecksumOptions {
  readonly signal?: AbortSignal;
  /** Called now and then with the share of the file that was read, in [0, 1]. */
  readonly onProgress?: (share: number) => void;
}

/**
 * SHA-256 of a file's bytes, or of the bytes of all frames of a folder, hex. Fails with `not-found`, `bad-input` (a folder
 * without frames, or unreadable), `forbidden` or `cancelled`.
 */
export async function checksumOf(file: string, { signal, onProgress }: ChecksumOptions = {}): Promise<string> {
  const hash = createHash('sha256');
  try {
    const frames = await frameFolderOf(path.resolve(file));
    const files = frames ? frames.names.map((name) => path.join(frames.folder, name)) : [file];
    for (const [index, one] of files.entries()) {
      const { size } = await stat(one);
      let read = 0;
      for await (const chunk of createReadStream(one, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
        throwIfCancelled(signal);
        hash.update(chunk);
        read += chunk.length;
        onProgress?.((index + Math.min(1, read / size)) / files.length);
      }
    }
  } catch (error) {
    if (error instanceof Failure) throw error;
    if (isMissing(error)) throw notThere(file, say('check the path'));
    throw (
      fileFailure(error, file) ??
      new Failure('bad-input', say('{{file}} cannot be read; copy it again.', { file }), { file }, { cause: error })
    );
  }
  return hash.digest('hex');
}
