import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Backend } from '#main/backend.ts';
import type { ModelChoice } from '#main/engine/vocabulary.ts';
import { Failure } from '#preload/domain/failure.ts';
import type { ModelEntry } from '#preload/domain/model.ts';
import type { ScorerMode } from '#preload/domain/settings.ts';
import type { Session } from './session.ts';

const isFolder = (given: string) => existsSync(given) && statSync(given).isDirectory();

/** A model by its registered name or its folder, as the engine takes it, with the provider of this machine's settings. */
export async function chooseModel(session: Session, given: string): Promise<ModelChoice> {
  const { client } = await session.backend();
  const { provider } = await client.studio.settings();
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
  new Failure('not-found', `"${given}" is neither a registered model ("models list") nor a checkpoint folder.`);
