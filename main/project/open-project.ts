import { EventEmitter } from 'node:events';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Change } from '#preload/contract/changes.ts';
import type { ProjectInfo } from '#preload/contract/projects.ts';
import type { ActionClass } from '#preload/domain/action-class.ts';
import type { Attribute } from '#preload/domain/attribute.ts';
import type { Edit } from '#preload/domain/edit.ts';
import { Failure } from '#preload/domain/failure.ts';
import { say } from '#preload/domain/saying.ts';
import { FrameTable } from '#preload/domain/frame-table.ts';
import type { Computing } from '#preload/domain/inference-server.ts';
import type { KeptPlan, PlanReport } from '#preload/domain/compute-plan.ts';
import type { ModelEntry } from '#preload/domain/model.ts';
import type { Recording } from '#preload/domain/recording.ts';
import type { ProjectSettings, ProjectSettingsChange, StudioSettings } from '#preload/domain/settings.ts';
import type { FileFingerprint } from '#preload/domain/video-facts.ts';
import { EditLog } from '../annotation/edit-log.ts';
import type { ProjectDatabase } from '../database/project-database.ts';
import type { StoredVideo } from '../database/videos-table.ts';
import { toFailure } from '../failures/to-failure.ts';
import { LeastRecentlyUsed } from '../engine/memory/least-recently-used.ts';
import type { IndexedMedia, ModelChoice } from '../engine/vocabulary.ts';
import { changesOfEdit } from './changes-of-edit.ts';
import { toldCounts } from './told-counts.ts';
import { checkScorerSettings } from './check-scorer.ts';
import { seenAs, type FeatureSettings } from './feature-settings.ts';
import { fingerprintOf } from './media-fingerprint.ts';
import { findMedia, mediaPath, mediaPlaces, searchMedia, sizeOf } from './media-locator.ts';
import { anotherFile, MediaWatch } from './media-watch.ts';
import type { ProjectFolder } from './folder-parts.ts';
import { openProjectFolder, projectName, type OpenFolder } from './project-folder.ts';

/** Frames whose times are kept in memory, over all videos: some twenty hours of video, 16 MB. */
const keptFrames = 2_000_000;

/** What an open project takes from the studio around it. */
export interface ProjectSurroundings {
  readonly version: string;
  readonly models: { get(name: string): ModelEntry };
  readonly home: {
    settings(): StudioSettings;
    computing(): Computing;
    isSample(projectPath: string): boolean;
    planOf(project: string, model: string): KeptPlan | null;
    planReportOf(project: string, model: string): PlanReport | null;
    keepPlanReport(project: string, report: PlanReport): void;
    keepPlan(project: string, model: string, plan: KeptPlan | null): void;
  };
  readonly changes: { publish(change: Change): void };
}

/** What a project announces, when it is stored. Whoever listens acts on it; the project knows nobody of them. */
interface ProjectNews {
  edited: [edit: Edit];
  /** The settings by which proposals are scored are others now. */
  scoredOtherwise: [];
}

/** The facts of the project that is open: its rows, its edit log, its settings and its media. */
export class OpenProject {
  readonly folder: ProjectFolder;
  readonly database: ProjectDatabase;
  readonly edits: EditLog;
  readonly news = new EventEmitter<ProjectNews>();
  /** The video that a person has before them, as far as is known; it comes first. */
  videoInView: number | null = null;
  readonly #surroundings: ProjectSurroundings;
  readonly #open: OpenFolder;
  readonly #closing = new AbortController();
  readonly #frames = new LeastRecentlyUsed<FrameTable>(keptFrames);
  readonly #watch = new MediaWatch(
    this.#closing.signal,
    (video, seen) => {
      if (!this.readOnly) this.database.relaxedTransaction(() => this.#setSeen(video.id, seen));
    },
    (video) => this.publish({ topic: 'videos', videoIds: [video.id] }),
  );
  readonly #inode: bigint | null;

