import { createHash } from 'node:crypto';
import type { ClassSet } from '#main/pipeline/propose/class-set.ts';
import { pinModel } from '../inference/model-fingerprint.ts';
import type { Kept, WithInference, WithModels, WithTexts } from '../memory/ports.ts';
import type { ModelChoice, PromptedClass } from '../vocabulary.ts';
import { namesThrough } from './class-set-of.ts';
import type { LiveVersion } from './live-version.ts';

export interface WithTunedRows extends WithInference, WithModels, WithTexts {
  /** Class features under tuned prompts. */
  readonly tunedRows: Kept<Float32Array>;
}

/**
 * Names that the version reads under its prompts, as they are under them; the others keep their words. Each name's
 * features are computed once: a class typed later costs one class.
 */
export async function tunedClassSet(
  memory: WithTunedRows,
  { model, classes }: { readonly model: ModelChoice; readonly classes: readonly PromptedClass[] },
  zeroShot: ClassSet,
  version: LiveVersion,
): Promise<ClassSet> {
  const { dim } = await memory.models.facts(model);
  const isInOwnTexts = version.templates.length > 0 && version.use.prompts !== 'none';
  const read = isInOwnTexts ? await namesThrough(memory, model, classes, version.templates) : zeroShot.classEmbeddings;
  const rowOf = (index: number): Float32Array => read.slice(index * dim, (index + 1) * dim);
  const keys = classes.map(({ prompt }, index) => `${version.file}\0${prompt}\0${hashOf(rowOf(index))}`);
  const prompted = new Set([...classes.keys()].filter((index) => isPrompted(version, classes[index]!.prompt)));
  if (prompted.size === 0) return zeroShot;
  const missing = [...prompted].filter((index) => memory.tunedRows.get(keys[index]!) === undefined);
  const known = new Map(keys.map((key) => [key, memory.tunedRows.get(key)]));
  if (missing.length > 0) {
    const rows = new Float32Array(missing.length * dim);
    missing.forEach((index, at) => rows.set(rowOf(index), at * dim));
    const names = missing.map((index) => classes[index]!.prompt);
    const pinned = await pinModel(model);
    const tuned = await memory.inference.ask('tunedClasses', {
      model: pinned,
      versionFile: version.file,
      names,
      zeroShot: rows,
    });
    missing.forEach((index, at) => {
      const row = tuned.slice(at * dim, (at + 1) * dim);
      known.set(keys[index]!, row);
      memory.tunedRows.set(keys[index]!, row, row.byteLength);
    });
  }
  const tuned = zeroShot.classEmbeddings.slice();
  for (const index of prompted) tuned.set(known.get(keys[index]!)!, index * dim);
  return { ...zeroShot, classEmbeddings: tuned, logitScale: version.scale };
}

/** A text's features `[1, D]` under a version's prompts; `plain` without one. */
export async function tunedText(
  memory: WithTunedRows,
  model: ModelChoice,
  version: LiveVersion | null,
  text: string,
  plain: Float32Array,
): Promise<Float32Array> {
  if (version === null) return plain;
  const zeroShot = { classEmbeddings: plain, backgroundEmbeddings: new Float32Array(), logitScale: version.scale };
  const classes = [{ classId: 0, prompt: text }];
  return (await tunedClassSet(memory, { model, classes }, zeroShot, version)).classEmbeddings;
}

/** Whether a version reads a name, or a text that is searched for, under its prompts. */
export const isPrompted = ({ use, taughtNames }: LiveVersion, name: string): boolean =>
  use.prompts === 'all' || (use.prompts === 'with shots' && taughtNames.includes(name));

const hashOf = (row: Float32Array): string => createHash('sha256').update(row).digest('base64');
