// A newcomer's first lesson on the sample: eight corrections, Teach, words about what it brought, clips behind the words,
// what would teach most next, using what was learned whatever it brought, and going back.
import { describe, expect, test } from 'vitest';
import { hasChromium } from '../chromium.ts';
import { setOut } from '../fixtures/journey.ts';
import { makeSampleProject } from '../fixtures/sample-project.ts';

const corrections = 8;

describe.runIf(hasChromium)('a first lesson', () => {
  const journey = setOut(async (studio) => ({ project: await makeSampleProject(studio) }), {
    width: 1440,
    height: 900,
  });
  const window = () => journey().window;
  const page = () => journey().page;
  const teach = () => window().panel('Teach');
  const brought = () => teach().getByRole('region', { name: 'What corrections bring at once' });
  const latest = () => teach().getByRole('region', { name: 'Latest: Version 1' });
  const inFocus = () => page().getByRole('article', { name: /^In focus/ });
  const decided = async (): Promise<number> => {
    const said = await window()
      .videos.getByText(/\d+ accepted/)
      .allTextContents();
    return said.reduce((sum, words) => sum + Number(/(\d+) accepted/.exec(words)?.[1] ?? 0), 0);
  };

  /** Accepts what is in focus, again and again; scoring behind it may take away just what is looked at. */
  const acceptUntil = async (isDone: () => Promise<boolean>): Promise<void> => {
    const step = async (): Promise<boolean> => {
      if (await isDone()) return true;
      await window().press((await inFocus().isVisible()) ? 'a' : 'n');
      return false;
    };
    await expect.poll(step, { interval: 300 }).toBe(true);
  };

  test('eight proposals are decided, one key each and one of them wrongly, while scores change behind them', async () => {
    await page().getByRole('button', { name: 'Skip the tour' }).click();
    await page().getByRole('button', { name: 'Start the review' }).waitFor();
    await window().jobsAreOver();
    const before = await decided();
    const enough = before + corrections;
    await window().press('n');
    // The sample's actions are all found: a slip of the finger is what Teach has to tell of.
    const another = (await inFocus().locator('kbd').first().textContent())!;
    expect(another).toMatch(/^\d$/);
    await window().press(another);
    await expect.poll(decided).toBe(before + 1);
    await acceptUntil(async () => (await decided()) >= enough);
    await window().savedAll();
  });

  test('what they bring at once is told in words, with clips behind the words', async () => {
    await window().press('Alt+6');
    await brought()
      .getByText(/On \d held-back videos what your corrections teach at once finds/)
      .waitFor();
    const classes = brought().getByRole('list', { name: 'What it brought, by class' });
    await classes
      .getByText(/^finds \d+ of \d+/)
      .first()
      .waitFor();
    const closed = classes.getByRole('button', { expanded: false });
    for (let left = await closed.count(); left > 0; left -= 1) {
      await closed.first().click();
      await expect.poll(() => closed.count()).toBe(left - 1);
    }
    const clips = classes.getByRole('toolbar', { name: /^(Won|Lost|Still wrong): / });
    await clips.first().waitFor();
    for (const strip of await clips.all()) {
      const clip = strip.getByRole('button').first();
      const name = / in (?<name>\S+)$/.exec((await clip.getAttribute('aria-label'))!)!.groups!['name']!;
      await clip.click();
      // That stretch of that very video plays round and round.
      await page().getByLabel(name, { exact: true }).and(page().locator('video')).waitFor();
      await page()
        .getByText(/^Loop: /)
        .waitFor();
      await expect
        .poll(() =>
          page()
            .locator('video')
            .evaluate((video: HTMLVideoElement) => video.paused),
        )
        .toBe(false);
    }
  });

  test('Teach ends with plain words, never with a bare refusal, and can be used whatever it brought', async () => {
    await window().press('Alt+t');
    await latest()
      .getByText(/^Learned words: /)
      .waitFor({ timeout: 300_000 });
    await window().jobsAreOver();
    const use = latest().getByRole('button', { name: /^Use it( anyway)?: Version 1$/ });
    const back = latest().getByRole('button', { name: 'Go back: do without Version 1' });
    // Where it is better it is in use by itself.
    await use.or(back).waitFor();
    if (await use.isVisible()) {
      await use.click();
      const sure = page().getByRole('dialog').getByRole('button', { name: 'Use Version 1' });
      await sure.click();
    }
    await teach().getByRole('heading', { name: 'In use: Version 1' }).waitFor();
    await back.click();
    await teach().getByRole('heading', { name: 'In use: zero-shot' }).waitFor();
    await window().jobsAreOver();
  });

  test('the queue offers what would teach most, and a decision there counts', async () => {
    await brought().getByRole('button', { name: 'Review what would teach most' }).click();
    await inFocus().waitFor();
    await page()
      .getByText(/What teaches most first/)
      .waitFor();
    await window().press('a');
    await teach()
      .getByText(/1 correction since Version 1/)
      .waitFor();
    await window().jobsAreOver();
  });
});
