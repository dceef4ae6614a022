import type { Comparison } from '#preload/domain/judgement.ts';
import { counted } from '../../language/counted.ts';
import { t } from '../../language/language.ts';
import { decimal } from '../../ui/quantities.ts';

/** `81.8`: mAP as points. */
export const points = (share: number): string => decimal(100 * share, 1);

/** `+2.2 ± 1.0`, in points of mAP. */
export function differenceWords({ difference }: Comparison): string {
  const { mean, low, high } = difference;
  return `${mean < 0 ? '−' : '+'}${points(Math.abs(mean))} ± ${points((high - low) / 2)}`;
}

/** `finds 9 more of 40, 6 fewer false alarms`: what a person would see of it. Pure. */
export function seenWords({ shown: { before, after } }: Comparison): string {
  const found = after.found - before.found;
  const alarms = after.falseAlarms - before.falseAlarms;
  const finds =
    found === 0
      ? t('finds {{found}} of {{of}}, as before', { found: after.found, of: after.of })
      : found > 0
        ? t('finds {{found}} more of {{of}}', { found, of: after.of })
        : t('finds {{found}} fewer of {{of}}', { found: -found, of: after.of });
  const raises =
    alarms === 0
      ? after.falseAlarms === 0
        ? t('no false alarm')
        : t('as many false alarms ({{alarms}})', { alarms: after.falseAlarms })
      : alarms > 0
        ? counted(alarms, 'more false alarm')
        : counted(-alarms, 'fewer false alarm');
  return `${finds}, ${raises}`;
}

/** `finds 4 of 4 (3 before), 1 false alarm (2 before)`: a class, short enough for a row. Pure. */
export function classWords({ shown: { before, after } }: Comparison): string {
  const then = (now: number, once: number): string => (now === once ? '' : ` ${t('({{once}} before)', { once })}`);
  const alarms = after.falseAlarms === 0 ? t('no false alarm') : counted(after.falseAlarms, 'false alarm');
  return t('finds {{found}} of {{of}}{{foundBefore}}, {{alarms}}{{alarmsBefore}}', {
    found: after.found,
    of: after.of,
    foundBefore: then(after.found, before.found),
    alarms,
    alarmsBefore: then(after.falseAlarms, before.falseAlarms),
  });
}

/** From here on a class is said to have become worse: two points of average precision. */
const noticeable = 0.02;

export const isWorse = ({ before, after }: Comparison): boolean => after < before - noticeable;

/** Whether a person would see any difference in a class. Pure. */
export const isAsBefore = (comparison: Comparison): boolean => {
  const { before, after } = comparison.shown;
  return !isWorse(comparison) && before.found === after.found && before.falseAlarms === after.falseAlarms;
};

/** What a part brought, with how sure that is. Pure. */
export function broughtWords(comparison: Comparison): string {
  const difference = t('{{difference}} points of mAP', { difference: differenceWords(comparison) });
  switch (comparison.verdict) {
    case 'better':
      return `${seenWords(comparison)} (${difference}).`;
    case 'worse':
      return t('{{seen}}: worse ({{difference}}).', { seen: seenWords(comparison), difference });
    case 'equal':
      return t('{{seen}}: no difference that could be told from chance ({{difference}}).', {
        seen: seenWords(comparison),
        difference,
      });
    default:
      return t('too few corrected videos to tell.');
  }
}

/** What comes next, so that more is brought. Pure. */
export function adviceWords(comparison: Comparison): string {
  if (comparison.verdict === 'better') return '';
  if (comparison.verdict === 'worse')
    return t('Look at the classes below that became worse: a correction may be wrong, or its edges.');
  if (comparison.videos < 6)
    return t('With {{correctedVideos}} chance decides most: corrections in other videos tell more.', {
      correctedVideos: counted(comparison.videos, 'corrected video'),
    });
  const { found, of, falseAlarms } = comparison.shown.after;
  if (found < of) return t('More corrections of the classes below that are still missed tell more.');
  return falseAlarms > 0
    ? t('Nothing that you marked is missed. False alarms are left: rejecting such proposals tells more.')
    : t('Nothing that you marked is missed, and there is no false alarm: on these videos there is no more to gain.');
}
