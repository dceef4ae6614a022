// Two people label one served project: each sees where the other is and what they do, and nobody overwrites the other unseen.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasChromium, launchChromium, type OpenChromium } from '../chromium.ts';
import { ensureBuilt } from '../doubles/built-program.ts';
import { labelledYard } from '../fixtures/labelled-yard.ts';
import { ServedStudio } from '../fixtures/served-studio.ts';
import { serveTeam, type SignInProxy } from '../fixtures/sign-in-proxy.ts';
import { StudioPage } from '../pages/studio-page.ts';

describe.runIf(hasChromium)('a team', () => {
  const studio = new ServedStudio();
  let proxy: SignInProxy;
  const chromiums: OpenChromium[] = [];
  let ana: StudioPage;
  let ben: StudioPage;

  const enter = async (name: string): Promise<StudioPage> => {
    const chromium = await launchChromium();
    chromiums.push(chromium);
    const window = new StudioPage(chromium.context.pages()[0]!);
    window.page.setDefaultTimeout(60_000);
    await window.open(proxy.signInAs(name));
    return window;
  };

  beforeAll(async () => {
    ensureBuilt();
    proxy = await serveTeam(studio, await labelledYard(studio));
    ana = await enter('Ana');
    ben = await enter('Ben');
  });

  afterAll(async () => {
    for (const chromium of chromiums) await chromium[Symbol.asyncDispose]();
    await proxy[Symbol.asyncDispose]();
    await studio[Symbol.asyncDispose]();
  });

  /** Selects the first segment of the timeline, as a screen reader does. */
  const selectFirst = async ({ page }: StudioPage): Promise<void> => {
    const option = page
      .getByRole('listbox', { name: /^Segments of/ })
      .getByRole('option')
      .first();
    await option.waitFor({ state: 'attached' });
    await option.evaluate((element) => (element as HTMLElement).click());
  };
  const note = ({ page }: StudioPage) => page.getByRole('textbox', { name: 'Note' });
  const write = async (window: StudioPage, text: string): Promise<void> => {
    await note(window).fill(text);
    await note(window).press('Control+Enter');
  };

  test('sees who else is here, and what they have selected', async () => {
    await ana.page.getByRole('button', { name: 'Also here: Ben' }).waitFor();
    await selectFirst(ben);
    await ana.page.locator('[data-testid=people-markers] [data-person=Ben]').waitFor();
    await selectFirst(ana);
    await ana.page.getByText('Ben has this selected too').waitFor();
    await ben.page.getByText('Ana has this selected too').waitFor();
  });

  test('sees what the others do as it happens, signed by them', async () => {
    await write(ana, 'seen by Ana');
    await expect.poll(() => note(ben).inputValue()).toBe('seen by Ana');
    await ben.page.getByText('Decided by').waitFor();
    await ben.page.getByText('Ana', { exact: true }).first().waitFor();
  });

  test('is asked where two have changed the same while one was away, with both values', async () => {
    await chromiums[1]!.context.setOffline(true);
    await write(ben, 'Ben, without network');
    await ben.page.getByText('1 change waits for the connection').waitFor();
    await write(ana, 'Ana, meanwhile');
    await ana.savedAll();
    await chromiums[1]!.context.setOffline(false);
    const dialog = ben.dialog('Ana changed a segment that you were changing');
    await dialog.waitFor();
    await dialog.getByRole('cell', { name: 'Ana, meanwhile' }).waitFor();
    await dialog.getByRole('cell', { name: 'Ben, without network' }).waitFor();
    // Nothing has happened yet.
    expect(await note(ana).inputValue()).toBe('Ana, meanwhile');
    await dialog.getByRole('button', { name: 'Use mine' }).click();
    await expect.poll(() => note(ana).inputValue()).toBe('Ben, without network');
  });

  test('takes back one’s own edits alone, and says whose change is in the way', async () => {
    await ana.page.getByRole('option', { name: 'yard.mp4' }).first().click();
    await ana.press('Control+z');
    await ana.seesNotice(/Ben has changed since what “Note on/);
    expect(await note(ben).inputValue()).toBe('Ben, without network');
  });

  test('a window that is closed is no longer there', async () => {
    await chromiums[1]!.context.close();
    await ana.page.getByRole('button', { name: /Also here/ }).waitFor({ state: 'detached' });
  });
});
