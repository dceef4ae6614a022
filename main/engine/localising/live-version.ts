import { access } from 'node:fs/promises';
import path from 'node:path';
import type { CarriedLesson } from '#main/pipeline/learn/carried-lesson.ts';
import { isOfThisBuild, readLessonFile } from '#main/pipeline/learn/lesson-file.ts';
import { readBoundaryVersionFacts, type BoundaryVersionFacts } from '#main/pipeline/tune/boundary-version-file.ts';
import { readTunedVersionFacts, type TunedVersionFacts } from '#main/pipeline/tune/tuned-version-file.ts';
import { Failure } from '#preload/domain/failure.ts';
import type { WithModels } from '../memory/ports.ts';
import type { ModelChoice } from '../vocabulary.ts';
import { ownHeadOf, ownModuleAt } from './own-module.ts';

/** The tuned version that is in use. */
export interface LiveVersion extends TunedVersionFacts {
  readonly file: string;
}

/** A part of localisation that was learned, or a word about why it has no say. */
interface Live<Version> {
  readonly version: Version | null;
  readonly warnings: readonly string[];
}

/**
 * The live version of prompts; null, with a word about it, where it was tuned for another model or another temporal
 * module. A temporal module that has no say is left out.
 */
export async function liveVersion(
  memory: WithModels,
  model: ModelChoice,
  samplingFps: number,
  versionFile: string | null,
): Promise<Live<LiveVersion>> {
  if (versionFile === null) return { version: null, warnings: [] };
  const file = path.basename(versionFile);
  const withoutIt = (reason: string) => ({
    version: null,
    warnings: [`The tuned version ${file} ${reason}, so that names alone decide: tune again.`],
  });
  if (!(await isThere(versionFile))) return withoutIt('is missing');
  const facts = readable(() => readTunedVersionFacts(versionFile));
  if (facts === null) return withoutIt('is damaged');
  const about = await memory.models.facts(model);
  if (facts.modelHash !== about.hash) return withoutIt('belongs to another model');
  if (facts.temporalModule !== ownModuleAt(about, samplingFps).hash)
    return withoutIt('was tuned with another temporal module in the model’s folder, or with none in use');
  const temporal = facts.use.temporal ? facts.temporal : null;
  return { version: { ...facts, temporal, file: versionFile }, warnings: [] };
}

/** The boundary head that is in use. */
export interface LiveBoundaries extends BoundaryVersionFacts {
  readonly file: string;
}

/**
 * The live boundary head; null, with a word about it, where it is gone, reads another model's features, or was trained
 * beside another head of the model's own, at whose answers it begins.
 */
export async function liveBoundaries(
  memory: WithModels,
  model: ModelChoice,
  samplingFps: number,
  boundaryFile: string | null,
): Promise<Live<LiveBoundaries>> {
  if (boundaryFile === null) return { version: null, warnings: [] };
  const file = path.basename(boundaryFile);
  const withoutIt = (reason: string) => ({
    version: null,
    warnings: [`The learned edges ${file} ${reason}, so that proposals do without them: teach again.`],
  });
  if (!(await isThere(boundaryFile))) return withoutIt('are missing');
  const facts = readable(() => readBoundaryVersionFacts(boundaryFile));
  if (facts === null) return withoutIt('are damaged');
  const about = await memory.models.facts(model);
  if (facts.modelHash !== about.hash) return withoutIt('belong to another model');
  if (facts.besideHeadOf !== (ownHeadOf(about, samplingFps)?.module.hash ?? null))
    return withoutIt('were learned beside another boundary head in the model’s folder, or with none in use');
  return { version: { ...facts, file: boundaryFile }, warnings: [] };
}

/** What corrections of another project taught; null, with a word about it, where it is of no use here. */
export async function liveLesson(
  memory: WithModels,
  model: ModelChoice,
  samplingFps: number,
  lessonFile: string | null,
): Promise<Live<CarriedLesson>> {
  if (lessonFile === null) return { version: null, warnings: [] };
  const file = path.basename(lessonFile);
  const withoutIt = (reason: string) => ({
    version: null,
    warnings: [
      `What another project taught (${file}) ${reason}, so that the corrections made here decide alone: export it there again, with this model and this Cuepoint.`,
    ],
  });
  if (!(await isThere(lessonFile))) return withoutIt('is missing');
  const read = readable(() => readLessonFile(lessonFile));
  if (read === null) return withoutIt('is damaged');
  const { lesson, modelHash, temporalModule } = read;
  const about = await memory.models.facts(model);
  if (modelHash !== about.hash) return withoutIt('belongs to another model');
  if (temporalModule !== ownModuleAt(about, samplingFps).hash)
    return withoutIt('was learned with another temporal module in the model’s folder, or with none in use');
  if (!isOfThisBuild(read))
    return withoutIt('was written by another version of Cuepoint that described actions otherwise');
  return { version: lesson, warnings: [] };
}

/** Null for a file that is damaged or another: what else was learned goes on without it. */
function readable<Content>(read: () => Content): Content | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof Failure && error.code === 'unreadable-model') return null;
    throw error;
  }
}

const isThere = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );
