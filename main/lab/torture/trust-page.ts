import type { FuzzFigures } from './fuzz.ts';
import type { KillFigures } from './kill-editors.ts';

export interface TortureFigures {
  readonly seeds: readonly number[];
  readonly seconds: number;
  readonly kills: KillFigures;
  readonly fuzz: Readonly<Record<string, FuzzFigures>>;
}

/** Whether nothing was found. */
export const isClean = ({ kills, fuzz }: TortureFigures): boolean =>
  kills.lost + kills.broken + kills.leftovers === 0 &&
  Object.values(fuzz).every((one) => one.unclear + one.crashes + one.hangs + one.overBudget === 0);

/** The figures of two runs as those of one. */
export const addedUp = (a: TortureFigures, b: TortureFigures): TortureFigures => ({
  seeds: [...a.seeds, ...b.seeds],
  seconds: a.seconds + b.seconds,
  kills: sums(a.kills, b.kills),
  fuzz: Object.fromEntries(
    Object.entries(b.fuzz).map(([kind, one]) => {
      const before = a.fuzz[kind];
      if (before === undefined) return [kind, one];
      return [kind, { ...sums(before, one), peakMib: Math.max(before.peakMib, one.peakMib) }];
    }),
  ),
});

const sums = <Figures extends Record<keyof Figures, number>>(a: Figures, b: Figures): Figures =>
  Object.fromEntries(
    Object.entries<number>(a).map(([name, value]) => [name, value + b[name as keyof Figures]]),
  ) as Figures;

/** The figures as a page. */
export function trustPage(figures: TortureFigures): string {
  const { seeds, seconds, kills, fuzz } = figures;
  const rows = Object.entries(fuzz).map(
    ([kind, one]) =>
      `| ${kind} | ${one.inputs} | ${one.taken} | ${one.refused} | ${one.unclear} | ${one.crashes} | ${one.hangs} | ${one.peakMib} |`,
  );
  return `# What was done to it, and what came of it

Written by \`npm run torture -- --minutes n --seed s --out <this page>\`: seed ${seeds.join(' and ')}, ${Math.round(seconds)} s.

## Killed while editing

A program edits a project by seeded edits (drawn, changed, deleted, undone, done again) and is killed at a random moment;
after some of these kills the end of the write-ahead log, which was not on the disk yet, is cut off or garbled as a loss of
power does. Then the project is opened and compared with plain arrays to which the same edits were done, and every
twentieth time checked as \`cuepoint check\` does.

| kills | with loss of power | acknowledged edits | lost | broken projects | leftovers |
| ----: | -----------------: | -----------------: | ---: | --------------: | --------: |
| ${kills.kills} | ${kills.powerLosses} | ${kills.edits} | ${kills.lost} | ${kills.broken} | ${kills.leftovers} |

## Given spoilt inputs

Whole files with bytes flipped, cut off, taken out, doubled, overwritten or put in. An input is taken, or refused in words
that name what is wrong; _unclear_ is a message that says less, a _crash_ the end of a process (of the engine for media), a
_hang_ ten seconds without a sign.

| what | inputs | taken | refused | unclear | crashes | hangs | peak MiB |
| ---- | -----: | ----: | ------: | ------: | ------: | ----: | -------: |
${rows.join('\n')}
`;
}
