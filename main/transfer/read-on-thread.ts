import { basename } from 'node:path';
import { budgets } from '#preload/domain/budgets.ts';
import { Failure } from '#preload/domain/failure.ts';
import { say, type Saying } from '#preload/domain/saying.ts';
import type { TableColumns } from '#preload/domain/table-columns.ts';
import { moduleBeside, startThread } from '../call-port/thread.ts';
import { Watchdog } from '../call-port/watchdog.ts';
import type { ImportedSegment, RowFault } from './annotation-set.ts';
import type { Format } from './format.ts';
import { PackedRows } from './packed-rows.ts';
import type { ReadingCalls } from './reading-calls.ts';

export interface FileOfAnnotations extends Omit<ReadingCalls['read']['output'], 'segments' | 'faults'> {
  readonly segments: PackedRows<ImportedSegment>;
  readonly faults: PackedRows<RowFault>;
}

/** Rows are soon packed: what is young needs little room, and leaves more of it to the others. */
const youngMib = 12;

const entry = moduleBeside(import.meta.filename, 'reading-worker');

/**
 * What a file of annotations says, read on a thread with a budget of memory and of time without a sign, so that no file
 * can take the program along. Fails as `readAnnotations` does, and with `bad-input` over one of the budgets or once
 * `signal` aborts.
 */
export async function readOnThread(
  format: Format,
  path: string,
  columns: TableColumns | null,
  signal: AbortSignal,
): Promise<FileOfAnnotations> {
  const answer = await askThread('read', { format: format.id, path, columns }, format.name, signal);
  const { segments, faults, ...said } = answer;
  return { ...said, segments: new PackedRows(segments), faults: new PackedRows(faults) };
}

/** The formats that can read a file, the likeliest first, told on a thread in the same way. */
export const tellFormatsOnThread = (path: string, signal: AbortSignal): Promise<readonly string[]> =>
  askThread('tellFormats', { path }, null, signal);

async function askThread<Name extends keyof ReadingCalls>(
  name: Name,
  input: ReadingCalls[Name]['input'],
  format: string | null,
  signal: AbortSignal,
): Promise<ReadingCalls[Name]['output']> {
  const file = basename(input.path);
  const advice = say('check that it is such a file, or split it');
  const tooMuch = (why: Saying): Failure =>
    new Failure(
      'bad-input',
      format === null
        ? say('{{file}} {{why}} to read; {{advice}}.', { file, why, advice })
        : say('{{file}} {{why}} to read as {{format}}; {{advice}}.', { file, why, format, advice }),
      { file },
    );
  const thread = startThread<ReadingCalls>(entry, () => say('{{file}} takes too much memory.', { file }), {
    maxOldGenerationSizeMb: budgets.readingMib,
    maxYoungGenerationSizeMb: youngMib,
  });
  const { promise: gaveUp, reject } = Promise.withResolvers<never>();
  const watchdog = new Watchdog(budgets.readingSilenceMs, () => reject(tooMuch(say('takes too long'))));
  const cancel = (): void => reject(signal.reason as Error);
  signal.addEventListener('abort', cancel, { once: true });
  try {
    return await Promise.race([thread.calls.call(name, input, { onSign: () => watchdog.sign() }), gaveUp]);
  } catch (error) {
    // Only its memory ends this thread.
    if (error instanceof Failure && error.code === 'engine-stopped') throw tooMuch(say('takes too much memory'));
    throw error;
  } finally {
    signal.removeEventListener('abort', cancel);
    watchdog.stop();
    thread.terminate();
    await thread.gone;
  }
}
