import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ProjectInfo } from '#preload/contract/projects.ts';
import type { ActionClass } from '#preload/domain/action-class.ts';
import type { Edit } from '#preload/domain/edit.ts';
import { Failure } from '#preload/domain/failure.ts';
import { FrameTable } from '#preload/domain/frame-table.ts';
import type { ScorerQuestion } from '#preload/domain/scorer-version.ts';
import type { ProjectSettings, ProjectSettingsChange } from '#preload/domain/settings.ts';
import { changesScoring } from '../annotation/changes-scoring.ts';
import { EditLog } from '../annotation/edit-log.ts';
import type { ProjectDatabase } from '../database/project-database.ts';
import type { StoredVideo } from '../database/videos-table.ts';
import { LeastRecentlyUsed } from '../engine/memory/least-recently-used.ts';
import type { IndexedMedia, ModelChoice, ScorerChoice } from '../engine/tasks.ts';
import { JobQueue } from '../jobs/job-queue.ts';
import { jobRunners } from '../jobs/job-runners.ts';
import { requestRescore } from '../jobs/rescore-job.ts';
import { TrainingCurve } from '../jobs/training-curve.ts';
import { toFailure } from '../studio/to-failure.ts';
import type { Studio } from '../studio/studio.ts';
import { changesOfEdit } from './changes-of-edit.ts';
import { LearnFromEdits } from './learn-from-edits.ts';
import { findMedia, mediaPath, searchMedia, sizeOf } from './media-locator.ts';
import { openProjectFolder, projectName } from './project-folder.ts';
import type { OpenFolder, ProjectFolder } from './project-folder.ts';
import { checkScorerSettings, withScorerVersion } from './scorer-choice.ts';
import { liveScorerVersion, scorerVersionFile } from './scorer-versions.ts';

/** Frames whose times are kept in memory, over all videos: some twenty hours of video, 16 MB. */
const keptFrames = 2_000_000;

/** The project that is open: its rows, its edit log, its jobs and its media. */
export class OpenProject {
  readonly studio: Studio;
  readonly folder: ProjectFolder;
  readonly database: ProjectDatabase;
  readonly edits: EditLog;
  readonly jobs: JobQueue;
  readonly training = new TrainingCurve();
  /** A tuning of the scorer that waits for a person's word. */
  scorerQuestion: ScorerQuestion | null = null;
  readonly #open: OpenFolder;
  readonly #closing = new AbortController();
  readonly #frames = new LeastRecentlyUsed<FrameTable>(keptFrames);
  readonly #learning = new LearnFromEdits(this);

