import type { z } from 'zod';
import { Failure } from '#preload/domain/failure.ts';

/** A file's text as the parts of a format that are read. Fails with `unreadable-annotations`, naming the first fault. */
export function readJson<Schema extends z.ZodType>(text: string, schema: Schema, format: string): z.infer<Schema> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw unreadableAnnotations(format, `it is not JSON (${error instanceof Error ? error.message : String(error)})`);
  }
  return checkedJson(json, schema, format);
}

/** The same from JSON that was parsed already. */
export function checkedJson<Schema extends z.ZodType>(json: unknown, schema: Schema, format: string): z.infer<Schema> {
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw unreadableAnnotations(format, `${issue!.path.length > 0 ? `${issue!.path.join('.')}: ` : ''}${issue!.message}`);
}

/** `format` with its article: "a COCO-style file". */
export const unreadableAnnotations = (format: string, reason: string): Failure =>
  new Failure('unreadable-annotations', `This is not ${format}: ${reason}.`, { reason });
