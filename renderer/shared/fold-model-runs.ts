import type { HistoryEntry } from '#preload/contract/history.ts';
import { english, type Told } from '#preload/domain/saying.ts';
import { t } from '../language/language.ts';
import { said } from '../language/said.ts';

/** What an older program kept, words alone: `Proposals by starter in a.mp4`. */
const doneIn = /^(?<done>.+?) in (?<where>.+)$/u;

/**
 * Entries as rows: what the model did to one video after another is one row, named by the first, or the few edits of people
 * between would be lost among hundreds. A video that was looked at several times counts once. Pure.
 */
export function foldModelRuns(entries: readonly HistoryEntry[]): HistoryEntry[] {
  const runs: { readonly first: HistoryEntry; readonly labels: Set<string> }[] = [];
  for (const entry of entries) {
    const last = runs.at(-1);
    const label = english(entry.label);
    if (last !== undefined && isAlike(last.first, entry)) last.labels.add(label);
    else runs.push({ first: entry, labels: new Set([label]) });
  }
  return runs.map(({ first, labels }) => {
    const more = labels.size - 1;
    return more === 0
      ? first
      : { ...first, label: t('{{label}} and {{more}} more', { label: said(first.label), more }) };
  });
}

function isAlike(one: HistoryEntry, other: HistoryEntry): boolean {
  if (one.source !== 'model' || other.source !== 'model' || one.undone !== other.undone) return false;
  const done = doneBy(one.label);
  return done !== null && done === doneBy(other.label);
}

/** What was done, wherever it was; null where nothing says which video it was in. */
function doneBy(label: Told): string | null {
  if (typeof label === 'string') return doneIn.exec(label)?.groups!['done'] ?? null;
  const { videoName, ...others } = label.values;
  return videoName === undefined ? null : english({ ...label, values: { ...others, videoName: '' } });
}
