import { z } from 'zod';
import { Failure } from '#preload/domain/failure.ts';

/**
 * Parsed JSON, also with a byte order mark, and with the bare `NaN` and `Infinity` that Python writes, as null.
 * Throws a `SyntaxError` for what is none.
 */
export function parseJson(text: string): unknown {
  const unmarked = text.replace(/^\uFEFF/, '');
  try {
    return JSON.parse(unmarked);
  } catch (error) {
    const plain = unmarked.replace(/"(?:[^"\\]|\\.)*"|-?(?:NaN|Infinity)\b/g, (token) =>
      token.startsWith('"') ? token : 'null',
    );
    if (plain === unmarked) throw error;
    return JSON.parse(plain);
  }
}

/** The JSON of a file that should be `format`. Fails with `unreadable-annotations`. */
export function readJson(text: string, file: string, format: string): unknown {
  try {
    return parseJson(text);
  } catch (error) {
    throw unreadableAnnotations(
      file,
      format,
      `it is not JSON (${error instanceof Error ? error.message : String(error)})`,
    );
  }
}

/** Parsed JSON as the parts of a format that are read. Fails with `unreadable-annotations`, naming the first fault. */
export function checkedJson<Schema extends z.ZodType>(
  json: unknown,
  schema: Schema,
  file: string,
  format: string,
): z.infer<Schema> {
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw unreadableAnnotations(
    file,
    format,
    `${issue!.path.length > 0 ? `${issue!.path.join('.')}: ` : ''}${issue!.message}`,
  );
}

/** `format` with its article: "a COCO-style file". */
export const unreadableAnnotations = (file: string, format: string, reason: string): Failure =>
  new Failure('unreadable-annotations', `${file} is not ${format}: ${reason}.`, { file, reason });

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Seconds; some published files write them as text. */
const seconds = z
  .union([z.number(), z.string().trim().min(1).transform(Number)])
  .pipe(z.number({ error: 'a segment has two times in seconds' }));

export const timeSegment = z.tuple([seconds, seconds], { error: 'a time segment [start, end] in seconds is needed' });

/** Class names are text; some files number their classes instead. */
export const className = z.union([z.string(), z.number().transform(String)], { error: 'a class name is needed' });
