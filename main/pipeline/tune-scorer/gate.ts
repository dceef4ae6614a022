import type { HeldOutScore } from './held-out.ts';

/** Whether a tuned version may go live, and the reason in words. */
export interface GateDecision {
  readonly live: boolean;
  readonly reason: string;
}

const percent = (share: number): string => `${(100 * share).toFixed(0)} %`;

/**
 * A version goes live only if, on corrections it was not trained on, it is right at least as often as what it would
 * replace and no less sure of what is right. `current` is what is live now: zero-shot, or an earlier version.
 * `besideCurrent` is the new version's score on what `current` was scored on, where that is not everything.
 */
export function decideGate(
  tuned: HeldOutScore,
  zeroShot: HeldOutScore,
  current: HeldOutScore,
  besideCurrent: HeldOutScore = tuned,
): GateDecision {
  if (tuned.count === 0)
    return {
      live: false,
      reason: 'There are too few corrections to hold some back and compare: correct a second segment.',
    };
  const rivals = [
    { name: 'zero-shot', score: zeroShot, own: tuned },
    { name: 'the version in use', score: current, own: besideCurrent },
  ];
  for (const { name, score, own } of rivals) {
    if (own.accuracy < score.accuracy) {
      return {
        live: false,
        reason: `On held-out corrections it is right ${percent(own.accuracy)} of the time, ${name} ${percent(score.accuracy)}.`,
      };
    }
    if (own.logLoss > score.logLoss) {
      return {
        live: false,
        reason: `It is right no less often than ${name} on held-out corrections, but less sure of what is right (loss ${own.logLoss.toFixed(3)} against ${score.logLoss.toFixed(3)}).`,
      };
    }
  }
  const share = `On ${tuned.count} held-out corrections it is right ${percent(tuned.accuracy)} of the time`;
  const losses = `loss ${tuned.logLoss.toFixed(3)} against ${zeroShot.logLoss.toFixed(3)}`;
  return {
    live: true,
    reason:
      tuned.accuracy > zeroShot.accuracy
        ? `${share}, zero-shot ${percent(zeroShot.accuracy)}.`
        : `${share}, as is zero-shot, and it is surer of what is right (${losses}).`,
  };
}
