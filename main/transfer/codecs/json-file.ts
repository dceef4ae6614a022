import { z } from 'zod';
import { Failure } from '#preload/domain/failure.ts';
import { say, english, type SaidValue } from '#preload/domain/saying.ts';
import { saidIssue } from '#preload/domain/said-issue.ts';

/**
 * Parsed JSON, also with a byte order mark, and with the bare `NaN` and `Infinity` that Python writes, as null.
 * Throws a `SyntaxError` for what is none.
 */
export function parseJson(text: string): unknown {
  const unmarked = text.replace(/^\uFEFF/, '');
  try {
    return JSON.parse(unmarked);
  } catch (error) {
    const plain = withoutBareNumbers(unmarked);
    if (plain === unmarked) throw error;
    return JSON.parse(plain);
  }
}

/**
 * JSON with `null` for every bare `NaN` and `Infinity`; what stands in strings stays. Takes one pass, whatever the text: a
 * pattern for strings would begin anew at every quote of one that never ends.
 */
function withoutBareNumbers(text: string): string {
  let plain = '';
  let taken = 0;
  for (let at = 0; at < text.length;) {
    const quote = text.indexOf('"', at);
    const end = quote === -1 ? text.length : quote;
    const between = text.slice(at, end);
    if (/NaN|Infinity/.test(between)) {
      plain += text.slice(taken, at) + between.replaceAll(/-?(?:NaN|Infinity)\b/g, 'null');
      taken = end;
    }
    at = quote === -1 ? end : endOfString(text, quote);
  }
  return plain + text.slice(taken);
}

/** Where the string that begins with the quote at `start` ends: behind its last quote, or with the text. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; ;) {
    const quote = text.indexOf('"', at);
    if (quote === -1) return text.length;
    let escapes = quote;
    while (text[escapes - 1] === '\\') escapes -= 1;
    if ((quote - escapes) % 2 === 0) return quote + 1;
    at = quote + 1;
  }
}

/** The JSON of a file that should be `format`. Fails with `unreadable-annotations`. */
export function readJson(text: string, file: string, format: SaidValue): unknown {
  try {
    return parseJson(text);
  } catch (error) {
    throw unreadableAnnotations(
      file,
      format,
      say('it is not JSON ({{words}})', { words: error instanceof Error ? error.message : String(error) }),
    );
  }
}

/** Parsed JSON as the parts of a format that are read. Fails with `unreadable-annotations`, naming the first fault. */
export function checkedJson<Schema extends z.ZodType>(
  json: unknown,
  schema: Schema,
  file: string,
  format: SaidValue,
): z.infer<Schema> {
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw unreadableAnnotations(file, format, saidIssue(parsed.error.issues[0]!));
}

/** `format` with its article: "a COCO-style file". */
export const unreadableAnnotations = (file: string, format: SaidValue, reason: SaidValue): Failure =>
  new Failure('unreadable-annotations', say('{{file}} is not {{format}}: {{reason}}.', { file, format, reason }), {
    file,
    reason: english(reason),
  });

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Seconds; some published files write them as text. */
const seconds = z
  .union([z.number(), z.string().trim().min(1).transform(Number)])
  .pipe(z.number({ error: english(say('a segment has two times in seconds')) }));

export const timeSegment = z.tuple([seconds, seconds], {
  error: english(say('a time segment [start, end] in seconds is needed')),
});

/** Class names are text; some files number their classes instead. */
export const className = z.union([z.string(), z.number().transform(String)], {
  error: english(say('a class name is needed')),
});
