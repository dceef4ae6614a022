import { existsSync, readdirSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { Failure } from '#preload/domain/failure.ts';
import { say } from '#preload/domain/saying.ts';
import { modelDownload, type ModelDownload } from '#preload/domain/model-library.ts';
import type { ModelEntry } from '#preload/domain/model.ts';
import { toFailure } from '../failures/to-failure.ts';
import { TimeLeft } from '../progress/time-left.ts';
import { partialFolder } from './download-model.ts';
import type { ModelRegistry } from './model-registry.ts';

/** Downloads that are not over, as a home folder keeps them. */
export const keptDownloads = z
  .array(modelDownload.pick({ repository: true, revision: true, totalBytes: true }))
  .default([]);
type KeptDownload = z.infer<typeof keptDownloads>[number];

/** Where downloads are remembered and put. */
export interface DownloadShelf {
  downloads(): readonly KeptDownload[];
  setDownloads(downloads: readonly KeptDownload[]): void;
  /** Where a model of the hub, `owner/name`, is kept. */
  modelFolder(repository: string): string;
}

/** What the studio does about downloads. */
export interface DownloadNews {
  /** How one stands has changed. */
  changed(): void;
  /** A model was added; what is done about it belongs to its opening. */
  arrived(model: ModelEntry, signal: AbortSignal): Promise<void>;
}

interface RunningDownload {
  readonly stop: AbortController;
  readonly over: Promise<void>;
}

/**
 * Downloads that the studio carries on by itself, whoever looks on. Each can be paused and goes on where it stopped,
 * also after the program was ended, which leaves it paused.
 */
export class ModelDownloads {
  readonly #shelf: DownloadShelf;
  readonly #registry: ModelRegistry;
  readonly #news: DownloadNews;
  readonly #running = new Map<string, RunningDownload>();
  /** How each that was begun here stands, or stopped. */
  readonly #told = new Map<string, ModelDownload>();

  constructor(shelf: DownloadShelf, registry: ModelRegistry, news: DownloadNews) {
    this.#shelf = shelf;
    this.#registry = registry;
    this.#news = news;
  }

  list(): ModelDownload[] {
    return this.#shelf.downloads().map((kept) => {
      const told = this.#told.get(kept.repository);
      if (told !== undefined) return told;
      const doneBytes = this.#arrivedBytes(kept.repository);
      return { ...kept, state: 'paused', doneBytes, remainingS: null, failure: null };
    });
  }

  /** Begins to bring a model, or goes on where that stopped; nothing where it is on its way. */
  start(repository: string, revision: string): void {
    if (this.#running.has(repository)) return;
    const known = this.list().find((one) => one.repository === repository);
    const begun = { repository, revision, totalBytes: known?.totalBytes ?? null };
    this.#keep(begun);
    this.#tell({
      ...begun,
      state: 'running',
      doneBytes: this.#arrivedBytes(repository),
      remainingS: null,
      failure: null,
    });
    const stop = new AbortController();
    this.#running.set(repository, { stop, over: this.#carryOn(begun, stop.signal) });
  }

  /** Resolves when it has stopped; what has arrived is kept. */
  async pause(repository: string): Promise<void> {
    const running = this.#running.get(repository);
    running?.stop.abort(new Failure('cancelled', say('The download of {{repository}} was paused.', { repository })));
    await running?.over;
  }

  /** Stops it and removes what has arrived. */
  async discard(repository: string): Promise<void> {
    await this.pause(repository);
    await rm(partialFolder(this.#shelf.modelFolder(repository)), { recursive: true, force: true });
    this.#forget(repository);
    this.#news.changed();
  }

  /** Pauses all of them. */
  async close(): Promise<void> {
    await Promise.all([...this.#running.keys()].map((repository) => this.pause(repository)));
  }

  async #carryOn({ repository, revision, totalBytes }: KeptDownload, signal: AbortSignal): Promise<void> {
    const timeLeft = new TimeLeft();
    let latest: ModelDownload = this.#told.get(repository)!;
    const tell = (change: Partial<ModelDownload>) => this.#tell((latest = { ...latest, ...change }));
    try {
      const telling = this.#registry.download({ repository, revision }, signal);
      let step = await telling.next();
      for (; !step.done; step = await telling.next()) {
        const { doneBytes, totalBytes: all } = step.value;
        if (all !== totalBytes) this.#keep({ repository, revision, totalBytes: (totalBytes = all) });
        const remainingS = timeLeft.estimate(all > 0 ? doneBytes / all : 1);
        tell({ doneBytes, totalBytes: all, remainingS, state: doneBytes === all ? 'opening' : 'running' });
      }
      tell({ state: 'opening', remainingS: null });
      await this.#news.arrived(step.value, signal);
      this.#forget(repository);
      this.#news.changed();
    } catch (error) {
      const stopped = signal.aborted
        ? ({ state: 'paused' } as const)
        : ({ state: 'failed', failure: toFailure(error).toValue() } as const);
      tell({ ...stopped, doneBytes: this.#arrivedBytes(repository), remainingS: null });
    } finally {
      this.#running.delete(repository);
    }
  }

  /** Of one that is not whole. */
  #arrivedBytes(repository: string): number {
    return bytesIn(partialFolder(this.#shelf.modelFolder(repository)));
  }

  #tell(download: ModelDownload): void {
    this.#told.set(download.repository, download);
    this.#news.changed();
  }

  #keep(download: KeptDownload): void {
    const others = this.#shelf.downloads().filter(({ repository }) => repository !== download.repository);
    this.#shelf.setDownloads([...others, download]);
  }

  #forget(repository: string): void {
    this.#told.delete(repository);
    this.#shelf.setDownloads(this.#shelf.downloads().filter((one) => one.repository !== repository));
  }
}

/** All files under a folder together; 0 where there is none. */
function bytesIn(folder: string): number {
  if (!existsSync(folder)) return 0;
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.reduce((sum, { parentPath, name }) => sum + statSync(path.join(parentPath, name)).size, 0);
}
