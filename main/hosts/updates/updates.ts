import path from 'node:path';
import { Failure } from '#preload/domain/failure.ts';
import { english, say, type Saying, type Told } from '#preload/domain/saying.ts';
import type { StudioSettings } from '#preload/domain/settings.ts';
import type { NewerVersion, UpdateStage, UpdateState } from '#preload/domain/update-state.ts';
import { createUpdater, type Updater } from './create-updater.ts';
import type { ThisCopy } from './this-copy.ts';

interface Surroundings {
  readonly copy: ThisCopy;
  readonly version: string;
  readonly homeFolder: string;
  settings(): Pick<StudioSettings, 'updates' | 'downloadUpdates'>;
  jobsRun(): Promise<boolean>;
  /** Begins to quit; `finish` is called once everything is closed. */
  quit(): void;
  tell(state: UpdateState): void;
}

/**
 * Newer versions of the program. Nothing is asked of anybody while the channel is off. A download is checked against the
 * checksum published with it, and takes this version's place only when the program is quit.
 */
export class Updates {
  readonly #around: Surroundings;
  #stage: UpdateStage = { name: 'idle' };
  #updater: Promise<Updater> | null = null;
  #startsAgain = false;

  constructor(around: Surroundings) {
    this.#around = around;
  }

  state(): UpdateState {
    const { cannot, place } = this.#around.copy;
    return { cannot, place, stage: this.#stage };
  }

  /** At the program's start: looks, and downloads, where the person set it so. */
  async lookAtStart(): Promise<void> {
    if (this.#around.copy.cannot !== null || this.#around.settings().updates === 'off') return;
    await this.look();
    if (this.#stage.name === 'found' && this.#around.settings().downloadUpdates) await this.download();
  }

  /** Looks for a newer version. Fails with `forbidden` where the channel is off or this copy cannot be replaced. */
  async look(): Promise<void> {
    if (['looking', 'downloading', 'ready'].includes(this.#stage.name)) return;
    await this.#attempt(say('No newer version could be looked for'), async (updater) => {
      this.#show({ name: 'looking' });
      const answer = await updater.checkForUpdates();
      if (answer?.isUpdateAvailable !== true) return this.#show({ name: 'newest' });
      const { version, releaseNotes } = answer.updateInfo;
      const notes = typeof releaseNotes === 'string' ? releaseNotes : '';
      this.#show({ name: 'found', newer: { version, notes } });
    });
  }

  /** Downloads the version that was found. Fails as `look` does. */
  async download(): Promise<void> {
    if (this.#stage.name !== 'found') return;
    const { newer } = this.#stage;
    const what = say('Version {{version}} could not be downloaded', { version: newer.version });
    await this.#attempt(what, async (updater) => {
      const onProgress = ({ percent }: { readonly percent: number }): void => this.#showShare(newer, percent / 100);
      this.#showShare(newer, 0);
      updater.on('download-progress', onProgress);
      try {
        await updater.downloadUpdate();
      } finally {
        updater.off('download-progress', onProgress);
      }
      this.#show({ name: 'ready', newer });
    });
  }

  /** Quits, to start as the version that was downloaded. Fails with `project-busy` while jobs run. */
  async restart(): Promise<void> {
    if (this.#stage.name !== 'ready') throw new Failure('not-found', say('No newer version was downloaded.'));
    if (await this.#around.jobsRun()) {
      throw new Failure('project-busy', say('Jobs are running. Restart when they are done, or cancel them.'));
    }
    this.#startsAgain = true;
    this.#around.quit();
  }

  /** The quitting was called off, as by a page that still saves. */
  stay(): void {
    this.#startsAgain = false;
  }

  /** Puts what was downloaded in place, once all is closed. Answers whether the updater itself ends the program. */
  async finish(): Promise<boolean> {
    if (this.#stage.name !== 'ready' || this.#around.settings().updates === 'off') return false;
    const updater = await this.#updater;
    if (updater === null) return false;
    if ('install' in updater) {
      updater.install(true, this.#startsAgain);
      return false;
    }
    // macOS puts it in place by itself when the program has gone.
    if (this.#startsAgain) updater.quitAndInstall();
    return this.#startsAgain;
  }

  async #attempt(what: Saying, work: (updater: Updater) => Promise<void>): Promise<void> {
    const updater = await this.#allowed();
    try {
      await work(updater);
    } catch (error) {
      const problem = say('{{what}}: {{reason}}', { what, reason: reasonOf(error) });
      process.stderr.write(`${english(problem)}\n`);
      this.#show({ name: 'failed', problem });
    }
  }

  async #allowed(): Promise<Updater> {
    const { copy, settings, version, homeFolder } = this.#around;
    if (copy.cannot !== null) throw new Failure('forbidden', copy.cannot);
    const channel = settings().updates;
    if (channel === 'off') throw new Failure('forbidden', say('Updates are off: choose a channel first.'));
    const folder = path.join(homeFolder, 'updates');
    this.#updater ??= createUpdater({ version, configFile: copy.configFile, folder });
    const updater = await this.#updater;
    updater.channel = channel === 'beta' ? 'beta' : 'latest';
    updater.allowPrerelease = channel === 'beta';
    // Setting the channel allows it.
    updater.allowDowngrade = false;
    return updater;
  }

  #showShare(newer: NewerVersion, fraction: number): void {
    this.#show({ name: 'downloading', newer, fraction });
  }

  #show(stage: UpdateStage): void {
    this.#stage = stage;
    this.#around.tell(this.state());
  }
}

function reasonOf(error: unknown): Told {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ERR_CHECKSUM_MISMATCH') return say('the file is not the one that was published, and was thrown away.');
  if (code === 'ERR_UPDATER_CHANNEL_FILE_NOT_FOUND') return say('nothing was published on this channel.');
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return say('the network was not reached.');
  return message.split('\n', 1)[0]!;
}
