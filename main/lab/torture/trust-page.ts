import type { FuzzFigures } from './fuzz.ts';
import type { KillFigures } from './kill-editors.ts';
import type { StudioKillFigures } from './kill-studios.ts';

export interface TortureFigures {
  readonly seeds: readonly number[];
  readonly seconds: number;
  readonly kills: KillFigures;
  readonly studios: StudioKillFigures;
  readonly fuzz: Readonly<Record<string, FuzzFigures>>;
}

/** Whether nothing was found. */
export const isClean = ({ kills, studios, fuzz }: TortureFigures): boolean =>
  [kills, studios].every(({ lost, broken, leftovers }) => lost + broken + leftovers === 0) &&
  Object.values(fuzz).every((one) => one.unclear + one.crashes + one.hangs + one.overBudget === 0);

/** The figures of two runs as those of one. */
export const addedUp = (a: TortureFigures, b: TortureFigures): TortureFigures => ({
  seeds: [...a.seeds, ...b.seeds],
  seconds: a.seconds + b.seconds,
  kills: sums(a.kills, b.kills),
  studios: sums(a.studios, b.studios),
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
  const { seeds, seconds, kills, studios, fuzz } = figures;
  const rows = Object.entries(fuzz).map(
    ([kind, one]) =>
      `| ${kind} | ${one.inputs} | ${one.taken} | ${one.refused} | ${one.unclear} | ${one.crashes} | ${one.hangs} | ${one.peakMib} |`,
  );
  return `# What was done to it, and what came of it

Written by \`npm run torture -- --minutes n --seed s --out <this page>\` on ${new Date().toISOString().slice(0, 10)}:
seed ${seeds.join(' and ')}, ${Math.round(seconds)} s.

## Killed while editing

A program edits a project by seeded edits (drawn, changed, deleted, undone, done again) and is killed at a random moment;
after some of these kills the end of the write-ahead log, which was not on the disk yet, is cut off or garbled as a loss of
power does. Then the project is opened and compared with plain arrays to which the same edits were done, and every
twentieth time checked as \`cuepoint check\` does.

| kills | with loss of power | acknowledged edits | lost | broken projects | leftovers |
| ----: | -----------------: | -----------------: | ---: | --------------: | --------: |
| ${kills.kills} | ${kills.powerLosses} | ${kills.edits} | ${kills.lost} | ${kills.broken} | ${kills.leftovers} |

## Killed while served

A studio serves a project; a page, in a process of its own, does such edits through the door; the engine is at work on a
second film: features at ever other rates, proposals, learning from corrections. At random moments the engine is killed, or
the thread of it that began last is ended (of inference or of learning; while ONNX Runtime computes on it, that takes the
engine along), and edits and jobs must go on. Then the page is killed in the middle of an edit, or main; the engine must go
with main, and the project is compared with its model. Every sixth time all jobs are let come to their end, and the
project is checked.

| killed | times |
| ------ | ----: |
| main | ${studios.mains} |
| the engine | ${studios.engines} |
| a thread of the engine | ${studios.threads} |
| … which took the engine along | ${studios.enginesWithThread} |
| the page | ${studios.pages} |

| acknowledged edits | jobs done | lost | broken projects | leftovers |
| -----------------: | --------: | ---: | --------------: | --------: |
| ${studios.edits} | ${studios.jobs} | ${studios.lost} | ${studios.broken} | ${studios.leftovers} |

## Given spoilt inputs

Whole files with bytes flipped, cut off, taken out, doubled, overwritten or put in. An input is taken, or refused in words
that name what is wrong; _unclear_ is a message that says less, a _crash_ the end of a process (of the engine for media), a
_hang_ ten seconds without a sign.

| what | inputs | taken | refused | unclear | crashes | hangs | peak MiB |
| ---- | -----: | ----: | ------: | ------: | ------: | ----: | -------: |
${rows.join('\n')}
`;
}

/** What a page told of an earlier run, one level down, to stand below that of a new one; the runs before that are not kept. */
export function earlierRuns(page: string): string {
  const [told] = page.split(/^# Before$/mu);
  const rest = told!.replace(/^# .*\n/u, '').trim();
  return rest === '' ? '' : `\n# Before\n\n${rest.replaceAll(/^#(?=#)/gmu, '##')}\n`;
}
