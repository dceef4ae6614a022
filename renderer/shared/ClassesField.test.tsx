// A field of several classes keeps the letters typed whatever is drawn anew or fetched meanwhile, and empties itself for a choice.
import { act, useState } from 'react';
import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { api, queries } from '../backend/client.ts';
import { someClasses } from '../testing/rows.ts';
import { show } from '../testing/show.tsx';
import { ClassesField } from './ClassesField.tsx';

function Field() {
  const [chosenIds, choose] = useState<number[] | null>(null);
  return <ClassesField label="Classes" chosenIds={chosenIds} onChoose={choose} />;
}

test('what is typed outlives a count that changes in the middle of a word', async () => {
  queries.setQueryData(api.classes.list.queryKey(), someClasses(40));
  await show(<Field />);
  const field = page.getByRole('combobox', { name: 'Classes' });
  await field.click();
  await userEvent.keyboard('action 3');
  act(() => {
    const counted = someClasses(40).map((each) => ({ ...each, counts: { proposed: 1, open: 1, accepted: 0 } }));
    queries.setQueryData(api.classes.list.queryKey(), counted);
  });
  await userEvent.keyboard('9');
  await expect.element(field).toHaveValue('action 39');
  await expect.poll(() => page.getByRole('option').all().length).toBe(1);
  await userEvent.keyboard('{ArrowDown}{Enter}');
  await expect.element(page.getByRole('button', { name: 'action 39' })).toBeVisible();
  await expect.element(field).toHaveValue('');
});
