import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type Database from 'better-sqlite3';
import { z } from 'zod';
import { segmentSource } from '#preload/domain/segment.ts';
import { scorerPresetId } from '#preload/domain/scorer-version.ts';
import type { TrainingRun } from '#preload/domain/training-run.ts';
import { heldOutComparison, learnedVersionFacts } from '#preload/domain/learned-version.ts';

/**
 * Functions that migrations call where SQL alone cannot carry something over. `file` is the project's database, beside
 * which its other files lie.
 */
export function registerCarryOver(connection: Database.Database, file: string): void {
  connection.function('scorer_version_descriptions', () => descriptionsIn(join(dirname(file), 'tuned', 'scorer')));
  connection.function('typed_source', (source) => JSON.stringify(typedSource(JSON.parse(String(source)))));
  connection.function('typed_sources_in', (body) => JSON.stringify(JSON.parse(String(body), typedSources)));
  connection.function('typed_runs', (curve) => JSON.stringify(typedRuns(JSON.parse(String(curve)))));
}

/** As they were kept beside their tensors before there was one store. */
const description = learnedVersionFacts.pick({ name: true, createdAt: true, passed: true, reason: true }).extend({
  heldOut: heldOutComparison,
  id: z.string().regex(/^[\w-]+$/),
  scorerModel: z.string(),
  preset: scorerPresetId,
  shots: z.int().nonnegative(),
  estimatedSeconds: z.number().nonnegative(),
});

/** JSON of every description in a folder; one that cannot be read is passed over, as it was before. */
function descriptionsIn(folder: string): string {
  let names: string[];
  try {
    names = readdirSync(folder).filter((name) => name.endsWith('.json'));
  } catch {
    return '[]';
  }
  return JSON.stringify(
    names.flatMap((name) => {
      try {
        return [description.parse(JSON.parse(readFileSync(join(folder, name), 'utf8')))];
      } catch {
        return [];
      }
    }),
  );
}

/** `Version 3 + X-CLIP small-8, Version 2`, where the parts before `+` and after the comma may be missing. */
const withClips = /^(?:(?<prompts>.+) \+ )?X-CLIP (?<model>.+?)(?:, (?<version>.+))?$/u;

function typedSource(value: unknown): unknown {
  const source = segmentSource.safeParse(value);
  if (!source.success || source.data.kind !== 'model') return value;
  const { prompts, model, version } = withClips.exec(source.data.version)?.groups ?? {};
  if (model === undefined) return value;
  const mode = prompts === undefined ? 'xclip' : 'fused';
  return { ...source.data, version: prompts ?? 'zero-shot', scorer: { mode, model, version: version ?? null } };
}

const typedSources = (key: string, value: unknown): unknown => (key === 'source' ? typedSource(value) : value);

/** `held-out 2 of 5`, `other names 1 of 2`, `run 1 of 3`, `edges`, `edges, held-out 1 of 5`, `the run on all corrections`. */
const runName =
  /^(?<edges>edges)?(?:, )?(?:(?<which>held-out|other names|run) (?<number>\d+) of (?<count>\d+))?(?<all>the run on all corrections)?$/u;

/** A curve whose points named their training by a sentence, with facts in its place; anything else as it is. */
export function typedRuns(curve: unknown): unknown {
  if (!Array.isArray(curve)) return curve;
  return curve.map((point: unknown) => {
    const { run, ...rest } = Object(point) as { readonly run?: unknown };
    return typeof run === 'string' ? { ...rest, run: typedRun(run) } : point;
  });
}

function typedRun(name: string): TrainingRun {
  const { edges, which, number = '1', count = '1', all } = runName.exec(name)?.groups ?? {};
  return {
    learns: edges !== undefined ? 'boundaries' : all !== undefined ? 'scorer' : 'prompts',
    without: which === 'held-out' ? 'videos' : which === 'other names' ? 'classes' : null,
    number: Number(number),
    count: Number(count),
  };
}
