// Protects: what is typed on after a field went by itself is no command, and a command comes back with the next pause, click or Escape.
import { useState } from 'react';
import { beforeEach, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { registerCommands } from '../shared/commands.ts';
import { show } from '../testing/show.tsx';
import { someCommand } from '../testing/some-command.ts';
import { useKeyboard } from './keyboard.ts';

const run = vi.fn<() => void>();

function FieldThatGoes() {
  useKeyboard();
  const [isThere, setIsThere] = useState(true);
  globalThis.addEventListener('removed-elsewhere', () => setIsThere(false));
  return (
    <>
      {isThere && <input aria-label="Note" onKeyDown={(event) => void (event.key === 'Enter' && setIsThere(false))} />}
      <p>Beside it</p>
    </>
  );
}

registerCommands([someCommand('spoil', { keys: ['X'], run })]);

beforeEach(async () => {
  run.mockClear();
  await show(<FieldThatGoes />);
  await page.getByRole('textbox', { name: 'Note' }).click();
  await userEvent.keyboard('no');
});

const removeField = async (): Promise<void> => {
  globalThis.dispatchEvent(new Event('removed-elsewhere'));
  await expect.poll(() => page.getByRole('textbox').elements()).toHaveLength(0);
};

test('the letters of a word that was being typed do nothing, until a pause', async () => {
  await removeField();
  await userEvent.keyboard('xx');
  expect(run).not.toHaveBeenCalled();
  await new Promise((resolve) => setTimeout(resolve, 1100));
  await userEvent.keyboard('x');
  expect(run).toHaveBeenCalledOnce();
});

test.each([
  ['Escape', async () => userEvent.keyboard('{Escape}')],
  ['a click', async () => page.getByText('Beside it').click()],
])('%s ends it', async (_, end) => {
  await removeField();
  await end();
  await userEvent.keyboard('x');
  expect(run).toHaveBeenCalledOnce();
});

test('a field that goes by its own key leaves the keys alone', async () => {
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => page.getByRole('textbox').elements()).toHaveLength(0);
  await userEvent.keyboard('x');
  expect(run).toHaveBeenCalledOnce();
});
