// Frame tables travel as little-endian doubles, whatever the machine.
import { expect, test } from 'vitest';
import { FrameTable } from '#preload/domain/frame-table.ts';
import { readLittleEndianDoubles } from './frame-tables.ts';

test('a table comes out as it went in', () => {
  const table = new FrameTable(Float64Array.of(0, 33_367, 66_733), 100_100);
  const bytes = new DataView(new ArrayBuffer(32));
  table.toArray().forEach((us, index) => bytes.setFloat64(index * 8, us, true));
  expect(FrameTable.fromArray(readLittleEndianDoubles(bytes.buffer)).toArray()).toEqual(table.toArray());
});
