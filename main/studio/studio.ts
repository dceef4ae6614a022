import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { Failure } from '#preload/domain/failure.ts';
import { say } from '#preload/domain/saying.ts';
import { computingHere } from '#preload/domain/inference-server.ts';
import type { ModelEntry, ProviderReport } from '#preload/domain/model.ts';
import type { StudioSettingsChange } from '#preload/domain/settings.ts';
import { lastLines, logIn } from '../failures/program-log.ts';
import { ReportFolder, reportsIn } from '../failures/report-folder.ts';
import { toFailure } from '../failures/to-failure.ts';
import type { Engine } from '../engine/tasks.ts';
import { tryMachine } from '../models/machine-trial.ts';
import { ModelDownloads } from '../models/model-downloads.ts';
import { ModelRegistry } from '../models/model-registry.ts';
import type { ProjectWork } from '../jobs/project-work.ts';
import { OpenProject } from '../project/open-project.ts';
import { createProjectFolder, isSoundProject } from '../project/project-folder.ts';
import { ChangeBus } from './change-bus.ts';
import { HomeFolder } from './home-folder.ts';
import { openWork } from './open-work.ts';
import { People } from './people.ts';
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
  readonly places: Places;
  readonly changes = new ChangeBus();
  readonly people: People = new People(() => this.changes.publish({ topic: 'people', windows: this.people.list() }));
  readonly models: ModelRegistry;
  readonly downloads: ModelDownloads;
  /** Of failures that nobody foresaw. */
  readonly reports: ReportFolder;
  readonly #logFile: string;
  /** How the execution provider was chosen when a model was used last. */
  providerReport: ProviderReport | null = null;
  readonly #downloads = new Map<string, Download>();
  #work: ProjectWork | null = null;
  /** Settles when the projects that were open before are closed: a large one is copied first. */
  #closed: Promise<unknown> = Promise.resolve();

  constructor(options: {
    readonly homeFolder: string;
    readonly engine: Engine;
    readonly version: string;
    readonly pagesBrowse: boolean;
  }) {
    this.places = new Places(options.pagesBrowse);
    this.version = options.version;
    this.engine = options.engine;
    this.home = new HomeFolder(options.homeFolder);
    this.reports = new ReportFolder(reportsIn(options.homeFolder), options.version);
    this.#logFile = logIn(options.homeFolder);
    this.models = new ModelRegistry(this.home, options.engine);
    this.downloads = new ModelDownloads(this.home, this.models, {
      changed: () => this.changes.publish({ topic: 'downloads' }),
      arrived: (model, signal) => this.#takeIn(model, signal),
    });
  }

  /** The last lines of what the program said, the oldest first. */
  log(count: number): string[] {
    return lastLines(this.#logFile, count);
  }

  get openedProject(): OpenProject | null {
    return this.#work?.project ?? null;
  }

  /** The project that is open. Fails with `not-found` while none is. */
  project(): OpenProject {
    return this.work().project;
  }

  /** The work on the project that is open. Fails with `not-found` while none is. */
  work(): ProjectWork {
    if (this.#work === null) throw new Failure('not-found', say('No project is open: open or create one first.'));
    return this.#work;
  }

  /** Opens a project in place of the one that is open, which stays open where the new one cannot be opened. */
  async openProject(given: string): Promise<OpenProject> {
    const path = resolve(given);
    const isSound = this.#work?.project.folder.path !== path && (await isSoundProject(path));
    // One that is just being closed may be this one.
    if (this.#work?.project.folder.path !== path) await this.#closed;
    if (this.#work?.project.folder.path === path) return this.#work.project;
    const project = new OpenProject(path, this, isSound);
    const earlier = this.#work;
    const work = openWork(project, this.engine, {
      noteProvider: (report) => this.noteProvider(report),
      selected: () => this.people.selected(),
    });
    this.#work = work;
    await this.#end(earlier);
    if (!project.readOnly) {
      work.queue.start();
      // The search goes on beside; what it cannot store or read now it finds when the project is opened again.
      project.findLostMedia().catch((error: unknown) => {
        if (!project.closing.aborted)
          process.stderr.write(`Lost media could not be looked for: ${toFailure(error).message}\n`);
      });
    }
    this.home.rememberProject({ name: project.name, location: path });
    this.changes.publish({ topic: 'project' });
    return project;
  }

  /** Makes `<name>.cuepoint` inside `parent` and opens it, with the model that was downloaded last. */
  async createProject(parent: string, name: string): Promise<OpenProject> {
    if (!existsSync(parent))
      throw new Failure('not-found', say('There is no folder {{parent}}.', { parent }), { path: parent });
    const project = await this.openProject(createProjectFolder(parent, name, this.version));
    const { newProjectModel: model } = this.home.settings();
    if (this.models.list().some((one) => one.name === model && one.problem === null)) project.changeSettings({ model });
    return project;
  }

  async closeProject(): Promise<void> {
    const work = this.#work;
    this.#work = null;
    await this.#end(work);
    if (work !== null) this.changes.publish({ topic: 'project' });
  }

  async #end(work: ProjectWork | null): Promise<void> {
    const ended = Promise.all([this.#closed, work?.project.close(async () => work.queue.close())]);
    this.#closed = ended.catch(() => undefined);
    await ended;
  }

  /** Measures how fast a model is here, and tells everybody. Fails as loading it does. */
  async tryOut(name: string, signal?: AbortSignal): Promise<ModelEntry> {
    const { model, provider } = await this.models.tryOut(name, computingHere(this.home.computing()), signal);
    this.noteProvider(provider);
    return model;
  }

  /** Changes the settings of this machine; a job that was computed, or waited for, at a server begins anew where they say. */
  changeSettings(change: StudioSettingsChange): void {
    this.#changeHome((home) => void home.changeSettings(change));
  }

  /** Keeps a token for the server that is set, and begins anew what was begun there without it; null forgets it. */
  setServerToken(token: string | null): void {
    this.#changeHome((home) => home.setServerToken(token));
  }

  #changeHome(change: (home: HomeFolder) => void): void {
    const before = this.home.computing();
    change(this.home);
    const isOther = JSON.stringify(before) !== JSON.stringify(this.home.computing());
    if (typeof before === 'object' && isOther)
      this.#work?.queue.restartAll(['embed', 'propose', 'rescore', 'tune', 'tune-scorer', 'measure']);
  }

  /**
   * Lets the server that is set answer for the open project's model: its answers are held against this machine's, and
   * timed. Fails with `nothing-to-do` without a server or a model, `server-away`, or `bad-input` for one that cannot be used.
   */
  async tryServer(signal?: AbortSignal): Promise<{ framesPerSecond: number; provider: ProviderReport }> {
    const provider = this.home.computing();
    if (typeof provider !== 'object') throw new Failure('nothing-to-do', say('No inference server is in use.'));
    const model = this.openedProject?.modelChoice() ?? null;
    if (model === null)
      throw new Failure('nothing-to-do', say('Choose the model of the project first: the server is tried with it.'));
    const tried = await this.engine.run(
      'tryServer',
      { model: { folder: model.folder, provider }, seconds: 2 },
      signal === undefined ? {} : { signal },
    );
    this.noteProvider(tried.provider);
    return tried;
  }

  /** Measures how much this machine computes, and tells everybody. Fails as `tryMachine` does. */
  async measureMachine(signal?: AbortSignal): Promise<void> {
    const { speed, report } = await tryMachine(this.engine, computingHere(this.home.computing()), signal);
    this.home.setMachineSpeed(speed);
    this.noteProvider(report);
  }

  /** A model that was downloaded is tried, and becomes the open project's where that has none, and that of new ones. */
  async #takeIn({ name, capabilities }: ModelEntry, signal: AbortSignal): Promise<void> {
    this.changes.publish({ topic: 'models' });
    await this.tryOut(name, signal);
    if (capabilities.embedsFrames && capabilities.embedsTexts) this.home.changeSettings({ newProjectModel: name });
    const project = this.openedProject;
    const chosen =
      project !== null && !project.readOnly && capabilities.embedsFrames && project.settings.model === null;
    if (chosen) project.changeSettings({ model: name });
    this.changes.publish({ topic: 'model-arrived', model: name, chosen });
  }

  /** Pauses downloads and closes the project. */
  async close(): Promise<void> {
    await this.downloads.close();
    await this.closeProject();
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
    if (download === undefined) throw new Failure('not-found', say('This download is no longer there: export again.'));
    this.#downloads.delete(token);
    return download;
  }
}
