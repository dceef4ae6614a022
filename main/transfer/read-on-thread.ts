import { basename } from 'node:path';
import { budgets } from '#preload/domain/budgets.ts';
import { Failure } from '#preload/domain/failure.ts';
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
  const file = basename(path);
  const tooMuch = (why: string): Failure =>
    new Failure('bad-input', `${file} ${why} to read as ${format.name}; check that it is such a file, or split it.`, {
      file,
    });
  const thread = startThread<ReadingCalls>(entry, () => `${file} takes too much memory.`, {
    maxOldGenerationSizeMb: budgets.readingMib,
    maxYoungGenerationSizeMb: youngMib,
  });
  const { promise: gaveUp, reject } = Promise.withResolvers<never>();
  const watchdog = new Watchdog(budgets.readingSilenceMs, () => reject(tooMuch('takes too long')));
  const cancel = (): void => reject(signal.reason as Error);
  signal.addEventListener('abort', cancel, { once: true });
  try {
    const reading = thread.calls.call('read', { format: format.id, path, columns }, { onSign: () => watchdog.sign() });
    const { segments, faults, ...said } = await Promise.race([reading, gaveUp]);
    return { ...said, segments: new PackedRows(segments), faults: new PackedRows(faults) };
  } catch (error) {
    // Only its memory ends this thread.
    if (error instanceof Failure && error.code === 'engine-stopped') throw tooMuch('takes too much memory');
    throw error;
  } finally {
    signal.removeEventListener('abort', cancel);
    watchdog.stop();
    thread.terminate();
    await thread.gone;
  }
}
