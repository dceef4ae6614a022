import { counted } from '#preload/domain/counted.ts';
import type { QualityState } from '#preload/contract/quality.ts';
import type { ClipQuestion, Estimate, MeasuredOn, Outcome } from '#preload/domain/quality.ts';
import { percent } from '../../ui/quantities.ts';

/** What it may be measured on, and the question that this answers. */
export const measuredWords: Readonly<Record<MeasuredOn, { readonly name: string; readonly question: string }>> = {
  reviewed: {
    name: 'Reviewed videos',
    question:
      'What would be proposed in these videos had you never looked at them? Each is held back in turn, and everything else that you corrected proposes in it.',
  },
  test: {
    name: 'Test split',
    question:
      'What is proposed in videos of the test split? Nothing is ever learned from them, so nothing is held back.',
  },
  validation: {
    name: 'Validation split',
    question:
      'What is proposed in videos of the validation split? Nothing is ever learned from them, so nothing is held back.',
  },
};

export const outcomeWords: Readonly<Record<Outcome, string>> = {
  found: 'found',
  misnamed: 'wrongly named',
  missed: 'missed',
  false: 'false',
};

/** So many videos give a number that is worth reading. */
const enoughVideos = 3;

/** `46 % (31 to 60 %)`. */
export function estimateWords({ value, low, high }: Estimate): string {
  if (low === null || high === null) return percent(value);
  return `${percent(value)} (${Math.round(low * 100)} to ${percent(high)})`;
}

/** What the interval is, and how far to trust it; null where nothing needs to be said. */
export function trustWords(videos: number, { low, high }: Estimate): string | null {
  if (videos < enoughVideos)
    return `${counted(videos, 'video')} only: other ones may give quite another number. From ${enoughVideos} on it is worth reading.`;
  if (low === null || high === null || high - low < 0.2) return null;
  return `With other videos of the kind it could be anywhere from ${percent(low)} to ${percent(high)}: review more to know it better.`;
}

/** Why a measurement may no longer be true; null while it is. */
export function staleWords({ measured }: Pick<QualityState, 'measured'>): string | null {
  if (measured === null || measured.isCurrent) return null;
  if (measured.editsSince === 0) return 'The project has changed since this was measured.';
  if (measured.editsSince === 1) return 'Measured before the last edit.';
  return `Measured before the last ${counted(measured.editsSince, 'edit')}.`;
}

/** Which clips are shown, as a heading. */
export function questionWords(question: ClipQuestion, nameOf: (classId: number) => string): string {
  switch (question.by) {
    case 'outcome': {
      const { outcome, classId } = question;
      const words = outcomeWords[outcome];
      const what = words.charAt(0).toUpperCase() + words.slice(1);
      return classId === null ? what : `${what}: ${nameOf(classId)}`;
    }
    case 'cell':
      return cellWords(question, nameOf);
    case 'bin':
      return `Scored ${question.bin * 10} to ${percent((question.bin + 1) / 10)}`;
    case 'above': {
      const whose = question.classId === null ? '' : `: ${nameOf(question.classId)}`;
      return `Scored ${percent(question.score)} or more${whose}`;
    }
  }
}

function cellWords(
  { trueClassId, proposedClassId }: { readonly trueClassId: number | null; readonly proposedClassId: number | null },
  nameOf: (classId: number) => string,
): string {
  if (trueClassId === null) return proposedClassId === null ? 'Nothing' : `False: ${nameOf(proposedClassId)}`;
  if (proposedClassId === null) return `Missed: ${nameOf(trueClassId)}`;
  if (trueClassId === proposedClassId) return `Found: ${nameOf(trueClassId)}`;
  return `${nameOf(trueClassId)}, proposed as ${nameOf(proposedClassId)}`;
}
