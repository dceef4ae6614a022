import { z } from 'zod';
import { Failure } from '#preload/domain/failure.ts';

/** Seconds; some published files write them as text. */
const seconds = z
  .union([z.number(), z.string().trim().min(1).transform(Number)])
  .pipe(z.number({ error: 'a segment has two times in seconds' }));

export const segment = z.tuple([seconds, seconds]);

/** Class names are text; some files number their classes instead. */
export const label = z.union([z.string(), z.number().transform(String)]);

/** Parsed JSON of an evaluation file. Fails with `unreadable-annotations`. */
export function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new Failure(
      'unreadable-annotations',
      `${file} is no JSON: ${(error as Error).message}`,
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
  throw new Failure('unreadable-annotations', `${file} cannot be read at ${place}: ${issue.message}.`, { file, place });
}

export function unknownShape(file: string, expected: string): Failure {
  return new Failure('unreadable-annotations', `${file} is in none of the known shapes: ${expected}.`, { file });
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
