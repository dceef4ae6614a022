import { z } from 'zod';
import { Failure } from '#preload/domain/failure.ts';
import { verbatim } from '#preload/domain/saying.ts';
import { parseJson as parse } from '../transfer/codecs/json-file.ts';

/** Class names are text; some files number their classes instead. */
export const label = z.union([z.string(), z.number().transform(String)]);

/** Parsed JSON of an evaluation file. Fails with `unreadable-annotations`. */
export function parseJson(text: string, file: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    throw new Failure(
      'unreadable-annotations',
      verbatim(`${file} is no JSON: ${(error as Error).message}`),
      { file },
      { cause: error },
    );
  }
}

/** `value` in the shape of `schema`. Fails with `unreadable-annotations`, naming the first place that does not fit. */
export function parseAs<T>(schema: z.ZodType<T>, value: unknown, file: string): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  const place = issue.path.length > 0 ? issue.path.join('.') : 'the top level';
  throw unreadable(file, `${place}: ${issue.message}`, { place });
}

/** `reason` begins with the place that it is about. */
export const unreadable = (file: string, reason: string, details: Readonly<Record<string, unknown>> = {}): Failure =>
  new Failure('unreadable-annotations', verbatim(`${file} cannot be read at ${reason}.`), { file, ...details });

export function unknownShape(file: string, expected: string): Failure {
  return new Failure('unreadable-annotations', verbatim(`${file} is in none of the known shapes: ${expected}.`), {
    file,
  });
}

export { isRecord } from '../transfer/codecs/json-file.ts';
