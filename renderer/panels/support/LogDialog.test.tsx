// Protects: what is shown for a bug report hides names until a person ticks otherwise, and what is copied is what is shown.
import { implement } from '@orpc/server';
import { expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { contract } from '#preload/contract/contract.ts';
import { answerWith } from '../../testing/answering-backend.ts';
import { show } from '../../testing/show.tsx';
import { LogDialog } from './LogDialog.tsx';

test('copies what is shown, with names only where that is ticked', async () => {
  const os = implement(contract);
  answerWith({
    studio: {
      bugReport: os.studio.bugReport.handler(({ input }) => ({ text: input.withNames ? 'of ana' : 'of <name>' })),
    },
  });
  const copied = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue();
  await show(<LogDialog onClose={() => undefined} />);
  await expect.element(page.getByRole('region', { name: 'Bug report' })).toHaveTextContent('of <name>');
  await page.getByRole('button', { name: 'Copy for a bug report' }).click();
  expect(copied).toHaveBeenLastCalledWith('of <name>');
  await page.getByRole('checkbox').click();
  await expect.element(page.getByRole('region', { name: 'Bug report' })).toHaveTextContent('of ana');
  await page.getByRole('button', { name: 'Copy for a bug report' }).click();
  expect(copied).toHaveBeenLastCalledWith('of ana');
});