  /** Fails as `openProjectFolder` does. */
  constructor(path: string, studio: Studio) {
    this.studio = studio;
    this.#open = openProjectFolder(path, studio.version);
    this.folder = this.#open.folder;
    this.database = this.#open.opened.database;
    this.edits = new EditLog(this.database, (edit) => this.#edited(edit));
    this.jobs = new JobQueue(this.database, jobRunners(this), (job) => studio.changes.publish({ topic: 'job', job }));
  }

  /** Takes up unfinished jobs and looks for files that are no longer where they were. */
  start(): void {
    if (this.readOnly) return;
    this.jobs.start();
    void this.#findLostMedia();
  }

  get name(): string {
    return projectName(this.folder.path);
  }

  get readOnly(): boolean {
    return this.#open.lock === null;
  }

  get settings(): ProjectSettings {
    return this.database.settings.read();
  }

  /** Aborts when the project closes. */
  get closing(): AbortSignal {
    return this.#closing.signal;
  }

  info(): ProjectInfo {
    return {
      name: this.name,
      location: this.folder.path,
      readOnly: this.readOnly,
      isSample: this.studio.home.isSample(this.folder.path),
      videoCount: this.database.videos.present().length,
      settings: this.settings,
    };
  }

  /** Another model, sampling rate or set of texts makes stored proposals outdated: they are scored again. */
  changeSettings(wanted: ProjectSettingsChange): ProjectSettings {
    const change = withScorerVersion(this.settings, wanted);
    checkScorerSettings(this.settings, change, (name) => this.studio.models.get(name));
    this.database.transaction(() => this.database.settings.write(change));
    this.studio.changes.publish({ topic: 'project' });
    const { scoreThreshold, automaticTuning: _, ...scoring } = change;
    if (Object.values(scoring).some((value) => value !== undefined)) {
      this.studio.changes.publish({ topic: 'videos', videoIds: [] });
      requestRescore(this);
    }
    if (scoreThreshold !== undefined) this.studio.changes.publish({ topic: 'segments', videoIds: [] });
    return this.settings;
  }

  /** Fails with `not-found` for an unknown or removed video. */
  video(videoId: number): StoredVideo {
    const video = this.database.videos.get(videoId);
    if (video === null || video.removed)
      throw new Failure('not-found', `There is no video ${videoId} in this project.`, { videoId });
    return video;
  }

  /** Fails with `not-found` for an unknown or removed class. */
  actionClass(classId: number): ActionClass {
    const found = this.database.classes.get(classId);
    if (found === null || found.removed)
      throw new Failure('not-found', `There is no class ${classId} in this project.`, { classId });
    return found;
  }

  /** Fails with `not-found` for an unknown video. */
  frames(videoId: number): FrameTable {
    const known = this.#frames.get(String(videoId));
    if (known !== undefined) return known;
    const stored = this.database.videos.frames(videoId);
    if (stored === null) throw new Failure('not-found', `There is no video ${videoId} in this project.`, { videoId });
    const table = FrameTable.fromArray(stored);
    this.#frames.set(String(videoId), table, table.frameCount);
    return table;
  }

  /** Where a video's file is now; null where it is missing. */
  mediaOf(video: StoredVideo): string | null {
    return findMedia(this.folder.path, video);
  }

  /** The file and frame table for the engine. Fails with `not-found` where the file is missing. */
  indexedMedia(videoId: number): IndexedMedia {
    const video = this.video(videoId);
    const path = this.mediaOf(video);
    if (path === null) {
      throw new Failure(
        'not-found',
        `${video.name} is missing (it was at ${video.absolutePath}): put it back or relink it.`,
        {
          videoId,
          path: video.absolutePath,
        },
      );
    }
    return { path, checksum: video.checksum, frames: this.frames(videoId).toArray() };
  }

  /** The copy that a browser can play, where one is made. */
  proxyOf(video: StoredVideo): string | null {
    if (video.proxy === null) return null;
    const path = join(this.folder.proxies, video.proxy);
    return existsSync(path) ? path : null;
  }

  /** Remembers where a video's file is now. */
  setMediaPath(videoId: number, path: string): void {
    const sizeBytes = sizeOf(path) ?? 0;
    this.database.transaction(() =>
      this.database.videos.setPath(videoId, mediaPath(this.folder.path, path, sizeBytes)),
    );
    this.studio.changes.publish({ topic: 'videos', videoIds: [videoId] });
  }

  /** The project's model as the engine takes it; null while none is chosen. Fails with `not-found` for one that is not added here. */
  modelChoice(): (ModelChoice & { readonly name: string }) | null {
    const { model } = this.settings;
    if (model === null) return null;
    return {
      name: model,
      folder: this.studio.models.get(model).folder,
      provider: this.studio.home.settings().provider,
    };
  }

  /** The scorer of clips as the engine takes it; null where frame features score. Fails with `not-found` for one that is not added here. */
  scorerChoice(): ScorerChoice | null {
    const { scorer, scorerModel } = this.settings;
    if (scorer === 'clip' || scorerModel === null) return null;
    const { folder } = this.studio.models.get(scorerModel);
    const version = liveScorerVersion(this.folder.tuned, this.settings);
    const tunedFile = version === null ? null : scorerVersionFile(this.folder.tuned, version.id);
    return { mode: scorer, model: { folder, provider: this.studio.home.settings().provider, tunedFile } };
  }

  /** Videos with stored features of the current model and sampling rate. */
  embeddedVideoIds(): ReadonlySet<number> {
    return new Set([...this.#featureKeys()].filter(([, key]) => this.#isStored(key)).map(([id]) => id));
  }

  /** Whether one of these videos has them: for that, not every file is looked for. */
  isAnyEmbedded(videoIds: ReadonlySet<number>): boolean {
    return [...this.#featureKeys()].some(([id, key]) => videoIds.has(id) && this.#isStored(key));
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.jobs.close();
    this.#open.opened.close((error) => {
      process.stderr.write(`The project was closed without a new backup: ${String(error)}\n`);
    });
    this.#open.lock?.release();
  }

  #featureKeys(): ReadonlyMap<number, string> {
    const { model, samplingFps } = this.settings;
    return model === null ? new Map() : this.database.videos.featureKeys(model, samplingFps);
  }

  #isStored(featureKey: string): boolean {
    return existsSync(join(this.folder.features, `${featureKey}.npy`));
  }

  #edited(edit: Edit): void {
    const allVideoIds = () => this.database.videos.present().map(({ id }) => id);
    for (const change of changesOfEdit(edit, allVideoIds)) this.studio.changes.publish(change);
    this.#learning.edited(edit);
    try {
      if (changesScoring(edit)) requestRescore(this);
    } catch (error) {
      // The edit itself is stored; proposals follow with the next change of classes.
      process.stderr.write(`Scoring again could not be queued: ${toFailure(error).message}\n`);
    }
  }

  async #findLostMedia(): Promise<void> {
    const lost = this.database.videos.present().filter((video) => this.mediaOf(video) === null);
    if (lost.length === 0) return;
    await searchMedia(this.folder.path, lost, (video, path) => this.setMediaPath(video.id, path), this.closing);
  }
}
