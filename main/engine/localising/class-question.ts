import type { ClassSet } from '#main/pipeline/propose/class-set.ts';
import { classSetOf } from './class-set-of.ts';
import type { WithTexts } from '../memory/ports.ts';
import type { LocalisationInput } from '../vocabulary.ts';
import { liveVersion, type LiveVersion } from './live-version.ts';
import { ownModuleAt } from './own-module.ts';
import { tunedClassSet, type WithTunedRows } from './tuned-classes.ts';

export type Asked = Pick<LocalisationInput, 'model' | 'featuresFolder' | 'classes' | 'settings' | 'taught'>;

/** The classes of a project as they are asked for in every video. */
export interface ClassQuestion {
  readonly dim: number;
  readonly classIds: readonly number[];
  /** Names as the live version reads them. */
  readonly classSet: ClassSet;
  /** The classes by their names alone. */
  readonly zeroShot: ClassSet;
  /** The live version, where it belongs to this model. */
  readonly version: LiveVersion | null;
  /** Equal questions have equal keys. */
  readonly key: string;
  readonly warnings: readonly string[];
}

/**
 * Zero-shot classes; those with shots moved by the live tuned version, where there is one. Prompts tuned on some names
 * do not carry over to others, which would lose by them.
 */
export async function classQuestion(memory: WithTexts & WithTunedRows, asked: Asked): Promise<ClassQuestion> {
  const { model, classes, settings, featuresFolder, taught = null } = asked;
  const { classSet: zeroShot, warnings: aboutNames } = await classSetOf(memory, model, classes, settings);
  const facts = await memory.models.facts(model);
  const own = ownModuleAt(facts, settings.samplingFps);
  const versionFile = classes.length === 0 ? null : (taught?.versionFile ?? null);
  const { version, warnings: aboutVersion } = await liveVersion(memory, model, settings.samplingFps, versionFile);
  const accepted = (taught?.corrections ?? []).filter(({ decision }) => decision === 'accepted');
  const moved =
    version === null
      ? []
      : [...classes.keys()].filter((row) => accepted.some(({ classId }) => classId === classes[row]!.classId));
  return {
    dim: facts.dim,
    classIds: classes.map(({ classId }) => classId),
    classSet: version === null ? zeroShot : { ...(await movedRows(version)), logitScale: version.scale },
    zeroShot,
    version,
    key: JSON.stringify([
      featuresFolder,
      facts.hash,
      model.provider,
      own.hash,
      version?.file,
      moved,
      classes,
      settings,
    ]),
    warnings: classes.length === 0 ? aboutNames : [...aboutNames, ...own.warnings, ...aboutVersion],
  };

  async function movedRows(live: LiveVersion): Promise<ClassSet> {
    const { dim } = facts;
    const rowOf = (values: Float32Array, row: number): Float32Array => values.subarray(row * dim, (row + 1) * dim);
    const rows = new Float32Array(moved.length * dim);
    for (const [at, row] of moved.entries()) rows.set(rowOf(zeroShot.classEmbeddings, row), at * dim);
    const some = { model, classes: moved.map((row) => classes[row]!) };
    const tuned = await tunedClassSet(memory, some, { ...zeroShot, classEmbeddings: rows }, live);
    const classEmbeddings = zeroShot.classEmbeddings.slice();
    for (const [at, row] of moved.entries()) classEmbeddings.set(rowOf(tuned.classEmbeddings, at), row * dim);
    return { ...zeroShot, classEmbeddings };
  }
}