  /** `isSound` says that it was looked over. Fails as `openProjectFolder` does. */
  constructor(path: string, surroundings: ProjectSurroundings, isSound = false) {
    this.#surroundings = surroundings;
    this.#open = openProjectFolder(path, surroundings.version, isSound);
    this.folder = this.#open.folder;
    this.database = this.#open.opened.database;
    this.#inode = inodeOf(this.folder.path);
    this.database.askBeforeWriting(() => this.ensureInPlace());
    this.edits = new EditLog(
      this.database,
      (edit) => this.#edited(edit),
      () => surroundings.home.settings().annotator,
    );
  }

  /** Looks for files that are no longer where they were. */
  async findLostMedia(): Promise<void> {
    const lost = this.database.videos.present().filter((video) => this.mediaOf(video) === null);
    if (lost.length === 0) return;
    await searchMedia(this.folder.path, lost, (video, path) => this.setMediaPath(video.id, path), this.closing);
  }

  /**
   * Fails with `not-found` once the folder was moved or deleted while it is open: what is written then would be lost with
   * it, or be where nobody looks.
   */
  ensureInPlace(): void {
    const { path } = this.folder;
    if (inodeOf(path) === this.#inode) return;
    throw new Failure(
      'not-found',
      say(
        'The project is no longer at {{path}}: it was moved or deleted while it was open, and nothing more is stored. Put it back, or open it where it is now.',
        { path },
      ),
      { path },
    );
  }

  /** Of the program, as exports name it. */
  get appVersion(): string {
    return this.#surroundings.version;
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
      isSample: this.#surroundings.home.isSample(this.folder.path),
      videoCount: this.database.videos.present().length,
      settings: this.settings,
    };
  }

