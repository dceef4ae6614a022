import { create } from 'zustand';
import type { Contract } from '#preload/contract/contract.ts';

/** How many requests that change something are under way. */
export const useSaving = create<{ readonly underWay: number }>(() => ({ underWay: 0 }));

type Verb = { [Room in keyof Contract]: keyof Contract[Room] }[keyof Contract];

/** What each verb of the contract does, in whatever room; one that is missing does not compile. */
const verbs: Readonly<Record<Verb, 'reads' | 'changes'>> = {
  list: 'reads',
  subjects: 'reads',
  annotators: 'reads',
  examples: 'reads',
  segments: 'reads',
  uses: 'reads',
  longer: 'reads',
  resolve: 'reads',
  info: 'reads',
  queue: 'reads',
  state: 'reads',
  settings: 'reads',
  hasServerToken: 'reads',
  keptViews: 'reads',
  storedSizes: 'reads',
  provider: 'reads',
  bugReport: 'reads',
  noteFailure: 'reads',
  tryPlans: 'reads',
  tryServer: 'reads',
  plan: 'reads',
  changes: 'reads',
  status: 'reads',
  shots: 'reads',
  examination: 'reads',
  runningCurve: 'reads',
  scorerQuestion: 'reads',
  curve: 'reads',
  curves: 'reads',
  alignBySound: 'reads',
  classCurves: 'reads',
  inView: 'reads',
  search: 'reads',
  recognise: 'reads',
  tellFormats: 'reads',
  check: 'reads',
  library: 'reads',
  modelSwitch: 'reads',
  look: 'reads',
  measureMachine: 'reads',
  downloads: 'reads',
  tryOut: 'reads',
  formats: 'reads',
  preview: 'reads',
  lookAtTable: 'reads',
  readTable: 'reads',
  ofVideo: 'reads',
  agreement: 'reads',
  previewImport: 'reads',
  counts: 'reads',
  points: 'reads',
  progress: 'reads',
  add: 'changes',
  addAll: 'changes',
  update: 'changes',
  merge: 'changes',
  move: 'changes',
  startDownload: 'changes',
  pauseDownload: 'changes',
  discardDownload: 'changes',
  remove: 'changes',
  setPoint: 'changes',
  removePoint: 'changes',
  makeFolder: 'changes',
  open: 'changes',
  create: 'changes',
  createMany: 'changes',
  close: 'changes',
  changeSettings: 'changes',
  setServerToken: 'changes',
  keepView: 'changes',
  split: 'changes',
  set: 'changes',
  assign: 'changes',
  draw: 'changes',
  keepOwn: 'changes',
  report: 'reads',
  adjudicate: 'changes',
  splitWork: 'changes',
  undo: 'changes',
  redo: 'changes',
  start: 'changes',
  startScorer: 'changes',
  answerScorer: 'changes',
  setLive: 'changes',
  goBack: 'changes',
  rename: 'changes',
  export: 'changes',
  exportCorrections: 'changes',
  import: 'changes',
  relink: 'changes',
  snapshot: 'changes',
  readAgain: 'changes',
  propose: 'changes',
  collect: 'changes',
  cancel: 'changes',
  retry: 'changes',
  clear: 'changes',
  download: 'changes',
};
const isReading = (verb: string | undefined): boolean => verb !== undefined && verbs[verb as Verb] === 'reads';

/** Counts `work` as saving while it runs, where the last part of its contract path names a change. */
export async function countSaving<Output>(path: readonly string[], work: () => Promise<Output>): Promise<Output> {
  if (isReading(path.at(-1))) return work();
  const count = (by: number): void => useSaving.setState((state) => ({ underWay: state.underWay + by }));
  count(1);
  try {
    return await work();
  } finally {
    count(-1);
  }
}
