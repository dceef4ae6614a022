import { z } from 'zod';
import { label, parseAs, parseJson } from './evaluation-json.ts';

/** The one item that each query should find. */
export type Matches = ReadonlyMap<string, string>;

/** Reads `{<query>: <item>}`. Fails with `unreadable-annotations`, saying where. */
export const readMatches = (text: string, file: string): Matches =>
  new Map(Object.entries(parseAs(z.record(z.string(), label), parseJson(text, file), file)));