  /** Another model, sampling rate or set of texts makes stored proposals outdated: they are scored again. */
  changeSettings(change: ProjectSettingsChange): ProjectSettings {
    const { scorerModel } = this.settings;
    checkScorerSettings(this.settings, change, (name) => this.#surroundings.models.get(name));
    this.database.transaction(() => {
      this.database.settings.write(change);
      // Another scorer begins as it was published; its versions wait to be chosen again.
      if (this.settings.scorerModel !== scorerModel) this.database.versions.setLive('scorer', null);
    });
    const { scenes: _scenes, ...others } = change;
    // Which views are beside which is seen by the player alone.
    this.publish({ topic: Object.keys(others).length > 0 ? 'project' : 'settings' });
    const { scoreThreshold, automaticTuning: _, tableColumns: __, ...scoring } = others;
    if (Object.values(scoring).some((value) => value !== undefined)) {
      this.publish({ topic: 'videos', videoIds: [] });
      this.news.emit('scoredOtherwise');
    }
    if (scoreThreshold !== undefined) this.publish({ topic: 'segments', videoIds: [] });
    return this.settings;
  }

  /** Fails with `not-found` for an unknown or removed video. */
  video(videoId: number): StoredVideo {
    const video = this.database.videos.get(videoId);
    if (video === null || video.removed) throw noVideo(videoId);
    return video;
  }

  /** Fails with `not-found` for an unknown or removed attribute. */
  attribute(attributeId: number): Attribute {
    const found = this.database.attributes.get(attributeId);
    if (found?.removed === false) return found;
    const said =
      found === null
        ? say('There is no attribute {{id}} in this project.', { id: String(attributeId) })
        : say("The attribute '{{name}}' was removed in this project.", { name: found.name });
    throw new Failure('not-found', said, { attributeId });
  }

  /** Fails with `not-found` for one that is not there, or whose video is not. */
  recording(recordingId: number): Recording {
    const found = this.database.recordings.get(recordingId);
    if (found === null)
      throw new Failure('not-found', say('This recording is no longer there: it was removed.'), { recordingId });
    this.video(found.videoId);
    return found;
  }

  /** Fails with `not-found` for an unknown or removed class. */
  actionClass(classId: number): ActionClass {
    const found = this.database.classes.get(classId);
    if (found?.removed === false) return found;
    const why =
      found === null
        ? say('There is no class {{id}} in this project.', { id: String(classId) })
        : say("The class '{{name}}' is no longer there: it was removed.", { name: found.name });
    throw new Failure('not-found', why, { classId });
  }

  /** The class that a label is to get: where that one was merged into another meanwhile, the other. Fails as `actionClass`. */
  classToGive(classId: number): ActionClass {
    const followed = new Set<number>();
    let id = classId;
    while (!followed.has(id)) {
      followed.add(id);
      const row = this.database.classes.get(id);
      if (row?.removed === true && row.mergedInto !== undefined) id = row.mergedInto;
    }
    return this.actionClass(id);
  }

  /** Fails with `not-found` for an unknown video. */
  frames(videoId: number): FrameTable {
    const known = this.#frames.get(String(videoId));
    if (known !== undefined) return known;
    const stored = this.database.videos.frames(videoId);
    if (stored === null) throw noVideo(videoId);
    const table = FrameTable.fromArray(stored);
    this.#frames.set(String(videoId), table, table.frameCount);
    return table;
  }

  /** Where a video's file is now; null where it is missing, or known to be another one. */
  mediaOf(video: StoredVideo): string | null {
    const path = findMedia(this.folder.path, video);
    return path === null || this.#watch.isChanged(video, path) ? null : path;
  }

  /** The file that stands where a video's should, where it is known to be another one; null elsewhere. */
  replacementOf(video: StoredVideo): string | null {
    const isAnother = (path: string): boolean => {
      const size = sizeOf(path);
      return size !== null && (size !== video.sizeBytes || this.#watch.isChanged(video, path));
    };
    return this.mediaOf(video) === null ? (mediaPlaces(this.folder.path, video).find(isAnother) ?? null) : null;
  }

  /** The file and frame table for the engine. Fails with `not-found` where the file is missing or another one by now. */
  indexedMedia(videoId: number): IndexedMedia {
    const video = this.video(videoId);
    const path = findMedia(this.folder.path, video);
    if (path === null) {
      const replacement = this.replacementOf(video);
      if (replacement !== null) throw anotherFile(video, replacement);
      throw new Failure(
        'not-found',
        say('{{name}} is missing (it was at {{path}}): put it back or relink it.', {
          name: video.name,
          path: video.absolutePath,
        }),
        {
          videoId,
          path: video.absolutePath,
        },
      );
    }
    this.#watch.ensureUnchanged(video, path);
    return { path, checksum: video.checksum, frames: this.frames(videoId).toArray() };
  }

  /** The copy that a browser can play, where one is made. */
  proxyOf(video: StoredVideo): string | null {
    if (video.proxy === null) return null;
    const path = join(this.folder.proxies, video.proxy);
    return existsSync(path) ? path : null;
  }

  /** Remembers where a video's file is now; its content is known to be the same. */
  setMediaPath(videoId: number, path: string): void {
    const sizeBytes = sizeOf(path) ?? 0;
    this.database.transaction(() => {
      this.database.videos.setPath(videoId, mediaPath(this.folder.path, path, sizeBytes));
      this.#setSeen(videoId, fingerprintOf(path));
    });
    this.publish({ topic: 'videos', videoIds: [videoId] });
  }

  /** The project's model as the engine takes it; null while none is chosen. Fails with `not-found` for one that is not added here. */
  modelChoice(
    { model, framing, shareStill, featureNumbers: numbers } = this.settings,
  ): (ModelChoice & { readonly name: string }) | null {
    if (model === null) return null;
    const { plan, batch } = this.keptPlan(model) ?? {};
    const found = plan === undefined ? {} : { provider: plan, ...(batch !== null && { batch }) };
    return { name: model, ...this.modelNamed(model), ...found, framing, shareStill, numbers };
  }

  /** How this project's frames are read by a model where the settings leave it to trials; null where none was made, or they do not. */
  keptPlan(model: string): KeptPlan | null {
    const { home, models } = this.#surroundings;
    return home.computing() === 'auto' ? home.planOf(this.folder.path, models.get(model).folder) : null;
  }

  /** Null forgets it. */
  keepPlan(model: string, plan: KeptPlan | null): void {
    const { home, models } = this.#surroundings;
    home.keepPlan(this.folder.path, models.get(model).folder, plan);
  }

  /** What the last trial of every way to compute the project's model found on its frames; null where none was made. */
  planReport(): PlanReport | null {
    const { model } = this.settings;
    return model === null ? null : this.#surroundings.home.planReportOf(this.folder.path, model);
  }

  keepPlanReport(report: PlanReport): void {
    this.#surroundings.home.keepPlanReport(this.folder.path, report);
  }

  /** Any model that was added, as the engine takes it. Fails with `not-found` for one that was not. */
  modelNamed(name: string): ModelChoice {
    const { home, models } = this.#surroundings;
    const { bestBatch } = home.settings();
    const provider = home.computing();
    return {
      folder: models.get(name).folder,
      provider,
      ...(bestBatch?.provider === provider && { batch: bestBatch.frames }),
    };
  }

  /** Videos with stored features of a model and sampling rate: the current ones, or others. */
  embeddedVideoIds(of: FeatureSettings = this.settings): ReadonlySet<number> {
    return new Set([...this.#featureKeys(of)].filter(([, key]) => this.#isStored(key)).map(([id]) => id));
  }

  /** Whether one of these videos, or any at all, has them: for that, not every file is looked for. */
  isAnyEmbedded(videoIds?: ReadonlySet<number>): boolean {
    return [...this.#featureKeys(this.settings)].some(
      ([id, key]) => (videoIds?.has(id) ?? true) && this.#isStored(key),
    );
  }

  /** Tells of a change to everybody who looks at the project. */
  publish(change: Change): void {
    this.#surroundings.changes.publish(change);
  }

  /** Aborts `closing`, waits until `workEnds`, backs up and closes. */
  async close(workEnds: () => Promise<void>): Promise<void> {
    this.#closing.abort();
    await workEnds();
    try {
      if (!this.readOnly) this.ensureInPlace();
      await this.#open.opened.backUp();
    } catch (error) {
      process.stderr.write(`The project was closed without a new backup: ${toFailure(error).message}\n`);
    }
    this.#open.opened.close();
    this.#open.lock?.release();
  }

  /** Remembers under which key a video's features are stored. */
  setFeatureKey(videoId: number, settings: FeatureSettings, key: string): void {
    this.database.transaction(() =>
      this.database.videos.setFeatureKey(videoId, seenAs(settings.model!, settings), settings.samplingFps, key),
    );
  }

  #featureKeys(settings: FeatureSettings): ReadonlyMap<number, string> {
    const { model, samplingFps } = settings;
    return model === null ? new Map() : this.database.videos.featureKeys(seenAs(model, settings), samplingFps);
  }

  #isStored(featureKey: string): boolean {
    return existsSync(join(this.folder.features, `${featureKey}.npy`));
  }

  #setSeen(videoId: number, seen: FileFingerprint): void {
    const { videos } = this.database;
    videos.setFacts(videoId, { ...videos.get(videoId)!.facts, seen });
  }

  #edited(edit: Edit): void {
    const changes = changesOfEdit(edit, {
      allVideoIds: () => this.database.videos.present().map(({ id }) => id),
      countsOf: (of) => toldCounts(this.database, this.settings.scoreThreshold, of),
    });
    for (const change of changes) this.publish(change);
    this.news.emit('edited', edit);
  }
}

const noVideo = (videoId: number): Failure =>
  new Failure('not-found', say('There is no video {{id}} in this project.', { id: String(videoId) }), { videoId });

/** What tells a folder from another one at its path; null where there is none. */
const inodeOf = (path: string): bigint | null => statSync(path, { bigint: true, throwIfNoEntry: false })?.ino ?? null;
