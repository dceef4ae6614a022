import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { join, resolve } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import { keptPlan, planReport, type KeptPlan, type PlanReport } from '#preload/domain/compute-plan.ts';
import { keptView, type KeptView } from '#preload/domain/kept-view.ts';
import { Failure } from '#preload/domain/failure.ts';
import { say } from '#preload/domain/saying.ts';
import type { Computing, InferenceServer } from '#preload/domain/inference-server.ts';
import { personalSettings, studioSettings } from '#preload/domain/settings.ts';
import type { PersonalSettings, StudioSettings, StudioSettingsChange } from '#preload/domain/settings.ts';
import { addedModels, type AddedModel } from '../models/added-models.ts';
import { machineSpeed, type MachineSpeed } from '../models/machine-trial.ts';
import { keptDownloads, type DownloadShelf } from '../models/model-downloads.ts';
import type { ModelShelf } from '../models/model-registry.ts';
import { changeAlone } from '../project/change-alone.ts';
import { authorityIn } from './server-authority.ts';

const originOf = (server: InferenceServer | null): string => {
  if (server === null) return '';
  const { protocol, host } = new URL(server.address);
  return `${protocol}//${host}`;
};

const checkedServer = (server: InferenceServer | null): InferenceServer | null =>
  server && { ...server, authority: authorityIn(server.authority) };

const recentProjects = z.array(z.object({ name: z.string(), location: z.string() })).default([]);
type RecentProject = z.infer<typeof recentProjects>[number];

const longestRecent = 20;

const keptViews = z.array(keptView).default([]);
const mostViews = 50;

/** By the project's folder and the model's. */
const keptPlans = z.array(keptPlan.extend({ project: z.string(), model: z.string() })).default([]);
const mostPlans = 200;

/** The last trial on a project's frames, with the project's folder. */
const keptReports = z.array(planReport.extend({ project: z.string() })).default([]);
const mostReports = 50;

/** A name as a part of a file name: any name has one, and no two the same. */
const fileNameFor = (person: string): string => createHash('sha256').update(person).digest('hex').slice(0, 32);

const viewsFile = (person: string | null): string =>
  person === null ? 'window.json' : `window-${fileNameFor(person)}.json`;

type PersonalChange = { readonly [Field in keyof PersonalSettings]?: PersonalSettings[Field] | undefined };

const personalAfter = (change: PersonalChange, before: PersonalSettings): PersonalSettings => ({
  theme: change.theme ?? before.theme,
  density: change.density ?? before.density,
  motion: change.motion ?? before.motion,
  pointers: change.pointers ?? before.pointers,
  language: change.language ?? before.language,
  tourSeen: change.tourSeen ?? before.tourSeen,
});

/** Where the sample project of a first start is, or will be, inside the home folder. */
export const sampleProjectPath = (homeFolder: string): string => join(homeFolder, 'sample', 'Sample.cuepoint');

/** What belongs to the person at this machine, as small JSON files: settings, recent projects, added models. */
export class HomeFolder implements ModelShelf, DownloadShelf {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Whether a project is the sample that came with the studio. */
  isSample(projectPath: string): boolean {
    return resolve(projectPath) === resolve(sampleProjectPath(this.#folder));
  }

  settings(): StudioSettings {
    return this.#read('settings.json', studioSettings, {});
  }

  changeSettings(change: StudioSettingsChange): StudioSettings {
    return this.#alone(() => {
      const before = this.settings();
      const settings = {
        ...personalAfter(change, before),
        provider: change.provider ?? before.provider,
        bestBatch: change.bestBatch === undefined ? before.bestBatch : change.bestBatch,
        server: change.server === undefined ? before.server : checkedServer(change.server),
        newProjectModel: change.newProjectModel === undefined ? before.newProjectModel : change.newProjectModel,
        annotator: change.annotator ?? before.annotator,
        updates: change.updates ?? before.updates,
        downloadUpdates: change.downloadUpdates ?? before.downloadUpdates,
      };
      if (settings.provider === 'remote' && settings.server === null)
        throw new Failure(
          'bad-input',
          say('No inference server is set: give its address and the name of the model there first.'),
        );
      // A token is for the machine that it was given for.
      if (originOf(settings.server) !== originOf(before.server)) this.setServerToken(null);
      this.#write('settings.json', settings);
      return settings;
    });
  }

  /** Whether a token for the server is kept; it is told to nobody but the server. */
  hasServerToken(): boolean {
    return this.#serverToken() !== null;
  }

  setServerToken(token: string | null): void {
    this.#write('inference-server-token.json', token);
  }

  /** What computes, as this machine's settings say. */
  computing(): Computing {
    const { provider, server } = this.settings();
    if (provider !== 'remote') return provider;
    return server === null ? 'auto' : { ...server, token: this.#serverToken() };
  }

  #serverToken(): string | null {
    return this.#read('inference-server-token.json', z.string().nullable(), null);
  }

