import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { readNumber } from '../clips/numbered-clip.ts';

/** Pixels per side to which the picture on screen is brought before it is read. */
const readingSize = 64;

/** The studio's window as a person meets it: names, roles and keys. Everything waits for what can be seen. */
export class StudioPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Opens a link, and waits until the welcome screen or the studio stands. */
  async open(link: string): Promise<void> {
    await this.page.goto(link);
    await this.page.getByRole('main').waitFor();
  }

  /** Keys one after the other, each let go before the next: `Control+Shift+A`, `ArrowDown`. */
  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text);
  }

  dialog(name: string | RegExp): Locator {
    return this.page.getByRole('dialog', { name });
  }

  panel(name: string): Locator {
    return this.page.getByRole('region', { name });
  }

  /** Waits for words in the notice at the top of the window. */
  async seesNotice(text: RegExp, timeout = 60_000): Promise<void> {
    await this.page.locator('.MuiSnackbar-root').getByText(text).waitFor({ timeout });
  }

  /** Waits for what is said to screen readers alone, because what is on screen shows it already. */
  async hears(text: RegExp, timeout = 60_000): Promise<void> {
    await expect
      .poll(() => this.page.locator('[role=log][aria-live=polite] > *').allTextContents(), { timeout })
      .toContainEqual(expect.stringMatching(text));
  }

  /** Runs a command from the palette by its name, with keys alone. */
  async command(name: string): Promise<void> {
    await this.press('Control+k');
    await this.page.getByRole('combobox', { name: 'Command' }).waitFor();
    await this.type(name);
    await this.page.getByRole('option', { name, exact: false, selected: true }).waitFor();
    await this.press('Enter');
    await this.dialog('Command palette').waitFor({ state: 'detached' });
  }

  /** Opens the settings at a tab, does something there, and closes them. */
  async inSettings(tab: 'Models' | 'Proposals', does: (settings: Locator) => Promise<void>): Promise<void> {
    await this.command('Model and provider');
    const settings = this.dialog('Settings');
    await settings.getByRole('tab', { name: tab }).click();
    await does(settings);
    await this.press('Escape');
    await settings.waitFor({ state: 'detached' });
  }

  /** Shows all proposals: a model of random weights is sure of none. */
  async showEveryProposal(): Promise<void> {
    await this.inSettings('Proposals', async (settings) => {
      await settings.getByRole('slider', { name: /Show proposals/ }).press('Home');
      await settings.getByText('score at least 0 %').waitFor();
    });
  }

  /** Lets the project use a model that was added. */
  async useModel(name: string): Promise<void> {
    await this.inSettings('Models', async (settings) => {
      const choice = settings.getByRole('radio', { name });
      await choice.click();
      await expect.poll(() => choice.isChecked()).toBe(true);
    });
  }

  /** Answers the studio's file dialog: types the folder's path and chooses the entries by name, with keys alone. */
  async choosePlaces(title: string, folder: string, names: readonly string[], confirm: string): Promise<void> {
    const dialog = this.dialog(title);
    const path = dialog.getByRole('textbox', { name: /^Path/ });
    const list = dialog.getByRole('listbox', { name: 'Folder contents' });
    // A folder without anything to choose has words in place of a list.
    await list.or(dialog.getByText('Nothing to choose in this folder')).waitFor();
    await path.focus();
    await path.fill(folder);
    await this.press('Enter');
    if (names.length === 0) await dialog.getByText(`this folder: ${folder}`).waitFor();
    for (const [index, name] of names.entries()) {
      const entry = dialog.getByRole('option').filter({ has: this.page.getByText(name, { exact: true }) });
      await entry.click(index > 0 ? { modifiers: ['Control'] } : {});
    }
    await dialog.getByRole('button', { name: confirm }).click();
    await dialog.waitFor({ state: 'detached' });
  }

  /** The jobs in the status bar: "No jobs running", "2 jobs · 40 %", "1 job failed". */
  async jobs(): Promise<string> {
    return (await this.page.getByRole('button', { name: /^Jobs:/ }).textContent()) ?? '';
  }

  /** Waits until no job waits or runs. Only after something on screen has shown that the jobs were asked for. */
  async jobsAreOver(timeout = 300_000): Promise<void> {
    await expect.poll(() => this.jobs(), { timeout }).toMatch(/^No jobs running|failed$/);
  }

  /** Waits until nothing fades or slides; clips play round and round for ever. */
  async nothingMoves(): Promise<void> {
    await this.page.waitForFunction(() =>
      document
        .getAnimations()
        .every(({ playState, effect }) => playState !== 'running' || effect?.getTiming().iterations === Infinity),
    );
  }

  async savedAll(): Promise<void> {
    await this.page.getByRole('status').getByText('All changes saved').waitFor();
  }

  /** Videos of the library as they are spoken. */
  get videos(): Locator {
    return this.panel('Library').getByRole('option');
  }

  /** What shows the video: a player, or single pictures until it can be played. */
  get picture(): Locator {
    return this.panel('Player').locator('video, canvas');
  }

  /** Selects a video in the library and goes over to the player, where Home and End mean frames. */
  async showVideo(name: string): Promise<void> {
    await this.videos.filter({ hasText: name }).first().click();
    await this.picture.and(this.page.getByLabel(name, { exact: true })).waitFor();
    await this.panel('Player').focus();
  }

  /** Segments of the selected video as they are spoken: "jumping, 1.2 s to 3 s, proposed, score 0.41". */
  get segments(): Locator {
    return this.page.getByRole('listbox', { name: /^Segments of/ }).getByRole('option');
  }

  /** Those that a person accepted; proposals come and go as jobs end and the model learns. */
  get acceptedSegments(): Locator {
    return this.segments.filter({ hasText: ', accepted' });
  }

  get selectedSegment(): Locator {
    return this.page.getByRole('listbox', { name: /^Segments of/ }).getByRole('option', { selected: true });
  }

  /** The number over the picture as it runs. */
  shownNumber(): Promise<number> {
    return numberIn(this.page.getByTestId('frame-readout'));
  }

  /** The number over the picture, once the player has confirmed that this very frame is shown. */
  frameNumber(): Promise<number> {
    return numberIn(this.page.locator('[data-testid=frame-readout][data-settled=true]'));
  }

  /** Brings a frame on screen by its number, with keys. */
  async goToFrame(frame: number): Promise<void> {
    await this.#goTo(`#${frame}`);
    await expect.poll(() => this.frameNumber()).toBe(frame);
  }

  /** Brings the frame at a time on screen, such as `12` in seconds, with keys; the timeline has the keys afterwards. */
  async goToTime(time: string): Promise<void> {
    await this.#goTo(time);
    await this.panel('Timeline').focus();
  }

  async #goTo(place: string): Promise<void> {
    // Nothing can be gone to before the first picture is there.
    await this.frameNumber();
    await this.press('g');
    await this.page.getByRole('textbox', { name: /^Time, as/ }).waitFor();
    await this.type(place);
    await this.press('Enter');
  }

  /** The number painted in the picture of a numbered clip; null where none can be read. */
  async paintedNumber(): Promise<number | null> {
    const pixels = await this.picture.evaluate((picture, size) => {
      const canvas = new OffscreenCanvas(size, size);
      const painter = canvas.getContext('2d', { willReadFrequently: true })!;
      painter.drawImage(picture as HTMLVideoElement | HTMLCanvasElement, 0, 0, size, size);
      return Array.from(painter.getImageData(0, 0, size, size).data);
    }, readingSize);
    return readNumber(pixels, readingSize, readingSize, 4);
  }

  /** Waits until the number over the picture is `frame`, and answers the one painted in it then. */
  async pictureOfFrame(frame: number): Promise<number | null> {
    await expect.poll(() => this.frameNumber()).toBe(frame);
    return this.paintedNumber();
  }
}

async function numberIn(readout: Locator): Promise<number> {
  return Number(/^#(\d+)/.exec((await readout.textContent()) ?? '')?.[1]);
}
