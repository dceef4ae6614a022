// Protects: the dialog comes unasked, so what is being typed at the time chooses nothing; Escape leaves what others made of it.
import { implement } from '@orpc/server';
import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { contract } from '#preload/contract/contract.ts';
import { useConflicts } from '../../backend/conflicts.ts';
import { answerWith } from '../../testing/answering-backend.ts';
import { show } from '../../testing/show.tsx';
import { ConflictDialog } from './ConflictDialog.tsx';

test('a space and an Enter on their way into a note choose nothing', async () => {
  answerWith({ classes: { list: implement(contract.classes.list).handler(() => []) } });
  await show(<ConflictDialog />);
  useConflicts.setState({
    waiting: [
      {
        call: 'segments.update',
        input: { segmentIds: [1], note: 'mine', seen: [{ note: 'before' }] },
        rows: [{ kind: 'segment', id: 1, by: 'Ben', now: { note: 'theirs' } }],
      },
    ],
  });
  const dialog = page.getByRole('dialog', { name: 'Ben changed a segment that you were changing' });
  await expect.element(dialog).toBeVisible();
  await userEvent.keyboard(' {Enter}');
  expect(useConflicts.getState().waiting).toHaveLength(1);
  await userEvent.keyboard('{Escape}');
  await expect.poll(() => useConflicts.getState().waiting).toEqual([]);
});
