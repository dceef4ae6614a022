import type { QualityState } from '#preload/contract/quality.ts';
import type { ClipQuestion, Estimate, MeasuredOn, Outcome } from '#preload/domain/quality.ts';
import { t } from '../../language/language.ts';
import { counted } from '../../language/counted.ts';
import { percent } from '../../ui/quantities.ts';

/** What it may be measured on, and the question that this answers. */
export const measuredWords: Readonly<Record<MeasuredOn, { readonly name: string; readonly question: string }>> = {
  reviewed: {
    name: t('Reviewed videos'),
    question: t(
      'What would be proposed in these videos had you never looked at them? Each is held back in turn, and everything else that you corrected proposes in it.',
    ),
  },
  test: {
    name: t('Test split'),
    question: t(
      'What is proposed in videos of the test split? Nothing is ever learned from them, so nothing is held back.',
    ),
  },
  validation: {
    name: t('Validation split'),
    question: t(
      'What is proposed in videos of the validation split? Nothing is ever learned from them, so nothing is held back.',
    ),
  },
};

export const outcomeWords: Readonly<Record<Outcome, string>> = {
  found: t('found'),
  misnamed: t('wrongly named'),
  missed: t('missed'),
  false: t('false'),
};

/** So many videos give a number that is worth reading. */
const enoughVideos = 3;

/** `46 % (31 to 60 %)`. */
export function estimateWords({ value, low, high }: Estimate): string {
  if (low === null || high === null) return percent(value);
  return t('{{value}} ({{low}} to {{high}})', {
    value: percent(value),
    low: Math.round(low * 100),
    high: percent(high),
  });
}

/** What the interval is, and how far to trust it; null where nothing needs to be said. */
export function trustWords(videos: number, { low, high }: Estimate): string | null {
  if (videos < enoughVideos)
    return t(
      '{{videos}} only: other ones may give quite another number. From {{enoughVideos}} on it is worth reading.',
      { videos: counted(videos, 'video'), enoughVideos },
    );
  if (low === null || high === null || high - low < 0.2) return null;
  return t(
    'With other videos of the kind it could be anywhere from {{low}} to {{high}}: review more to know it better.',
    { low: percent(low), high: percent(high) },
  );
}

/** Why a measurement may no longer be true; null while it is. */
export function staleWords({ measured }: Pick<QualityState, 'measured'>): string | null {
  if (measured === null || measured.isCurrent) return null;
  if (measured.editsSince === 0) return t('The project has changed since this was measured.');
  if (measured.editsSince === 1) return t('Measured before the last edit.');
  return t('Measured before the last {{edits}}.', { edits: counted(measured.editsSince, 'edit') });
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
      return t('Scored {{bin}} to {{bin2}}', { bin: question.bin * 10, bin2: percent((question.bin + 1) / 10) });
    case 'above': {
      const score = percent(question.score);
      return question.classId === null
        ? t('Scored {{score}} or more', { score })
        : t('Scored {{score}} or more: {{name}}', { score, name: nameOf(question.classId) });
    }
  }
}

function cellWords(
  { trueClassId, proposedClassId }: { readonly trueClassId: number | null; readonly proposedClassId: number | null },
  nameOf: (classId: number) => string,
): string {
  if (trueClassId === null)
    return proposedClassId === null ? t('Nothing') : t('False: {{name}}', { name: nameOf(proposedClassId) });
  if (proposedClassId === null) return t('Missed: {{name}}', { name: nameOf(trueClassId) });
  if (trueClassId === proposedClassId) return t('Found: {{name}}', { name: nameOf(trueClassId) });
  return t('{{name}}, proposed as {{name2}}', { name: nameOf(trueClassId), name2: nameOf(proposedClassId) });
}