  /** What is one's own of the settings of a person whom a sign-in names. */
  personal(person: string): PersonalSettings {
    return this.#read(`person-${fileNameFor(person)}.json`, personalSettings, {});
  }

  changePersonal(person: string, change: PersonalChange): void {
    this.#write(`person-${fileNameFor(person)}.json`, personalAfter(change, this.personal(person)));
  }

  /** How the window was left, part by part, the latest last; of a person whom a sign-in names, or of this machine's. */
  views(person: string | null = null): readonly KeptView[] {
    return this.#read(viewsFile(person), keptViews, undefined);
  }

  /** An empty text forgets the part. */
  keepView(view: KeptView, person: string | null = null): void {
    const others = this.views(person).filter(({ name }) => name !== view.name);
    this.#write(viewsFile(person), [...others, ...(view.text === '' ? [] : [view])].slice(-mostViews));
  }

  /** The way to compute a model that a trial on a project's frames found; null where none was made. */
  planOf(project: string, model: string): KeptPlan | null {
    return this.#plans().find((kept) => kept.project === project && kept.model === model) ?? null;
  }

  /** Null forgets it. */
  keepPlan(project: string, model: string, plan: KeptPlan | null): void {
    this.#alone(() => {
      const others = this.#plans().filter((kept) => kept.project !== project || kept.model !== model);
      const own = plan === null ? [] : [{ ...plan, project, model }];
      this.#write('plans.json', [...others, ...own].slice(-mostPlans));
    });
  }

  #plans(): z.infer<typeof keptPlans> {
    return this.#read('plans.json', keptPlans, undefined);
  }

  /** What trials of a model, by its name, on a project's frames found last; null where none was made. */
  planReportOf(project: string, model: string): PlanReport | null {
    return this.#planReports().find((kept) => kept.project === project && kept.model === model) ?? null;
  }

  keepPlanReport(project: string, report: PlanReport): void {
    this.#alone(() => {
      const others = this.#planReports().filter((kept) => kept.project !== project || kept.model !== report.model);
      this.#write('plan-reports.json', [...others, { ...report, project }].slice(-mostReports));
    });
  }

  #planReports(): z.infer<typeof keptReports> {
    return this.#read('plan-reports.json', keptReports, undefined);
  }

  /** Newest first. */
  recent(): readonly RecentProject[] {
    return this.#read('recent.json', recentProjects, undefined);
  }

  rememberProject(project: RecentProject): void {
    this.#alone(() => {
      const others = this.recent().filter((other) => other.location !== project.location);
      this.#write('recent.json', [project, ...others].slice(0, longestRecent));
    });
  }

  /** Where models of the hub are kept. */
  get modelsFolder(): string {
    return join(this.#folder, 'models');
  }

  /** Where a model of the hub, `owner/name`, is kept. */
  modelFolder(repository: string): string {
    return join(this.modelsFolder, ...repository.split('/'));
  }

  downloads(): ReturnType<DownloadShelf['downloads']> {
    return this.#read('downloads.json', keptDownloads, undefined);
  }

  setDownloads(downloads: ReturnType<DownloadShelf['downloads']>): void {
    this.#write('downloads.json', downloads);
  }

  machineSpeed(): MachineSpeed {
    return this.#read('machine-speed.json', machineSpeed, undefined);
  }

  setMachineSpeed(speed: MachineSpeed): void {
    this.#write('machine-speed.json', speed);
  }

  models(): readonly AddedModel[] {
    return this.#read('models.json', addedModels, undefined);
  }

  changeModels(change: (models: readonly AddedModel[]) => readonly AddedModel[]): void {
    this.#alone(() => this.#write('models.json', change(this.models())));
  }

  #alone<Result>(change: () => Result): Result {
    return changeAlone(this.#folder, change);
  }

  /** A file that no longer reads is set aside, told of on stderr, and taken as new. */
  #read<Schema extends z.ZodType>(name: string, schema: Schema, missing: unknown): z.infer<Schema> {
    const file = join(this.#folder, name);
    if (!existsSync(file)) return schema.parse(missing);
    try {
      return schema.parse(JSON.parse(readFileSync(file, 'utf8')));
    } catch (error) {
      const aside = `${file}.damaged`;
      renameSync(file, aside);
      process.stderr.write(
        `${file} could not be read (${String(error)}); it is now ${aside} and the defaults are used.\n`,
      );
      return schema.parse(missing);
    }
  }

  #write(name: string, value: unknown): void {
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    // A crash leaves the old file or the new one.
    writeFileAtomic.sync(join(this.#folder, name), `${JSON.stringify(value, null, 2)}\n`);
  }
}
