import { averageMap, localisation } from './rendered-localisation.ts';
import {
  novelSplit,
  pairsSplit,
  recognition,
  seenSplit,
  singleFrameView,
  temporalView,
} from './rendered-recognition.ts';
import { clipScorerMethod, tunedScorerMethod } from './rendered-clip-scorer.ts';
import { withHead } from './few-shot-methods.ts';
import { novelActions } from './rendered-videos.ts';
import type { ReportRow } from './report-row.ts';

/** Something that the starter model is to reach, and whether it does, by the means over seeds. */
export interface Target {
  readonly target: string;
  /** What was measured, in words. */
  readonly measured: string;
  readonly met: boolean;
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
/** Differences of less than this are none: a printed number cannot show them. */
const tolerance = 5e-4;

/** All targets that the rows say something about. */
export function targetsOf(rows: readonly ReportRow[]): Target[] {
  const meanOf = (about: Partial<ReportRow>): number | null =>
    rows.find((row) => Object.entries(about).every(([key, value]) => row[key as keyof ReportRow] === value))?.mean ??
    null;
  const found: (Target | null)[] = [
    seenTarget(meanOf),
    novelTarget(meanOf),
    localisationTarget(meanOf),
    ...notWorseTargets(rows),
    pairsTarget(meanOf, `zero-shot, ${temporalView}`, 0.85),
    pairsTarget(meanOf, clipScorerMethod, 0.9),
    scorerNotWorse(rows),
  ];
  return found.filter((target) => target !== null);
}

type MeanOf = (about: Partial<ReportRow>) => number | null;

function seenTarget(meanOf: MeanOf): Target | null {
  const about = { task: recognition, split: seenSplit, metric: 'top-1', shots: 0 };
  const views = [`zero-shot, ${temporalView}`, 'zero-shot, mean of frames'];
  const method = views.find((view) => meanOf({ ...about, method: view }) !== null);
  if (method === undefined) return null;
  const top1 = meanOf({ ...about, method })!;
  return {
    target: 'zero-shot top-1 on seen actions at least 80 %',
    measured: `${percent(top1)} (${method})`,
    met: top1 >= 0.8,
  };
}

function novelTarget(meanOf: MeanOf): Target | null {
  const top1 = meanOf({ task: recognition, split: novelSplit, metric: 'top-1', shots: 0, method: 'zero-shot' });
  if (top1 === null) return null;
  const chance = 1 / novelActions.length;
  return {
    target: 'zero-shot top-1 on novel actions, among themselves, at least 3 times chance',
    measured: `${percent(top1)}, ${(top1 / chance).toFixed(1)} times chance`,
    met: top1 >= 3 * chance,
  };
}

function localisationTarget(meanOf: MeanOf): Target | null {
  const about = { task: localisation, split: novelSplit, metric: averageMap };
  const zeroShot = meanOf({ ...about, shots: 0, method: 'zero-shot' });
  const tuned = ['quick', 'full'].flatMap((method) => [method, withHead(method)]);
  const best = tuned
    .map((method) => ({ method, map: meanOf({ ...about, shots: 8, method }) }))
    .filter((one): one is { method: string; map: number } => one.map !== null)
    .toSorted((a, b) => b.map - a.map)[0];
  if (zeroShot === null || best === undefined) return null;
  return {
    target: `average mAP on novel actions with 8 shots at least ${zeroShot > 0.4 ? '60 %' : '1.5 times zero-shot'}`,
    measured: `${percent(best.map)} (${best.method}), zero-shot ${percent(zeroShot)}`,
    met: best.map >= (zeroShot > 0.4 ? 0.6 : 1.5 * zeroShot),
  };
}

function notWorseTargets(rows: readonly ReportRow[]): Target[] {
  const few = rows.filter(({ shots, split }) => (shots === 1 || shots === 2) && split === novelSplit);
  return [recognition, localisation].flatMap((task) => {
    const metric = task === recognition ? 'top-1' : averageMap;
    const ours = few.filter(
      (row) => row.task === task && row.metric === metric && /^(instant adapter|quick|full)/.test(row.method),
    );
    if (ours.length === 0) return [];
    const zeroShot = few.find((row) => row.task === task && row.metric === metric && row.method === 'zero-shot')!;
    const worst = ours.toSorted((a, b) => a.mean - b.mean)[0]!;
    return [
      {
        target: `${task} of novel actions never worse than zero-shot at 1 or 2 shots`,
        measured: `at worst ${percent(worst.mean)} (${worst.method}, ${worst.shots} shots), zero-shot ${percent(zeroShot.mean)}`,
        met: worst.mean >= zeroShot.mean - tolerance,
      },
    ];
  });
}

function pairsTarget(meanOf: MeanOf, method: string, least: number): Target | null {
  const about = { task: recognition, split: pairsSplit, shots: 0 };
  const accuracy = meanOf({ ...about, method });
  if (accuracy === null) return null;
  const frame = meanOf({ ...about, method: `zero-shot, ${singleFrameView}` });
  return {
    target: `${method} tells an action from its reverse at least ${percent(least)} of the time`,
    measured: `${percent(accuracy)}${frame === null ? '' : `, single frames ${percent(frame)}`}`,
    met: accuracy >= least,
  };
}

function scorerNotWorse(rows: readonly ReportRow[]): Target | null {
  const tuned = rows.filter(({ method, shots }) => method === tunedScorerMethod && shots > 0);
  const [zeroShot] = rows.filter(({ method, split }) => method === clipScorerMethod && split === novelSplit);
  if (tuned.length === 0 || zeroShot === undefined) return null;
  const worst = tuned.toSorted((a, b) => a.mean - b.mean)[0]!;
  return {
    target: 'X-CLIP tuned on shots never below its zero-shot',
    measured: `at worst ${percent(worst.mean)} (${worst.shots} shots), zero-shot ${percent(zeroShot.mean)}`,
    met: worst.mean >= zeroShot.mean - tolerance,
  };
}
