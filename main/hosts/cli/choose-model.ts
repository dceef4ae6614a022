import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Backend } from '#main/backend.ts';
import type { ModelChoice } from '#main/engine/vocabulary.ts';
import { Failure } from '#preload/domain/failure.ts';
import { verbatim } from '#preload/domain/saying.ts';
import type { ModelEntry } from '#preload/domain/model.ts';
import type { ScorerMode } from '#preload/domain/settings.ts';
import type { Session } from './session.ts';

const isFolder = (given: string) => existsSync(given) && statSync(given).isDirectory();

/** A model by its registered name or its folder, as the engine takes it, with the provider of this machine's settings. */
export async function chooseModel(session: Session, given: string): Promise<ModelChoice> {
  const backend = await session.backend();
  const { client } = backend;
  const provider = backend.computing();
  const entry = (await client.models.list()).find(({ name }) => name === given);
  if (entry) return { folder: entry.folder, provider };
  if (isFolder(given)) return { folder: path.resolve(given), provider };
  throw unknownModel(given);
}

/** Makes a model, by its registered name or its folder, the open project's; a new folder is registered. */
export async function useModel(backend: Backend, given: string): Promise<void> {
  const { name } = await registeredModel(backend, given);
  const { settings } = await backend.client.projects.info();
  if (settings.model !== name) await backend.client.projects.changeSettings({ model: name });
}

/**
 * For a project without a model: the one fitting model that this machine knows, kept, and named. Fails with `bad-input`,
 * saying what to give, where there is none or a choice. Null where the project has its model.
 */
export async function useOnlyModel({ client }: Backend): Promise<string | null> {
  const { settings } = await client.projects.info();
  if (settings.model !== null) return null;
  const fitting = (await client.models.list()).filter(
    ({ capabilities, problem }) => capabilities.embedsFrames && capabilities.embedsTexts && problem === null,
  );
  const names = fitting.map(({ name }) => name);
  if (names.length === 0)
    throw new Failure(
      'bad-input',
      verbatim(
        'The project has no model, and none is registered: give --model <folder>, or "models download <owner/name>" first.',
      ),
    );
  if (names.length > 1)
    throw new Failure(
      'bad-input',
      verbatim(`The project has no model; choose one: --model ${names.join(' or --model ')}.`),
    );
  await client.projects.changeSettings({ model: names[0]! });
  return names[0]!;
}

/** Sets who scores the open project's proposals, and with which model of clips where one is given. */
export async function useScorer(
  backend: Backend,
  { scorer, scorerModel }: { readonly scorer?: ScorerMode; readonly scorerModel?: string },
): Promise<void> {
  const model = scorerModel === undefined ? undefined : (await registeredModel(backend, scorerModel)).name;
  const { settings } = await backend.client.projects.info();
  const changed = {
    ...(scorer !== undefined && scorer !== settings.scorer && { scorer }),
    ...(model !== undefined && model !== settings.scorerModel && { scorerModel: model }),
  };
  if (Object.keys(changed).length > 0) await backend.client.projects.changeSettings(changed);
}

/** A model by its registered name or its folder, which is registered where it is new. */
async function registeredModel(backend: Backend, given: string): Promise<ModelEntry> {
  const registered = await backend.client.models.list();
  const byName = registered.find(({ name }) => name === given);
  if (!byName && !isFolder(given)) throw unknownModel(given);
  return byName ?? registered.find(({ folder }) => folder === path.resolve(given)) ?? addModel(backend, given);
}

/** Registers a checkpoint folder; rejects with `unreadable-model` where it does not load. */
export async function addModel(backend: Backend, folder: string) {
  return backend.client.models.add({ place: backend.placeOf(path.resolve(folder)).token });
}

const unknownModel = (given: string) =>
  new Failure(
    'not-found',
    verbatim(`"${given}" is neither a registered model ("models list") nor a checkpoint folder.`),
  );
