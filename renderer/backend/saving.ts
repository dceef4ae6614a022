import { create } from 'zustand';

/** How many requests that change something are under way. */
export const useSaving = create<{ readonly underWay: number }>(() => ({ underWay: 0 }));

const readingVerbs: ReadonlySet<string> = new Set([
  'list',
  'state',
  'scorerVersions',
  'status',
  'versionCurve',
  'runningCurve',
  'scorerQuestion',
  'info',
  'settings',
  'provider',
  'changes',
  'queue',
  'curves',
  'formats',
  'preview',
  'search',
  'recognise',
  'resolve',
  'check',
]);

/** Counts `work` as saving while it runs, where the last part of its contract path names a change. */
export async function countSaving<Output>(path: readonly string[], work: () => Promise<Output>): Promise<Output> {
  if (readingVerbs.has(path.at(-1) ?? '')) return work();
  const count = (by: number): void => useSaving.setState((state) => ({ underWay: state.underWay + by }));
  count(1);
  try {
    return await work();
  } finally {
    count(-1);
  }
}
