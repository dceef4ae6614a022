import { z } from 'zod';
import { Failure } from '#preload/domain/failure.ts';
import { verbatim } from '#preload/domain/saying.ts';
import { isRecord, label, parseAs, parseJson } from './evaluation-json.ts';

/** One answer to a query: a class of a clip, or an item that was searched for. */
export interface Ranked {
  readonly name: string;
  /** Higher is better; of any scale. */
  readonly score: number;
}

/** Answers by the clip or query that the file names, in the file's order. */
export type Rankings = ReadonlyMap<string, readonly Ranked[]>;

const ranked = z.union(
  [
    z.tuple([label, z.number()]).transform(([name, score]): Ranked => ({ name, score })),
    z.object({ label, score: z.number() }).transform(({ label: name, score }): Ranked => ({ name, score })),
  ],
  { error: 'an answer is [name, score] or {label, score}' },
);

/**
 * Reads `{<clip or query>: [[<name>, <score>], …]}`, also with `{label, score}` for the pairs and all of it under
 * `results`, as ActivityNet writes classifications. Fails with `unreadable-annotations`, also where one name is scored
 * twice for the same query.
 */
export function readRankings(text: string, file: string): Rankings {
  const json = parseJson(text, file);
  const results = isRecord(json) && isRecord(json['results']) ? json['results'] : json;
  const rankings = new Map(Object.entries(parseAs(z.record(z.string(), z.array(ranked)), results, file)));
  for (const [query, answers] of rankings) {
    const names = new Set<string>();
    for (const { name } of answers) {
      if (names.has(name)) {
        throw new Failure('unreadable-annotations', verbatim(`${file} scores “${name}” twice for “${query}”.`), {
          file,
        });
      }
      names.add(name);
    }
  }
  return rankings;
}

/**
 * Rank, from 1, of the best of the `right` names; infinite where none was answered. What ties with it ranks before it,
 * so that equal scores earn nothing.
 */
export function rankOfRight(answers: readonly Ranked[], right: ReadonlySet<string>): number {
  const best = Math.max(...answers.filter(({ name }) => right.has(name)).map(({ score }) => score));
  if (best === -Infinity) return Infinity;
  return 1 + answers.filter(({ name, score }) => !right.has(name) && score >= best).length;
}
