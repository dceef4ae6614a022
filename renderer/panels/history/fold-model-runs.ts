import type { HistoryEntry } from '#preload/contract/history.ts';
import { english } from '#preload/domain/saying.ts';
import { t } from '../../language/language.ts';
import { said } from '../../language/said.ts';

/** `Proposals by starter in a.mp4`: what was done, and to which video. */
const doneIn = /^(?<done>.+?) in (?<where>.+)$/u;

/**
 * Entries as rows: what the model did to one video after another is one row, named by the first, or the few edits of people
 * between would be lost among hundreds. Pure.
 */
export function foldModelRuns(entries: readonly HistoryEntry[]): HistoryEntry[] {
  const runs: { readonly first: HistoryEntry; more: number }[] = [];
  for (const entry of entries) {
    const last = runs.at(-1);
    if (last !== undefined && isAlike(last.first, entry)) last.more += 1;
    else runs.push({ first: entry, more: 0 });
  }
  return runs.map(({ first, more }) =>
    more === 0 ? first : { ...first, label: t('{{label}} and {{more}} more', { label: said(first.label), more }) },
  );
}

function isAlike(one: HistoryEntry, other: HistoryEntry): boolean {
  if (one.source !== 'model' || other.source !== 'model' || one.undone !== other.undone) return false;
  const done = doneIn.exec(english(one.label))?.groups!['done'];
  return done !== undefined && done === doneIn.exec(english(other.label))?.groups!['done'];
}
