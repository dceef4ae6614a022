import { randomUUID } from 'node:crypto';
import { constants, copyFileSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { makeFolder } from '#main/failures/make-folder.ts';
import { isOfThisBuild, readLessonFile } from '#main/pipeline/learn/lesson-file.ts';
import { copyWithoutSeen } from '#main/pipeline/tune/copy-without-seen.ts';
import { budgets } from '#preload/domain/budgets.ts';
import { Failure } from '#preload/domain/failure.ts';
import { say } from '#preload/domain/saying.ts';
import type { PartJudgement } from '#preload/domain/judgement.ts';
import { learnedVersionFacts } from '#preload/domain/learned-version.ts';
import { tuningPoint } from '#preload/domain/tuning.ts';
import { versionKind, versionKinds } from '#preload/domain/version-kinds.ts';
import type { LearnedVersion, VersionKind } from '#preload/domain/version-kinds.ts';
import { typedRuns } from '../database/carry-over.ts';
import type { NewVersion, StoredVersion } from '../database/versions-table.ts';
import { fileNameOf } from './file-names.ts';
import { sha256 } from './media-locator.ts';
import type { OpenProject } from './open-project.ts';
import { versionFile, versionOf, versionsChanged } from './versions.ts';

/** The hash of a model by the name under which it was added. Fails with `not-found` for one that is not added here. */
export type HashOfModel = (name: string) => Promise<string>;

/** What the JSON file beside exported tensors says besides the facts of the version's kind. */
const exported = z.object({
  format: z.literal('cuepoint-version'),
  kind: versionKind,
  ...learnedVersionFacts.pick({ name: true, createdAt: true, model: true }).shape,
  modelHash: z.string(),
  /** SHA-256 of the tensors' file, hex. */
  sha256: z.string(),
  /** The project that it was learned in. */
  project: z.string(),
  /** Whichever form an older program wrote. */
  curve: z.preprocess(typedRuns, z.array(tuningPoint)),
});

/** Folders in `tuned/` by kind; one that is not named lies in `tuned/` itself. */
const folders: Partial<Record<VersionKind, string>> = { scorer: 'scorer' };

/** A name for the file of a new version of a kind, from `tuned/`. */
export const newVersionFile = (kind: VersionKind): string =>
  [folders[kind] ?? [], `${randomUUID()}.safetensors`].flat().join('/');

/**
 * Copies a version's tensors into a folder, with a JSON file of the same name that says what it is. Answers the path of
 * the tensors. Fails as copying does, and with `not-found` where the model that it was learned for is needed and gone.
 */
export async function exportVersion(
  project: OpenProject,
  versionId: number,
  folder: string,
  hashOfModel: HashOfModel,
): Promise<string> {
  const version = versionOf(project, versionId);
  const of = version.kind === 'scorer' ? 'X-CLIP ' : '';
  const target = freeStem(folder, project, `${of}${version.name}`);
  const tensors = versionFile(project, version);
  const { id: _, live: __, file: ___, corrections: ____, origin, modelHash, ...facts } = version;
  const path = `${target}.safetensors`;
  copyFileSync(tensors, path, constants.COPYFILE_EXCL);
  await writeDescription(path, {
    ...facts,
    modelHash: modelHash ?? (await hashOfModel(version.model)),
    project: origin ?? project.name,
    curve: project.database.versions.curve(versionId),
  });
  return path;
}

/** Says beside exported tensors what they are. */
export async function writeDescription(
  tensors: string,
  facts: Omit<z.input<typeof exported>, 'format' | 'sha256'> & Readonly<Record<string, unknown>>,
): Promise<void> {
  const description: z.input<typeof exported> = {
    ...facts,
    format: 'cuepoint-version',
    sha256: await sha256(tensors),
  };
  const file = tensors.replace(/safetensors$/u, 'json');
  writeFileSync(file, `${JSON.stringify(description, null, 2)}\n`, { flag: 'wx' });
}

/**
 * Where something that was learned is exported to, without an extension. Nothing that is there is written over: the name,
 * or the first with a number after it that is free.
 */
export function freeStem(folder: string, project: OpenProject, name: string): string {
  const stem = join(folder, `${project.name} - ${fileNameOf(name)}`);
  const isTaken = (one: string) => existsSync(`${one}.safetensors`) || existsSync(`${one}.json`);
  for (let number = 1; ; number += 1) {
    const candidate = number === 1 ? stem : `${stem} (${number})`;
    if (!isTaken(candidate)) return candidate;
  }
}

/**
 * Takes in a version that `exportVersion` wrote, named by either of its two files; it is not live yet. The project's
 * model must be the one that it was learned for, by content whatever its name. Fails with `not-found` where a file is
 * missing, `unreadable-model` where they are no such version or one of another build, `bad-input` where the models differ or none is chosen.
 */
export async function importVersion(
  project: OpenProject,
  given: string,
  hashOfModel: HashOfModel,
): Promise<StoredVersion> {
  const stem = given.replace(/\.(?:safetensors|json)$/u, '');
  const [tensors, description] = [`${stem}.safetensors`, `${stem}.json`];
  for (const file of [tensors, description]) {
    if (statSync(file, { throwIfNoEntry: false })?.isFile() === true) continue;
    throw new Failure(
      'not-found',
      say('{{file}} is missing: an exported version is two files, .safetensors and .json.', { file }),
      {
        file,
      },
    );
  }
  const told = describedBy(description);
  if ((await sha256(tensors)) !== told.sha256) {
    throw new Failure(
      'unreadable-model',
      say('{{tensors}} and {{description}} do not belong together: export it again.', { tensors, description }),
      {
        file: tensors,
      },
    );
  }
  const model = await sameModel(project, told, hashOfModel);
  if (told.kind === 'corrections' && !isOfThisBuild(readLessonFile(tensors))) {
    const said = say(
      '{{file}} was written by another version of Cuepoint that described actions otherwise: export it there again with this one.',
      { file: tensors },
    );
    throw new Failure('unreadable-model', said, { file: tensors });
  }
  const file = newVersionFile(told.kind);
  const kept = versionFile(project, { file });
  makeFolder(dirname(kept), 2);
  copyWithoutSeen(tensors, kept);
  const { database } = project;
  const id = database.transaction(() => database.versions.insert({ ...told.version, model, file }));
  versionsChanged(project);
  return versionOf(project, id);
}

type Described = z.infer<typeof exported> & { readonly version: NewVersion };

/** Fails with `unreadable-model` for a file that describes no version, or one of a kind that this program does not know. */
function describedBy(file: string): Described {
  const refuse = (cause: unknown): never => {
    const said = say(
      '{{file}} does not describe a version that this Cuepoint knows: export it again, with a version no newer than this one.',
      { file },
    );
    throw new Failure('unreadable-model', said, { file }, { cause });
  };
  try {
    if (statSync(file).size > budgets.descriptionBytes) throw new Error('too long');
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    const about = exported.parse(value);
    const {
      id: _,
      live: __,
      usable: ___,
      ...facts
    } = inAnotherProject(
      versionKinds[about.kind].facts.parse({
        ...(value as object),
        id: 1,
        live: false,
        usable: false,
        origin: about.project,
      }),
    );
    const keeping = { modelHash: about.modelHash, file: '', corrections: 0, curve: about.curve };
    return { ...about, version: { ...facts, ...keeping } };
  } catch (error) {
    return refuse(error);
  }
}

/** Classes and videos of another project are others, whatever their numbers: what was counted by them is left out. */
function inAnotherProject(facts: LearnedVersion): LearnedVersion {
  const inAll = <Part extends PartJudgement>(part: Part | null): Part | null =>
    part && { ...part, classes: [], moments: [] };
  if (facts.kind === 'boundaries') return { ...facts, judgement: inAll(facts.judgement) };
  if (facts.kind !== 'prompts') return facts;
  const { judgement } = facts;
  return {
    ...facts,
    shots: facts.shots.map((one) => ({ ...one, classId: null })),
    judgement: judgement && { ...judgement, prompts: inAll(judgement.prompts), temporal: inAll(judgement.temporal) },
  };
}

/** The name of the project's model, where it is the one that a version was learned for. */
async function sameModel(
  { settings }: OpenProject,
  { kind, name, model, modelHash }: Described,
  hashOfModel: HashOfModel,
): Promise<string> {
  const chosen = settings[versionKinds[kind].learnedFor];
  const what = kind === 'scorer' ? 'X-CLIP' : say('model');
  if (chosen === null) {
    const said = say(
      '"{{name}}" was learned for the {{what}} "{{model}}", and this project has none: choose it first.',
      { name, what, model },
    );
    throw new Failure('bad-input', said, { model });
  }
  if ((await hashOfModel(chosen)) === modelHash) return chosen;
  throw new Failure(
    'bad-input',
    say(
      '"{{name}}" was learned for the {{what}} "{{model}}", which is not "{{chosen}}" that this project uses: choose that one first.',
      { name, what, model, chosen },
    ),
    { model, chosen },
  );
}
