import type { Split } from '#preload/domain/split.ts';
import { t } from '../language/language.ts';

/** What the parts of a data set are called on screen. */
export const splitWords: Readonly<Record<Split, string>> = {
  train: t('Train'),
  validation: t('Validation'),
  test: t('Test'),
};
