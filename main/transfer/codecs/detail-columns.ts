import { attributeOfHead } from '#preload/domain/table-columns.ts';
import type { SaidValues } from '../annotation-set.ts';

/** A cell of the column `ambiguous`. */
export const isYes = (word: string): boolean => ['yes', 'true', '1'].includes(word.trim().toLowerCase());

/** Cells under heads that name an attribute; undefined where none is filled. */
export function valuesIn(heads: readonly string[], cell: (index: number) => string): SaidValues | undefined {
  const said = heads.flatMap((head, index) => {
    const name = attributeOfHead(head);
    return name !== null && cell(index) !== '' ? [[name, cell(index)] as const] : [];
  });
  return said.length === 0 ? undefined : Object.fromEntries(said);
}
