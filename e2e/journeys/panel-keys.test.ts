// A key that brings a panel up brings the hand to its field: what is typed next is text, never a command.
import { describe, expect, test } from 'vitest';
import { hasChromium } from '../chromium.ts';
import { setOut } from '../fixtures/journey.ts';
import { makeProposedLongClip } from '../fixtures/project-of-long-clip.ts';

describe.runIf(hasChromium)('the keys of panels', () => {
  const journey = setOut(async (studio) => ({
    project: await makeProposedLongClip(studio, { seconds: 20, classes: ['first class', 'second class'] }),
  }));
  const window = () => journey().window;
  const videos = () => window().panel('Library').getByRole('listbox', { name: 'Videos' });
  const fieldOf = (panel: string, name: string) =>
    window()
      .panel(panel)
      .getByRole(panel === 'Search' ? 'searchbox' : 'textbox', { name });

  test('whether the panel was open or not, letters typed at once are text, and decide nothing', async () => {
    await window().frameNumber();
    await window().press('Home', 'i', 'ArrowRight', 'ArrowRight', 'o', 'Enter', 'ArrowLeft');
    await window().selectedSegment.waitFor();
    const before = await window().segments.allTextContents();
    const words = 'a person bows';
    await window().press('Alt+3');
    await window().type(words);
    expect(await fieldOf('Search', 'Search moments by text').inputValue()).toBe(words);

    // Open, with the focus elsewhere, as the guided tour leaves it.
    await window().panel('Player').focus();
    await window().press('Alt+3');
    await window().type(' low');
    expect(await fieldOf('Search', 'Search moments by text').inputValue()).toContain('low');
    expect(await window().segments.allTextContents()).toEqual(before);
    expect(await window().dialog('Give another class').count()).toBe(0);
  });

  test('pressed again inside, it folds the panel away; another panel’s key goes there from the field', async () => {
    await window().press('Alt+2');
    await fieldOf('Classes', 'New class').waitFor();
    await window().type('x');
    expect(await fieldOf('Classes', 'New class').inputValue()).toBe('x');
    await window().press('Alt+2');
    await window().panel('Classes').waitFor({ state: 'detached' });
    await window().press('Alt+1');
    const filter = window().panel('Library').getByRole('searchbox', { name: 'Filter videos by name' });
    await filter.waitFor();
    await window().type('9 no such');
    expect(await filter.inputValue()).toBe('9 no such');
    // What types nothing is the studio's in a field too.
    await window().press('Control+k');
    await window().dialog('Command palette').waitFor();
    await window().press('Escape');
    await window().dialog('Command palette').waitFor({ state: 'detached' });
    await window().press('Control+a', 'Delete', 'ArrowDown');
    await expect.poll(() => videos().evaluate((list) => list === document.activeElement)).toBe(true);
    await window().press('Alt+1');
    await window().panel('Library').waitFor({ state: 'detached' });
  });

  test('Delete at old edits or found moments deletes nothing; in the timeline it deletes what is selected', async () => {
    const before = await window().segments.count();
    await window().selectedSegment.waitFor();
    for (const panel of ['Alt+5', 'Alt+3', 'Alt+2']) {
      await window().press(panel);
      // Out of the field that the panel's key leads to: in it, Delete belongs to what is typed.
      await window().press('Tab', 'Delete');
    }
    expect(await window().segments.count()).toBe(before);
    await window().panel('Timeline').focus();
    await window().press('Delete');
    await expect.poll(() => window().segments.count()).toBe(before - 1);
  });
});
