import { closeSync, openSync, readSync } from 'node:fs';
import { Failure } from '#preload/domain/failure.ts';
import { say, type Saying } from '#preload/domain/saying.ts';

export interface DecodedText {
  readonly text: string;
  /** What a person should know of how it was read; null where nothing was assumed. */
  readonly warning: Saying | null;
}

/** Letters and signs of western European text in Windows-1252; others there are rather another code page misread. */
const western =
  /^[\n\r\t -~ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜßàáâãäåæçèéêëìíîïñòóôõöøùúûüÿŒœŠšŽžŸ€‚„…‘’“”–—«»¡¿º°§´·\u00A0]*$/u;

/**
 * The text of a file, its byte order mark left out: UTF-8, UTF-16 of either order (with a mark, or plain by its zero
 * bytes), or Windows-1252 where all of it reads as western European text, which is told.
 * Fails with `unreadable-annotations` for anything else, rather than making up letters.
 */
export function decodeText(bytes: Uint8Array, file: string): DecodedText {
  const sixteen = utf16Label(bytes);
  const unmarked = decodeAs(sixteen ?? 'utf-8', bytes);
  if (unmarked !== null) return { text: unmarked, warning: null };
  const ansi = sixteen === null ? decodeAs('windows-1252', bytes) : null;
  // Words of other scripts are runs of high bytes; western words have one or two together at most.
  if (ansi !== null && western.test(ansi) && !/[^\0-\u007F]{3}/u.test(ansi)) {
    return {
      text: ansi,
      warning: say('{{file}} is no UTF-8; it was read as Windows-1252 (western European).', { file }),
    };
  }
  throw new Failure(
    'unreadable-annotations',
    say('The letters of {{file}} are in an encoding that cannot be told; save it as UTF-8 and import it again.', {
      file,
    }),
    { file },
  );
}

/**
 * The text of a long file of UTF-8, its byte order mark left out, a chunk at a time. Null where it is of another encoding,
 * which only the whole of it tells, or begins as JSON does. Fails as reading files does.
 */
export function utf8Chunks(path: string): Iterable<string> | null {
  try {
    let isFirst = true;
    for (const chunk of decodedChunks(path)) {
      if (isFirst && /^\s*\{/u.test(chunk)) return null;
      isFirst = false;
    }
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
  return decodedChunks(path);
}

const chunkBytes = 2 ** 18;

function* decodedChunks(path: string): Generator<string> {
  const file = openSync(path, 'r');
  try {
    const [bytes, decoder] = [new Uint8Array(chunkBytes), new TextDecoder('utf-8', { fatal: true })];
    for (let isFirst = true; ; isFirst = false) {
      const count = readSync(file, bytes);
      if (isFirst && utf16Label(bytes.subarray(0, count)) !== null) throw new TypeError('UTF-16');
      if (count === 0) break;
      yield decoder.decode(bytes.subarray(0, count), { stream: true });
    }
    yield decoder.decode();
  } finally {
    closeSync(file);
  }
}

function decodeAs(label: string, bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function utf16Label(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  // Every format begins with a letter of ASCII: half of it is zero.
  if (bytes.length < 2 || (bytes[0] === 0) === (bytes[1] === 0)) return null;
  return bytes[0] === 0 ? 'utf-16be' : 'utf-16le';
}
