import { clipScorerMethod, tunedScorerMethod } from './measure-clip-scorer.ts';
import { newcomersSplit, novelAmongAllSplit, seenAmongAllSplit } from './measure-crowd.ts';
import { filmsSplit, recordingSplit, shiftedSplit } from './measure-footage.ts';
import { averageMap, localisation, recallAt50 } from './measure-localisation.ts';
import { mistakeSplits } from './measure-mistakes.ts';
import { publishedMethod, totalSplit } from './measure-shots.ts';
import { studioMethod } from './measurements.ts';
import { novelSplit, pairsSplit, recognition, seenSplit, temporalView } from './rendered-recognition.ts';
import { stressShots } from './rendered-videos.ts';
import type { ReportRow } from './report-row.ts';
import { zeroShotMethod } from './seed-task.ts';

/** Something that one named method is to reach, fixed before it was measured, and whether it does, by means over seeds. */
export interface Target {
  readonly target: string;
  /** What was measured, in words. */
  readonly measured: string;
  readonly met: boolean;
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
const points = (share: number): string => `${(100 * share).toFixed(1)} points`;
/** Differences of less than this are none: a printed number cannot show them. */
const tolerance = 5e-4;
/** More corrections may measure so much less by chance. */
const noise = 0.01;

const leastMap = { 0: 0.69, 1: 0.77, 2: 0.81, 4: 0.87, 8: 0.89, 16: 0.9 } as const;
const leastMapInAll = { 3: 0.73, 12: 0.78, 48: 0.88 } as const;
const leastTop1 = { 1: 0.73, 2: 0.76, 4: 0.86, 8: 0.89, 16: 0.91 } as const;

type About = Omit<ReportRow, 'mean' | 'std' | 'seeds' | 'studio' | 'method'> & { readonly method?: string };

/** All targets that the rows say something about; all but the last are the studio's. */
export function targetsOf(rows: readonly ReportRow[]): Target[] {
  const rowOf = ({ method = studioMethod, ...about }: About): ReportRow | undefined =>
    rows.find(
      (row) => row.method === method && Object.entries(about).every(([key, value]) => row[key as 'task'] === value),
    );
  const meanOf = (about: About): number | null => rowOf(about)?.mean ?? null;
  const mapOf = (split: string, shots: number, method?: string): About => ({
    task: localisation,
    split,
    shots,
    metric: averageMap,
    ...(method === undefined ? {} : { method }),
  });
  const top1Of = (split: string, shots: number, method?: string): About => ({
    ...mapOf(split, shots, method),
    task: recognition,
    metric: 'top-1',
  });
  const targets: Target[] = [];
  const atLeast = (target: string, about: About, least: number): void => {
    const mean = meanOf(about);
    if (mean === null) return;
    targets.push({
      target: `${target} at least ${percent(least)}`,
      measured: percent(mean),
      met: mean >= least - tolerance,
    });
  };
  const notBelow = (target: string, ours: About, theirs: About, least = 0): void => {
    const [own, other] = [meanOf(ours), meanOf(theirs)];
    if (own === null || other === null) return;
    const difference = own - other;
    const measured = `${points(difference)} (${percent(own)}, ${percent(other)})`;
    targets.push({ target, measured, met: difference >= least - tolerance });
  };
  const shotsOf = (counts: Readonly<Record<number, number>>): [number, number][] =>
    Object.entries(counts).map(([shots, least]) => [Number(shots), least]);

  for (const [shots, least] of shotsOf(leastMap))
    atLeast(`novel mAP, ${shots} shots:`, mapOf(novelSplit, shots), least);
  for (const [count, least] of shotsOf(leastMapInAll))
    atLeast(`novel mAP, ${count} corrections in all:`, mapOf(totalSplit, count), least);
  for (const [split, unit] of [
    [novelSplit, 'shots'],
    [totalSplit, 'corrections in all'],
  ] as const)
    targets.push(...monotone(rows, split, unit));
  atLeast(`mAP of ${seenSplit}, no corrections:`, mapOf(seenSplit, 0), 0.91);
  for (const [shots, least] of shotsOf(leastTop1)) {
    atLeast(`novel top-1, ${shots} shots:`, top1Of(novelSplit, shots), least);
    const paired = rowOf(top1Of(novelSplit, shots, publishedMethod))?.studio;
    if (paired === undefined) continue;
    const { mean, low, high } = paired;
    targets.push({
      target: `novel top-1, ${shots} shots: not below the published preset on the same films`,
      measured: `${points(mean)} [${(100 * low).toFixed(1)}, ${(100 * high).toFixed(1)}]`,
      met: mean >= -tolerance,
    });
  }
  atLeast(`top-1 of ${novelAmongAllSplit}, ${stressShots} shots:`, top1Of(novelAmongAllSplit, stressShots), 0.67);
  atLeast(`top-1 of ${seenAmongAllSplit}, the same:`, top1Of(seenAmongAllSplit, stressShots), 0.89);
  targets.push(...newcomers(meanOf, mapOf, 'mAP', 0.03), ...newcomers(meanOf, top1Of, 'top-1', 0.08));
  for (const names of [8, 48]) {
    for (const shots of [0, stressShots]) {
      const recall = { ...mapOf(recordingSplit(names), shots), metric: recallAt50 };
      atLeast(`AR@50 in ${recordingSplit(names)}, ${shots} shots:`, recall, 0.8);
      notBelow(
        `mAP in ${recordingSplit(names)}, ${shots} shots: within 5 points of the films by themselves`,
        mapOf(recordingSplit(names), shots),
        mapOf(filmsSplit(names), shots),
        -0.05,
      );
    }
  }
  for (const split of [...mistakeSplits, shiftedSplit])
    notBelow(
      `mAP, ${stressShots} shots, ${split}: not below the names alone`,
      mapOf(split, stressShots),
      mapOf(split, stressShots, zeroShotMethod),
    );
  const pairs = { task: recognition, split: pairsSplit, shots: 0, metric: 'two-way accuracy' };
  const byModule = { ...pairs, method: `zero-shot, ${temporalView}` };
  atLeast('the temporal module tells an action from its reverse', byModule, 0.85);
  atLeast('X-CLIP tells an action from its reverse', { ...pairs, method: clipScorerMethod }, 0.9);
  return [...targets, ...scorerNotWorse(rows)];
}

/** No step to more corrections loses more than chance may. */
function monotone(rows: readonly ReportRow[], split: string, unit: string): Target[] {
  const curve = rows
    .filter((row) => row.split === split && row.metric === averageMap && row.method === studioMethod)
    .toSorted((a, b) => a.shots - b.shots);
  const steps = curve.slice(1).map((row, index) => ({ to: row.shots, gain: row.mean - curve[index]!.mean }));
  const worst = steps.toSorted((a, b) => a.gain - b.gain)[0];
  if (worst === undefined) return [];
  return [
    {
      target: `novel mAP does not fall with more ${unit} by more than ${points(noise)}`,
      measured: `at worst ${points(worst.gain)} (to ${worst.to})`,
      met: worst.gain >= -noise,
    },
  ];
}

/** The mean over both halves of the names. */
function newcomers(
  meanOf: (about: About) => number | null,
  aboutOf: (split: string, shots: number, method?: string) => About,
  metric: string,
  least: number,
): Target[] {
  const gains = ['first', 'second'].map((half) => {
    const split = `${newcomersSplit}, ${half} half`;
    const [own, other] = [meanOf(aboutOf(split, stressShots)), meanOf(aboutOf(split, stressShots, zeroShotMethod))];
    return own === null || other === null ? null : own - other;
  });
  if (gains.some((gain) => gain === null)) return [];
  const mean = gains.reduce<number>((sum, gain) => sum + gain!, 0) / gains.length;
  return [
    {
      target: `${metric} of ${newcomersSplit}: at least ${points(least)} over zero-shot`,
      measured: points(mean),
      met: mean >= least - tolerance,
    },
  ];
}

function scorerNotWorse(rows: readonly ReportRow[]): Target[] {
  const tuned = rows.filter(({ method, shots }) => method === tunedScorerMethod && shots > 0);
  const zeroShot = rows.find(
    ({ method, split, task }) => method === clipScorerMethod && split === novelSplit && task === recognition,
  );
  if (tuned.length === 0 || zeroShot === undefined) return [];
  const worst = tuned.toSorted((a, b) => a.mean - b.mean)[0]!;
  return [
    {
      target: 'X-CLIP tuned on shots never below its zero-shot',
      measured: `at worst ${percent(worst.mean)} (${worst.shots} shots), zero-shot ${percent(zeroShot.mean)}`,
      met: worst.mean >= zeroShot.mean - tolerance,
    },
  ];
}
