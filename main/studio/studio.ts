import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { Failure } from '#preload/domain/failure.ts';
import type { ProviderReport } from '#preload/domain/model.ts';
import type { Engine } from '../engine/tasks.ts';
import { ModelRegistry } from '../models/model-registry.ts';
import { OpenProject } from '../project/open-project.ts';
import { createProjectFolder } from '../project/project-folder.ts';
import { ChangeBus } from './change-bus.ts';
import { HomeFolder } from './home-folder.ts';
import { Places } from './places.ts';

export interface Download {
  readonly fileName: string;
  readonly mime: string;
  readonly bytes: Uint8Array;
}

/** The program's state behind the handlers: what belongs to this machine, and at most one open project. */
export class Studio {
  readonly version: string;
  readonly engine: Engine;
  readonly home: HomeFolder;
  readonly places = new Places();
  readonly changes = new ChangeBus();
  readonly models: ModelRegistry;
  /** How the execution provider was chosen when a model was used last. */
  providerReport: ProviderReport | null = null;
  readonly #downloads = new Map<string, Download>();
  #project: OpenProject | null = null;

  constructor(options: { readonly homeFolder: string; readonly engine: Engine; readonly version: string }) {
    this.version = options.version;
    this.engine = options.engine;
    this.home = new HomeFolder(options.homeFolder);
    this.models = new ModelRegistry(this.home, options.engine);
  }

  get openedProject(): OpenProject | null {
    return this.#project;
  }

  /** Fails with `not-found` while no project is open. */
  project(): OpenProject {
    if (this.#project === null) throw new Failure('not-found', 'No project is open: open or create one first.');
    return this.#project;
  }

  /** Opens a project in place of the one that is open, which stays open where the new one cannot be opened. */
  async openProject(given: string): Promise<OpenProject> {
    const path = resolve(given);
    if (this.#project?.folder.path === path) return this.#project;
    const project = new OpenProject(path, this);
    const earlier = this.#project;
    this.#project = project;
    await earlier?.close();
    project.start();
    this.home.rememberProject({ name: project.name, location: path });
    this.changes.publish({ topic: 'project' });
    return project;
  }

  /** Makes `<name>.cuepoint` inside `parent` and opens it. */
  async createProject(parent: string, name: string): Promise<OpenProject> {
    if (!existsSync(parent)) throw new Failure('not-found', `There is no folder ${parent}.`, { path: parent });
    return this.openProject(createProjectFolder(parent, name, this.version));
  }

  async closeProject(): Promise<void> {
    const project = this.#project;
    this.#project = null;
    await project?.close();
    if (project !== null) this.changes.publish({ topic: 'project' });
  }

  noteProvider(report: ProviderReport): void {
    this.providerReport = report;
    this.changes.publish({ topic: 'models' });
  }

  /** Keeps a file until it is fetched once; answers its token. */
  offerDownload(download: Download): string {
    const token = randomBytes(16).toString('base64url');
    this.#downloads.set(token, download);
    return token;
  }

  /** Fails with `not-found` for an unknown token or one that was used. */
  takeDownload(token: string): Download {
    const download = this.#downloads.get(token);
    if (download === undefined) throw new Failure('not-found', 'This download is no longer there: export again.');
    this.#downloads.delete(token);
    return download;
  }
}
