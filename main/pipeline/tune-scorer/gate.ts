import type { HeldOutScore } from './held-out.ts';
import { say, type FixedNumber, type Saying } from '#preload/domain/saying.ts';

/** Whether a tuned version may go live, and the reason in words. */
export interface GateDecision {
  readonly live: boolean;
  readonly reason: Saying;
}

const percent = (share: number): Saying => say('{{percent}} %', { percent: { value: 100 * share, digits: 0 } });
const loss = (value: number): FixedNumber => ({ value, digits: 3 });

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
      reason: say('There are too few corrections to hold some back and compare: correct a second segment.'),
    };
  const rivals = [
    { name: say('zero-shot'), score: zeroShot, own: tuned },
    { name: say('the version in use'), score: current, own: besideCurrent },
  ];
  for (const { name, score, own } of rivals) {
    if (own.accuracy < score.accuracy) {
      return {
        live: false,
        reason: say('On held-out corrections it is right {{own}} of the time, {{name}} {{others}}.', {
          own: percent(own.accuracy),
          name,
          others: percent(score.accuracy),
        }),
      };
    }
    if (own.logLoss > score.logLoss) {
      return {
        live: false,
        reason: say(
          'It is right no less often than {{name}} on held-out corrections, but less sure of what is right (loss {{own}} against {{others}}).',
          { name, own: loss(own.logLoss), others: loss(score.logLoss) },
        ),
      };
    }
  }
  const { count, accuracy } = tuned;
  return {
    live: true,
    reason:
      accuracy > zeroShot.accuracy
        ? say('On {{number}} held-out corrections it is right {{own}} of the time, zero-shot {{others}}.', {
            number: count,
            own: percent(accuracy),
            others: percent(zeroShot.accuracy),
          })
        : say(
            'On {{number}} held-out corrections it is right {{own}} of the time, as is zero-shot, and it is surer of what is right (loss {{loss}} against {{others}}).',
            { number: count, own: percent(accuracy), loss: loss(tuned.logLoss), others: loss(zeroShot.logLoss) },
          ),
  };
}
