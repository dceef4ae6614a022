// Everything by keyboard alone: no test here touches the mouse, and focus is never lost.
import { describe, expect, test } from 'vitest';
import { hasChromium } from '../chromium.ts';
import { writeActedClip } from '../fixtures/acted-clip.ts';
import { setOut } from '../fixtures/journey.ts';
import { makeTinyCheckpoint } from '../models/tiny-checkpoint.ts';

describe.runIf(hasChromium)('the keyboard alone', () => {
  const journey = setOut(async (studio) => {
    await writeActedClip(studio.at('videos', 'yard-1.mp4'), ['squat', 'bow'], 3, 5);
    await writeActedClip(studio.at('videos', 'yard-2.mp4'), ['bow', 'march'], 2, 6);
    await makeTinyCheckpoint(studio.at('checkpoints', 'tiny-clip'));
  });
  const window = () => journey().window;
  const press = (...keys: readonly string[]) => window().press(...keys);

  /** Role and name of what has the focus. */
  const focused = async (): Promise<string> =>
    journey().page.evaluate(() => {
      const active = document.activeElement;
      const name = active?.getAttribute('aria-label') ?? active?.textContent ?? '';
      return `${active?.getAttribute('role') ?? active?.localName ?? 'nothing'} ${name}`.trim();
    });
  const region = async (): Promise<string> =>
    journey().page.evaluate(
      () => document.activeElement?.closest('[data-command-scope]')?.getAttribute('data-command-scope') ?? 'none',
    );
  /** Goes round with F6 until the focus is in this region of the window. */
  const goTo = async (name: string) => {
    for (let tries = 0; tries < 8 && (await region()) !== name; tries += 1) await press('F6');
    expect(await region()).toBe(name);
  };
  /** Goes round with Tab until the focus is on something of this name. */
  const tabTo = async (name: RegExp, key = 'Tab') => {
    for (let tries = 0; tries < 60; tries += 1) {
      if (name.test(await focused())) return;
      await press(key);
    }
    throw new Error(`Tab never reaches ${String(name)}`);
  };
  /** Brings the file dialog to a folder, then to an entry of it by its first letters, and chooses it. */
  const choose = async (title: string, path: string, entry: string | null, confirm: RegExp) => {
    // A folder without anything to choose has words in place of a list.
    const list = window().dialog(title).getByRole('listbox', { name: 'Folder contents' });
    await list.or(window().dialog(title).getByText('Nothing to choose in this folder')).waitFor();
    await tabTo(/Path/);
    await press('Control+a');
    await window().type(path);
    await press('Enter');
    if (entry !== null) {
      await window().dialog(title).getByRole('option').filter({ hasText: entry }).waitFor();
      await tabTo(/Folder contents/);
      await window().type(entry);
      await window().dialog(title).getByRole('option', { selected: true }).filter({ hasText: entry }).waitFor();
    }
    await tabTo(confirm);
    await press('Enter');
    await window().dialog(title).waitFor({ state: 'detached' });
  };

  test('a project', async () => {
    await tabTo(/^button New project/);
    await press('Enter');
    await window().dialog('New project').waitFor();
    expect(await focused(), 'the first field has the focus').toMatch(/^input/);
    await window().type('Yard');
    await press('Tab');
    await window().type('squatting');
    await press('Enter');
    await window().type('bowing');
    await tabTo(/^button Choose where/);
    await press('Enter');
    await choose('Choose a folder', journey().studio.folder, null, /^button Choose this folder/);
    await journey().page.getByRole('button', { name: 'Project Yard' }).waitFor();
  });

  test('a dialog keeps the focus inside, and gives it back', async () => {
    await tabTo(/^button Settings/);
    await press('Enter');
    const settings = window().dialog('Settings');
    await settings.waitFor();
    for (let tries = 0; tries < 25; tries += 1) {
      await press('Tab');
      expect(await settings.evaluate((dialog) => dialog.contains(document.activeElement))).toBe(true);
    }
    await press('Escape');
    await settings.waitFor({ state: 'detached' });
    await expect.poll(focused).toBe('button Settings');
  });

  test('videos from the palette, a folder at a time', async () => {
    await window().command('Add videos');
    const { studio } = journey();
    await window().dialog('Add videos').getByRole('listbox', { name: 'Folder contents' }).waitFor();
    await tabTo(/Path/);
    await press('Control+a');
    await window().type(studio.at('videos'));
    await press('Enter');
    await window().dialog('Add videos').getByRole('option').filter({ hasText: 'yard-2.mp4' }).waitFor();
    await tabTo(/Folder contents/);
    await press('Control+a');
    await window().dialog('Add videos').getByText('2 chosen').waitFor();
    await tabTo(/^button Add$/);
    await press('Enter');
    await expect.poll(() => window().videos.count()).toBe(2);
    await window().jobsAreOver();
  });

  test('a model', async () => {
    await window().command('Model and provider');
    const settings = window().dialog('Settings');
    await settings.waitFor();
    await tabTo(/^button Add a checkpoint folder/);
    await press('Enter');
    await choose('Add a checkpoint folder', journey().studio.at('checkpoints'), 'tiny-clip', /^button Add$/);
    await settings.getByRole('radio', { name: 'tiny-clip' }).waitFor();
    await tabTo(/^tab Model/);
    await press('ArrowRight', 'ArrowRight', 'Enter');
    await settings.getByText(/Show proposals that score/).waitFor();
    await press('Tab', 'Home');
    await settings.getByText('score at least 0 %').waitFor();
    await press('Escape');
    await settings.waitFor({ state: 'detached' });
  });

  test('proposals, and a way through the window by F6', async () => {
    await window().command('Propose segments in all videos');
    await expect.poll(() => window().segments.count()).toBeGreaterThan(3);
    await window().jobsAreOver();
    const regions = new Set<string>();
    for (let tries = 0; tries < 6; tries += 1) {
      await press('F6');
      regions.add(await region());
    }
    expect([...regions].toSorted()).toEqual(['inspector', 'library', 'player', 'review', 'timeline']);
  });

  test('the next video, and back', async () => {
    const shown = () =>
      journey()
        .page.getByRole('listbox', { name: /^Segments of/ })
        .getAttribute('aria-label');
    await press('PageDown');
    await expect.poll(shown).toContain('yard-2.mp4');
    await press('PageUp');
    await expect.poll(shown).toContain('yard-1.mp4');
  });

  test('a segment is found, split, merged, deleted and brought back', async () => {
    await expect.poll(() => window().frameNumber()).toBe(0);
    await goTo('timeline');
    await press('ArrowDown');
    await window().selectedSegment.waitFor();
    await press('a');
    await window().selectedSegment.filter({ hasText: 'accepted' }).waitFor();
    const name = (await window().selectedSegment.textContent())!;
    // Of what was accepted: proposals come and go in the background, as the model learns from it.
    const accepted = () => window().acceptedSegments.allTextContents();
    expect(await accepted()).toEqual([name]);
    await press('q', 'ArrowRight', 'ArrowRight', 'ArrowRight', 's');
    await expect.poll(accepted).toHaveLength(2);
    await press('Control+z');
    await expect.poll(accepted).toEqual([name]);
    await window().selectedSegment.filter({ hasText: 'accepted' }).waitFor();
    await press('Delete');
    await expect.poll(accepted).toEqual([]);
    await press('Control+z');
    await expect.poll(accepted).toEqual([name]);
  });

  test('a class is typed into the relabel dialog and becomes one', async () => {
    await press('n');
    await window().selectedSegment.waitFor();
    await press('r');
    await window().dialog('Give another class').getByRole('combobox').waitFor();
    await window().type('marching');
    await press('Enter');
    await expect.poll(() => window().segments.filter({ hasText: 'marching' }).count()).toBeGreaterThan(0);
  });

  test('? shows every key', async () => {
    await press('Escape', '?');
    const keys = window().dialog('Keys');
    await keys.getByRole('region', { name: 'Review' }).getByText('Accept', { exact: true }).waitFor();
    await press('Escape');
    await keys.waitFor({ state: 'detached' });
  });

  test('the export is saved to a folder', async () => {
    await press('Control+e');
    const dialog = window().dialog('Export annotations');
    await dialog.getByText(/\d segments? of/).waitFor();
    await tabTo(/^button Save to a folder/);
    await press('Enter');
    await choose('Choose a folder', journey().studio.folder, null, /^button Choose this folder/);
    await window().seesNotice(/written to .*Yard/);
  });

  test('jobs are listed, and the panels fold away', async () => {
    await press('Alt+j');
    const jobs = window().dialog('Jobs');
    await expect.poll(() => jobs.getByRole('listitem').count()).toBeGreaterThan(2);
    await press('Escape');
    await jobs.waitFor({ state: 'detached' });
    await press('Control+b');
    await window().panel('Library').waitFor({ state: 'detached' });
    await press('Control+b');
    await window().panel('Library').waitFor();
  });
});
