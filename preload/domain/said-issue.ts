import { english, say, type Saying } from './saying.ts';

/** What zod says of a value, of which a part may have been lost on the way. */
export interface SchemaIssue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
  readonly params?: Readonly<Record<string, unknown>> | undefined;
}

/** What zod says by itself; its English is kept, so that its words are told apart from a schema's own. */
const zodWords = [
  say('Invalid input: expected {{expected}}, received {{received}}'),
  say('Invalid input: expected {{expected}}'),
  say('Invalid input'),
  say('Invalid option: expected one of {{options}}'),
  say('Invalid discriminator value. Expected {{options}}'),
  say('Too big: expected {{what}} to have {{limit}} {{unit}}'),
  say('Too big: expected {{what}} to be {{limit}}'),
  say('Too small: expected {{what}} to have {{limit}} {{unit}}'),
  say('Too small: expected {{what}} to be {{limit}}'),
  say('Invalid string: must start with {{prefix}}'),
  say('Invalid string: must match pattern {{pattern}}'),
  say('Invalid number: must be a multiple of {{divisor}}'),
  say('Unrecognized key: {{keys}}'),
  say('Unrecognized keys: {{keys}}'),
  say('Invalid key in {{where}}'),
  say('Invalid value in {{where}}'),
  say('Invalid {{format}}'),
].map(({ sentence }) => ({
  sentence,
  pattern: new RegExp(`^${sentence.replaceAll(/[.?]/gu, '\\$&').replaceAll(/\{\{(\w+)\}\}/gu, '(?<$1>.+)')}$`, 'su'),
}));

/** What is wrong with a value, without where it stands. */
export function saidFault({ message, params }: SchemaIssue): Saying {
  const own = params?.['said'] as Saying | undefined;
  if (own !== undefined) return own;
  for (const { sentence, pattern } of zodWords) {
    const found = pattern.exec(message);
    if (found !== null) return { sentence, values: { ...found.groups } };
  }
  // A schema's own rule, which is written as `english(say('…'))`.
  return { sentence: message, values: {} };
}

/** Where a value stands, as its keys: `segments.2.endUs`; empty for the whole. */
export const placeOfIssue = ({ path = [] }: SchemaIssue): string =>
  path.map((part) => String(typeof part === 'object' ? part.key : part)).join('.');

/** Where a value stands and what is wrong with it. */
export function saidIssue(issue: SchemaIssue): Saying {
  const place = placeOfIssue(issue);
  const fault = saidFault(issue);
  return place === '' ? fault : say('{{place}}: {{fault}}', { place, fault });
}

/** A rule of a schema whose sentence has values; for `refine` and issues that are added. */
export const rule = (said: Saying): { readonly error: string; readonly params: { readonly said: Saying } } => ({
  error: english(said),
  params: { said },
});
