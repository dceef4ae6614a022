import { valueText, type Speaker, type Told } from '#preload/domain/saying.ts';
import { number, t } from './language.ts';

const speaker: Speaker = {
  number,
  saying({ sentence, one, values }) {
    const texts = Object.entries(values).map(([name, value]) => [name, valueText(value, speaker)]);
    const { count } = values;
    return t(sentence, { ...Object.fromEntries(texts), ...(typeof count === 'number' && { count }), one });
  },
};

/** What the backend tells, in the window's language; what it has no other words for, as it is. */
export const said = (words: Told): string => valueText(words, speaker);
