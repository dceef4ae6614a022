import { z } from 'zod';

/** A number with as many digits after its point. */
export interface FixedNumber {
  readonly value: number;
  readonly digits: number;
}

/** What stands in a place of a sentence; several stand there in a row. */
export type SaidValue = string | number | FixedNumber | Saying | readonly SaidValue[];

/**
 * A sentence of the backend with its values apart, so that each window says it in its own language. The English one is its
 * key, written out where it is said, `{{places}}` and all, as the window's own are.
 */
export interface Saying {
  readonly sentence: string;
  /** The sentence where `count` is one. */
  readonly one?: string | undefined;
  readonly values: Readonly<Record<string, SaidValue>>;
}

const fixedNumber = z.object({ value: z.number(), digits: z.int().min(0).max(20) });
const saidValue: z.ZodType<SaidValue> = z.lazy(() =>
  z.union([z.string(), z.number(), fixedNumber, saying, z.array(saidValue).readonly()]),
);
export const saying: z.ZodType<Saying> = z.object({
  sentence: z.string().min(1),
  one: z.string().optional(),
  values: z.record(z.string(), saidValue),
});

/** A saying, or plain English: what has no other words, or was kept by an older program. */
export const told = z.union([z.string(), saying]);
export type Told = string | Saying;

/** `say('{{count}} videos', { count, one: '{{count}} video' })`. */
export const say = (
  sentence: string,
  { one, ...values }: Saying['values'] & { readonly one?: string } = {},
): Saying => ({ sentence, ...(one !== undefined && { one }), values });

/** Words that no catalogue has: those of commands, of older programs, what a window says in its language already, or a saying. */
export const verbatim = (words: SaidValue): Saying => ({ sentence: '{{words}}', values: { words } });

/** How a language says things: what stands in a place, told apart by what it is. */
export interface Speaker {
  number(value: number, digits?: number): string;
  saying(words: Saying): string;
}

/** The text of a value. */
export function valueText(value: SaidValue, speaker: Speaker): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return speaker.number(value);
  if ('sentence' in value) return speaker.saying(value);
  return 'digits' in value
    ? speaker.number(value.value, value.digits)
    : value.map((each) => valueText(each, speaker)).join(', ');
}

const inEnglish: Speaker = {
  number: (value, digits) => (digits === undefined ? value.toLocaleString('en') : value.toFixed(digits)),
  saying({ sentence, one, values }) {
    const form = values['count'] === 1 && one !== undefined ? one : sentence;
    return form.replace(/\{\{(\w+)\}\}/g, (place, name: string) => {
      const value = values[name];
      return value === undefined ? place : valueText(value, inEnglish);
    });
  },
};

/** What is told in English: for the command line, logs and files. */
export const english = (words: SaidValue): string => valueText(words, inEnglish);
