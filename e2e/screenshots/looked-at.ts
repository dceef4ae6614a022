import type { Page } from 'playwright-core';

/** What has to be looked at by a person at every size: how each is opened over the sample project. */
export const lookedAt: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  studio: async (page) => {
    await page.keyboard.press('Alt+4');
    await page.keyboard.press('n');
    await page.keyboard.press('k');
  },
  'what is played': async (page) => {
    await page.getByRole('button', { name: /^What is played: / }).click();
    await page.getByRole('menu').waitFor();
  },
  'picture and jumps': async (page) => {
    await runCommand(page, 'Picture, jumps and loops');
    await page.getByText('Jumps and loops').waitFor();
  },
  'views of the scene': async (page) => {
    await runCommand(page, 'Views of this scene');
    await page
      .getByText(/Other videos that filmed|Put another video/)
      .first()
      .waitFor();
  },
  'review grid': async (page) => {
    await page.keyboard.press('Alt+g');
    await page.getByRole('listbox', { name: 'Clips to review' }).locator('img').first().waitFor();
    await page.waitForTimeout(600);
  },
  'filter of the queue': async (page) => {
    await page.getByRole('button', { name: 'Order and filter of the queue' }).click();
    await page.getByRole('dialog', { name: 'What to review' }).waitFor();
  },
  'a restore point': async (page) => {
    await runCommand(page, 'restore point');
    await page.getByRole('dialog').first().waitFor();
  },
  'the history': async (page) => {
    await page.keyboard.press('Alt+5');
    await page.getByRole('list', { name: 'Edits, newest first' }).waitFor();
  },
  'looking back': async (page) => {
    await page.keyboard.press('Alt+5');
    await page.getByRole('button', { name: 'Look at “Before the students”' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Go back to it' }).waitFor();
  },
  attributes: async (page) => {
    await runCommand(page, 'Attributes of the project');
    await page.getByRole('dialog', { name: 'Attributes' }).waitFor();
  },
  'an attribute': async (page) => {
    await runCommand(page, 'Attributes of the project');
    await page.getByRole('dialog', { name: 'Attributes' }).getByRole('button', { name: /^hand/ }).click();
    await page.getByRole('textbox', { name: 'Options' }).waitFor();
  },
  'labels in the inspector': async (page) => {
    await page.getByRole('region', { name: 'Player' }).focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('y');
    await page.waitForTimeout(300);
  },
  'the meaning of a class': async (page) => {
    await page.keyboard.press('Alt+2');
    await page.getByRole('region', { name: 'Classes' }).getByRole('option').first().click();
    await runCommand(page, 'Definition, prompts and place');
    await page.getByRole('dialog', { name: /^Class / }).waitFor();
  },
  'what a paste makes': async (page) => {
    await page.evaluate(() => {
      const clipboardData = new DataTransfer();
      const rows = Array.from(
        { length: 30 },
        (_, row) => `${row % 3 === 0 ? 'kneeling' : 'bowing'}\t${row / 3}\t${row / 3 + 1}`,
      );
      clipboardData.setData('text/plain', ['class\tstart\tend', ...rows, 'bowing\t5\t4', 'bowing\t90\t95'].join('\n'));
      document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
    });
    await page
      .getByRole('dialog', { name: /Paste segments/ })
      .getByText(/would be made/)
      .waitFor();
  },
  'a series of windows': async (page) => {
    await runCommand(page, 'Fill with windows of one length');
    await page.getByRole('dialog').getByText('Length, seconds').first().waitFor();
  },
  'you and display': async (page) => {
    await page.keyboard.press('Control+,');
    await page.getByRole('tab', { name: 'You and display' }).click();
    await page.getByText('Density').waitFor();
  },
};

/** What the states above show: an attribute, and a restore point with edits after it. */
export async function prepare(page: Page): Promise<void> {
  await runCommand(page, 'Attributes of the project');
  const dialog = page.getByRole('dialog', { name: 'Attributes' });
  await dialog.getByRole('button', { name: 'New attribute' }).waitFor();
  await dialog.getByRole('textbox', { name: 'Name' }).fill('hand');
  await dialog.getByRole('textbox', { name: 'Options' }).fill('left\nright\nboth');
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  await dialog.getByText(/choice of 3/).waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await runCommand(page, 'Set a restore point');
  await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill('Before the students');
  await page.getByRole('dialog').getByRole('button', { name: 'Set' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.getByRole('region', { name: 'Player' }).focus();
  for (const key of ['n', 'a', 'x', 'a']) await page.keyboard.press(key);
  await page.getByRole('status').getByText('All changes saved').waitFor();
}

export async function runCommand(page: Page, name: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Command' }).fill(name);
  await page
    .getByRole('option', { name: new RegExp(name, 'i') })
    .first()
    .click();
}
