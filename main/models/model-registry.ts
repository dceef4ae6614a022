import { existsSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { basename } from 'node:path';
import { Failure } from '#preload/domain/failure.ts';
import { say } from '#preload/domain/saying.ts';
import type { ModelDownloadProgress, ModelEntry, ProviderReport } from '#preload/domain/model.ts';
import type { Engine } from '../engine/tasks.ts';
import type { ModelChoice } from '../engine/vocabulary.ts';
import type { AddedModel } from './added-models.ts';
import { downloadModel, partialFolder, type ModelSource } from './download-model.ts';
import { usualHub } from './hub-repository.ts';
import { trialS } from './machine-trial.ts';

/** Where the added models are remembered and downloaded ones are put. */
export interface ModelShelf {
  models(): readonly AddedModel[];
  /** Nobody else changes them meanwhile. */
  changeModels(change: (models: readonly AddedModel[]) => readonly AddedModel[]): void;
  /** Where a model of the hub, `owner/name`, is kept. */
  modelFolder(repository: string): string;
}

/** Checkpoint folders that the person added, each under a name of its own. */
export class ModelRegistry {
  readonly #shelf: ModelShelf;
  readonly #engine: Engine;
  /** Folders that are being downloaded. */
  readonly #arriving = new Set<string>();

  constructor(shelf: ModelShelf, engine: Engine) {
    this.#shelf = shelf;
    this.#engine = engine;
  }

  list(): ModelEntry[] {
    return this.#shelf.models().map(withProblem);
  }

  /** Fails with `not-found`, naming the models there are. */
  get(name: string): ModelEntry {
    const found = this.#shelf.models().find((model) => model.name === name);
    if (found !== undefined) return withProblem(found);
    const names = this.#shelf.models().map((model) => model.name);
    const said =
      names.length > 0
        ? say('There is no model "{{name}}": known are {{names}}.', { name, names })
        : say('There is no model "{{name}}": none was added yet.', { name });
    throw new Failure('not-found', said, { name });
  }

  /**
   * Lets the engine look at the folder and remembers it under the folder's name, with a number where that is taken.
   * A folder that is there already is described anew. Fails with `unreadable-model`.
   */
  async add(folder: string, signal?: AbortSignal): Promise<ModelEntry> {
    const found = await this.#engine.run('describeModel', { folder }, signal === undefined ? {} : { signal });
    const { hash: _, ...described } = found;
    return this.#keep(folder, (known, models) => ({
      ...described,
      folder,
      name: known?.name ?? freeName(basename(folder), models),
      speed: known?.speed ?? null,
    }));
  }

  /**
   * Measures for some seconds how many frames a second the model takes here and keeps that with its entry. Fails as
   * loading it does.
   */
  async tryOut(
    name: string,
    provider: ModelChoice['provider'],
    signal?: AbortSignal,
  ): Promise<{ readonly model: ModelEntry; readonly provider: ProviderReport }> {
    const { problem: _, ...model } = this.get(name);
    const input = { model: { folder: model.folder, provider }, seconds: trialS };
    const timed = await this.#engine.run('timeModel', input, signal === undefined ? {} : { signal });
    const speed = { framesPerSecond: timed.framesPerSecond, provider: timed.provider.chosen };
    return { model: this.#keep(model.folder, () => ({ ...model, speed })), provider: timed.provider };
  }

  /**
   * Brings a model from the hub into the home folder and adds it; only adds it where it is there already. Fails as
   * `downloadModel` and `add` do, and with `nothing-to-do` while the same model is on its way.
   */
  async *download(
    { repository, revision }: Omit<ModelSource, 'hub'>,
    signal?: AbortSignal,
  ): AsyncGenerator<ModelDownloadProgress, ModelEntry, void> {
    const folder = this.#shelf.modelFolder(repository);
    if (this.#arriving.has(folder))
      throw new Failure(
        'nothing-to-do',
        say('{{repository}} is on its way already; wait for it, or cancel it first.', { repository }),
      );
    this.#arriving.add(folder);
    try {
      if (!existsSync(folder)) yield* downloadModel(folder, { repository, revision, hub: usualHub() }, signal);
      const model = await this.add(folder, signal);
      // Where the folder was put there by hand.
      await rm(partialFolder(folder), { recursive: true, force: true });
      return model;
    } finally {
      this.#arriving.delete(folder);
    }
  }

  /** What `describe` makes of a folder's entry, in the place of the one before or behind the others. */
  #keep(
    folder: string,
    describe: (known: AddedModel | undefined, models: readonly AddedModel[]) => AddedModel,
  ): ModelEntry {
    let kept: AddedModel | undefined;
    this.#shelf.changeModels((models) => {
      const known = models.find((model) => model.folder === folder);
      const entry = describe(known, models);
      kept = entry;
      return known === undefined ? [...models, entry] : models.map((model) => (model === known ? entry : model));
    });
    return withProblem(kept!);
  }

  /** Forgets the folder; its files stay. Fails with `not-found`. */
  remove(name: string): void {
    this.get(name);
    this.#shelf.changeModels((models) => models.filter((model) => model.name !== name));
  }
}

function withProblem(model: AddedModel): ModelEntry {
  const isThere = statSync(model.folder, { throwIfNoEntry: false })?.isDirectory() === true;
  return { ...model, problem: isThere ? null : say('The folder {{folder}} is gone.', { folder: model.folder }) };
}

function freeName(wanted: string, models: readonly AddedModel[]): string {
  const isFree = (name: string) => models.every((model) => model.name !== name);
  let name = wanted;
  for (let number = 2; !isFree(name); number += 1) name = `${wanted}-${number}`;
  return name;
}
