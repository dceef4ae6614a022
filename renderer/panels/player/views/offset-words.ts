import { t } from '../../../language/language.ts';
import { decimal } from '../../../ui/quantities.ts';

/** How a view lies in time: "2.360 s later", "0.120 s earlier", "same time". */
export function offsetWords(offsetUs: number): string {
  if (offsetUs === 0) return t('same time');
  const seconds = decimal(Math.abs(offsetUs) / 1e6, 3);
  return offsetUs > 0 ? t('{{seconds}} s later', { seconds }) : t('{{seconds}} s earlier', { seconds });
}
