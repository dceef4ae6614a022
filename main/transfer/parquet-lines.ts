import { parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { unreadableAnnotations } from './codecs/json-file.ts';
import { say } from '#preload/domain/saying.ts';

/**
 * A table of Parquet as lines of JSON, a row each, of those columns alone. Fails with `unreadable-annotations` for what is
 * no such table.
 */
export async function parquetLines(bytes: Uint8Array, file: string, wanted: RegExp): Promise<string> {
  const buffer = Uint8Array.from(bytes).buffer;
  try {
    const metadata = await parquetMetadataAsync(buffer);
    const names = metadata.schema.slice(1).map(({ name }) => name);
    const columns = names.filter((name) => wanted.test(name));
    if (columns.length === 0) return '';
    const rows = await parquetReadObjects({ file: buffer, metadata, columns, compressors });
    return rows.map((row) => `${JSON.stringify(row, plainNumber)}\n`).join('');
  } catch (error) {
    throw unreadableAnnotations(
      file,
      say('a table of Parquet'),
      error instanceof Error ? error.message : String(error),
    );
  }
}

const plainNumber = (_key: string, value: unknown): unknown => (typeof value === 'bigint' ? Number(value) : value);
