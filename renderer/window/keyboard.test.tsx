// Protects: while a dialog is open no key means anything in the window behind it, wherever in the dialog the focus is, and none
// in the moment in which a button that is pressed gives the focus away.
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import { useState } from 'react';
import { beforeEach, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { registerCommands } from '../shared/commands.ts';
import { show } from '../testing/show.tsx';
import { someCommand } from '../testing/some-command.ts';
import { useKeyboard } from './keyboard.ts';

const run = vi.fn<() => void>();

function WindowWithDialog() {
  useKeyboard();
  const [isOpen, setIsOpen] = useState(true);
  const [isBusy, setIsBusy] = useState(false);
  return (
    <Dialog open={isOpen} onClose={() => setIsOpen(false)} aria-labelledby="restore-point">
      <h2 id="restore-point">Restore point</h2>
      <Button loading={isBusy} onClick={() => setIsBusy(true)}>
        Go back
      </Button>
    </Dialog>
  );
}

registerCommands([someCommand('spoil', { keys: ['X'], run })]);

beforeEach(async () => {
  run.mockClear();
  await show(<WindowWithDialog />);
  await expect.element(page.getByRole('dialog', { name: 'Restore point' })).toBeVisible();
});

test('with the focus where the dialog put it', async () => {
  await userEvent.keyboard('x');
  expect(run).not.toHaveBeenCalled();
});

test('after a button that is pressed gave the focus away', async () => {
  await page.getByRole('button', { name: 'Go back' }).click();
  (document.activeElement as HTMLElement).blur();
  document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'x', code: 'KeyX', bubbles: true }));
  await userEvent.keyboard('x');
  expect(run).not.toHaveBeenCalled();
});

test('once it is closed keys are commands again, also where a chart left behind what it measures words in', async () => {
  const measuring = document.body.appendChild(document.createElementNS('http://www.w3.org/2000/svg', 'svg'));
  measuring.setAttribute('aria-hidden', 'true');
  await userEvent.keyboard('{Escape}');
  await expect.poll(() => page.getByRole('dialog').elements()).toHaveLength(0);
  await userEvent.keyboard('x');
  expect(run).toHaveBeenCalledOnce();
  measuring.remove();
});
