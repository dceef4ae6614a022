import { createHash } from 'node:crypto';
import { createReadStream, existsSync, statSync } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { Failure, isFailure } from '#preload/domain/failure.ts';
import { say } from '#preload/domain/saying.ts';
import type { HubFile } from './hub-repository.ts';

/**
 * Brings a file to `target`, which appears only when it is whole and its checksum is the hub's. What an interrupted
 * download left is gone on with; a connection that breaks off is taken up again as long as it brings something.
 * Yields how many bytes are there. Fails as reading does, and with `hub-unreachable` where the content is not what the
 * hub promised.
 */
export async function* checkedDownload(file: HubFile, target: string): AsyncGenerator<number, void, void> {
  const partial = `${target}.part`;
  await mkdir(path.dirname(target), { recursive: true });
  // Of an earlier download, perhaps of an earlier commit.
  if (existsSync(target)) await rename(target, partial);
  const hadSome = existsSync(partial);
  if ((yield* fill(file, partial)) || (hadSome && (yield* fill(file, partial)))) {
    await rename(partial, target);
    return;
  }
  throw new Failure(
    'hub-unreachable',
    say("{{file}} arrived damaged: its checksum is not the hub's; try again.", { file: file.path }),
    { file: target },
  );
}

/** A connection that breaks off this often without a byte is given up. */
const mostFruitless = 3;

/** How much of `target` is there, whole or in part. */
export const arrivedBytes = (target: string): number =>
  [target, `${target}.part`].reduce((sum, file) => sum + (statSync(file, { throwIfNoEntry: false })?.size ?? 0), 0);

/** Whether the file is whole and right now; it is gone where not. */
async function* fill(file: HubFile, partial: string): AsyncGenerator<number, boolean, void> {
  const digest = digestOf(file);
  let have = 0;
  if (existsSync(partial)) {
    for await (const chunk of createReadStream(partial) as AsyncIterable<Buffer>) {
      digest.update(chunk);
      have += chunk.length;
    }
  }
  yield have;
  await using handle = await open(partial, 'a');
  let fruitless = 0;
  while (have < file.size) {
    const before = have;
    try {
      for await (const chunk of file.read(have)) {
        // Whatever follows, it is not the file that was announced, and a disk holds only so much.
        if (have + chunk.length > file.size) {
          await rm(partial);
          return false;
        }
        await handle.appendFile(chunk);
        digest.update(chunk);
        have += chunk.length;
        yield have;
      }
    } catch (error) {
      fruitless = have > before ? 0 : fruitless + 1;
      const isWorthMore = isFailure(error) && error.code === 'hub-unreachable' && fruitless < mostFruitless;
      if (!isWorthMore) throw error;
      continue;
    }
    if (have === before) return false;
  }
  await handle.sync();
  if (have === file.size && digest.digest('hex') === file.checksum.hex) return true;
  await rm(partial);
  return false;
}

function digestOf({ checksum, size }: HubFile) {
  if (checksum.of === 'content') return createHash('sha256');
  return createHash('sha1').update(`blob ${size}\0`);
}
