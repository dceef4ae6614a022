// A key is taken from nobody unasked, and each command can have its first keys again.
import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { registerCommands } from '../shared/commands.ts';
import { useNotices } from '../shared/notices.ts';
import { useOwnKeys } from '../shared/own-keys.ts';
import { show } from '../testing/show.tsx';
import { someCommand } from '../testing/some-command.ts';
import { KeyMapDialog } from './KeyMapDialog.tsx';

test('a key that another command has is asked about; one alone is put back', async () => {
  const end = registerCommands([
    someCommand('accept', { label: 'Accept', keys: ['A'] }),
    someCommand('reject', { label: 'Reject', keys: ['X'] }),
  ]);
  useOwnKeys.setState({ own: {} });
  await show(<KeyMapDialog onClose={() => undefined} hasProject={false} />);
  const press = async (name: string, key: string): Promise<void> => {
    await page.getByRole('button', { name: new RegExp(`^${name}: .*Choose another key$`) }).click();
    await userEvent.keyboard(key);
  };
  await press('Reject', 'a');
  await expect.element(page.getByText(/A means “Accept”\. Give it to “Reject”\?/)).toBeVisible();
  await page.getByRole('button', { name: 'Cancel' }).click();
  expect(useOwnKeys.getState().own).toEqual({});

  await press('Reject', 'a');
  await page.getByRole('button', { name: 'Give it' }).click();
  await expect.poll(() => useOwnKeys.getState().own).toEqual({ accept: [], reject: ['A'] });

  await page.getByRole('button', { name: 'Accept: back to the key it came with' }).click();
  await page.getByRole('button', { name: 'Give it' }).click();
  await expect.poll(() => useOwnKeys.getState().own).toEqual({ reject: [] });
  await page.getByRole('button', { name: 'Reject: back to the key it came with' }).click();
  await expect.poll(() => useOwnKeys.getState().own).toEqual({});
  end();
});

test('of several keys that come back only those are asked about that another has; the hand stays in the row', async () => {
  const end = registerCommands([
    someCommand('accept', { label: 'Accept', keys: ['A'] }),
    someCommand('reject', { label: 'Reject', keys: ['X', 'Backspace'] }),
  ]);
  useOwnKeys.setState({ own: { accept: ['X'], reject: ['Backspace'] } });
  await show(<KeyMapDialog onClose={() => undefined} hasProject={false} />);
  await page.getByRole('button', { name: 'Reject: back to the key it came with' }).click();
  await expect.element(page.getByText('X means “Accept”. Give it to “Reject”?')).toBeVisible();
  await page.getByRole('button', { name: 'Give it' }).click();
  await expect.element(page.getByRole('button', { name: /^Reject: .*Choose another key$/ })).toHaveFocus();

  await page.getByRole('button', { name: 'Back to the keys it came with' }).click();
  await expect.poll(() => useOwnKeys.getState().own).toEqual({});
  useNotices.getState().notice?.action?.run();
  expect(useOwnKeys.getState().own).toEqual({ accept: [] });
  end();
});
