import { selectPositions } from '#native-models/dual-encoder/text-feeds.ts';
import { floats, integers, type TensorValue } from '#native-models/runtime/tensor-value.ts';

/**
 * Captions as a text tower reads them: `ids` `[K, L]`, filled up with their last token, and `end_of_text` `[K, L]`, which
 * marks where each ends.
 */
export function captionFeeds(rows: readonly (readonly number[])[]): Record<'ids' | 'end_of_text', TensorValue> {
  const longest = Math.max(...rows.map((row) => row.length));
  const padded = rows.flatMap((row) => [...row, ...Array<number>(longest - row.length).fill(row.at(-1)!)]);
  const ends = rows.map((row) => row.length - 1);
  const shape = [rows.length, longest];
  return { ids: integers(padded, shape), end_of_text: floats(selectPositions(ends, longest), shape) };
}
