/** Bytes `[start, end)` of a file. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

export type RangeReading =
  /** No range was asked for, or none that must be honoured (RFC 9110 s.14.2): answer 200 with everything. */
  | { readonly kind: 'whole' }
  | { readonly kind: 'part'; readonly range: ByteRange }
  /** Answer 416 and say how long the file is. */
  | { readonly kind: 'unsatisfiable' };

const whole: RangeReading = { kind: 'whole' };
const singleRange = /^bytes=\s*(\d*)-(\d*)\s*$/i;

/**
 * Reads a `Range` header against a file of `size` bytes (RFC 9110 s.14.1.2). Another unit, a malformed header and a
 * list of several ranges may all be ignored by a server, and are.
 */
export function readRange(header: string | null, size: number): RangeReading {
  const match = header === null ? null : singleRange.exec(header);
  if (!match) return whole;
  const [, first = '', last = ''] = match;
  if (first === '' && last === '') return whole;

  if (first === '') {
    const suffix = Math.min(Number(last), size);
    return suffix === 0 ? { kind: 'unsatisfiable' } : { kind: 'part', range: { start: size - suffix, end: size } };
  }
  const start = Number(first);
  const end = last === '' ? size : Math.min(Number(last) + 1, size);
  if (last !== '' && Number(last) < start) return whole;
  return start >= size ? { kind: 'unsatisfiable' } : { kind: 'part', range: { start, end } };
}

/** The `Content-Range` of an answer with `range` of a file of `size` bytes; of a 416 for null. */
export function contentRange(range: ByteRange | null, size: number): string {
  return range ? `bytes ${range.start}-${range.end - 1}/${size}` : `bytes */${size}`;
}
