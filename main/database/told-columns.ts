import { english, told, type Told } from '#preload/domain/saying.ts';
import { readStored } from './stored-json.ts';

/** As two columns: what it is in English, and the saying as JSON where it is one. */
export const toldColumns = (words: Told): { readonly label: string; readonly said: string | null } => ({
  label: english(words),
  said: typeof words === 'string' ? null : JSON.stringify(words),
});

/** What these columns tell. */
export const toldIn = (label: string, said: string | null): Told =>
  said === null ? label : readStored(told, said, `what "${label}" says`);
