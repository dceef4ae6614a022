import { createHash } from 'node:crypto';
import { rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { isMissing } from '#main/failures/file-failure.ts';
import { makeFolder } from '#main/failures/make-folder.ts';
import { toFailure } from '#main/failures/to-failure.ts';
import { Failure } from '#preload/domain/failure.ts';
import { featureName, type FeatureKey } from './feature-key.ts';
import { forgetFiles, namesIn } from './forget-files.ts';
import { loadNpy, writeWholeNpy } from './npy-file.ts';
import { storageFailure } from './storage-failure.ts';

/** What was computed of a video once its classes were known: its proposals, and spans in the terms of a basis. */
type StageKind = 'proposals' | 'spans';

/** All that a stage depends on. */
export interface StageKey {
  readonly kind: StageKind;
  /** The frame features that it was computed from; null where it is of a project as a whole. */
  readonly features: FeatureKey | null;
  /** Equal questions have equal texts. */
  readonly question: string;
}

/** A matrix from the disk. */
export type StoredStage =
  /** Null: it is not whole, or holds what is no number. */
  { readonly state: 'there'; readonly file: string; readonly table: StageTable | null } | { readonly state: 'absent' };

/** `[count, width]`, row-major. */
export interface StageTable {
  readonly count: number;
  readonly values: Float64Array;
  readonly width: number;
}

/** Answers to so many questions stay, so that going back to the classes there were before costs nothing. */
const questionsKept = 2;

const mark = (kind: StageKind): string => `-stage-${kind}-`;
const stemOf = ({ kind, features }: StageKey): string =>
  `${features === null ? 'project' : featureName(features)}${mark(kind)}`;

/** The file's name: beside the frame features', and telling of the question. */
export const stageName = (key: StageKey): string =>
  `${stemOf(key)}${createHash('sha256').update(key.question).digest('hex').slice(0, 24)}.npy`;

/** Such a name, and what it begins with. */
const stagePattern = /^(?<stem>.+-stage-(?:proposals|spans)-)[0-9a-f]{24}\.npy$/u;

/** A stage as it was kept. */
export async function readStage(folder: string, key: StageKey): Promise<StoredStage> {
  const file = path.join(folder, stageName(key));
  await underWay.get(file);
  try {
    const { data, shape } = await loadNpy(file);
    const isSound = data instanceof Float64Array && shape.length === 2 && data.every(Number.isFinite);
    return { state: 'there', file, table: isSound ? { count: shape[0]!, width: shape[1]!, values: data } : null };
  } catch (error) {
    if (isMissing(error)) return { state: 'absent' };
    if (error instanceof Failure && error.code === 'bad-input') return { state: 'there', file, table: null };
    throw error;
  }
}

/**
 * Keeps a stage, whole or not at all, in place of the oldest of its kind and video. Where nothing can be
 * written, as in a project that can only be looked at or on a full disk, it is computed anew the next time.
 */
export async function keepStage(folder: string, key: StageKey, { values, count, width }: StageTable): Promise<void> {
  const file = path.join(folder, stageName(key));
  try {
    makeFolder(folder);
    await writeWholeNpy(file, { data: values, shape: [count, width] });
    await forgetOldest(folder, stemOf(key), path.basename(file));
  } catch (error) {
    if (!(storageFailure(error, file) instanceof Failure)) throw error;
  }
}

/** What is being written behind those who asked for it, by file. */
const underWay = new Map<string, Promise<void>>();

/**
 * The same without waiting for the disk, which may take longer than what is kept took. One file's stages are written one
 * after the other; whoever reads or forgets it here waits until they are.
 */
export function keepStageBehind(folder: string, key: StageKey, table: StageTable): void {
  const file = path.join(folder, stageName(key));
  const writing = (underWay.get(file) ?? Promise.resolve())
    .then(() => keepStage(folder, key, table))
    .catch((error: unknown) => void process.stderr.write(`${file} could not be kept: ${toFailure(error).message}\n`))
    .finally(() => {
      if (underWay.get(file) === writing) underWay.delete(file);
    });
  underWay.set(file, writing);
}

/** Resolves once nothing is being written any more. */
export async function stagesKept(): Promise<void> {
  await Promise.all(underWay.values());
}

async function forgetOldest(folder: string, stem: string, added: string): Promise<void> {
  const names = (await stagesIn(folder)).get(stem) ?? new Set();
  (await stagesIn(folder)).set(stem, names.add(added));
  if (names.size <= questionsKept) return;
  const aged = await Promise.all(
    [...names].map(async (name) => ({
      name,
      writtenMs: (await stat(path.join(folder, name)).catch(() => null))?.mtimeMs ?? 0,
    })),
  );
  for (const { name } of aged.toSorted((a, b) => b.writtenMs - a.writtenMs).slice(questionsKept)) {
    names.delete(name);
    await rm(path.join(folder, name), { force: true });
  }
}

/**
 * Names of the stages in each folder that this process has kept any in, by what they are of: listed once, since a large
 * project keeps thousands, one by one. A name whose file has gone counts as the oldest.
 */
const listed = new Map<string, Promise<Map<string, Set<string>>>>();

function stagesIn(folder: string): Promise<Map<string, Set<string>>> {
  const known = listed.get(folder);
  if (known !== undefined) return known;
  const listing = namesIn(folder).then((names) => {
    const stages = names.map((name) => stagePattern.exec(name)).filter((found) => found !== null);
    const byStem = Map.groupBy(stages, ({ groups }) => groups!['stem']!);
    return new Map([...byStem].map(([stem, found]) => [stem, new Set(found.map(({ 0: name }) => name))]));
  });
  listed.set(folder, listing);
  listing.catch(() => listed.delete(folder));
  return listing;
}

/** Forgets all that was computed of the features with a key. */
export async function forgetStagesOf(folder: string, key: FeatureKey): Promise<void> {
  const stem = `${featureName(key)}-stage-`;
  const isOfKey = (file: string): boolean =>
    path.dirname(file) === path.join(folder) && path.basename(file).startsWith(stem);
  await Promise.all([...underWay].flatMap(([file, writing]) => (isOfKey(file) ? writing : [])));
  await forgetFiles(folder, (name) => name.startsWith(stem));
}
