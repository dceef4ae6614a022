// A thousand classes are one list by keyboard, and the name being typed stays in the page however far it is scrolled.
// Delete takes away the class that the hand is on, once however long it is held, and leaves the hand on its neighbour.
import { implement } from '@orpc/server';
import { useState } from 'react';
import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { contract } from '#preload/contract/contract.ts';
import { answerWith } from '../../testing/answering-backend.ts';
import { classUpdates } from '../../testing/class-updates.ts';
import { someClasses } from '../../testing/rows.ts';
import { show } from '../../testing/show.tsx';
import { api, queries } from '../../backend/client.ts';
import { useNotices } from '../../shared/notices.ts';
import { useStudio } from '../../shared/studio-state.ts';
import { ClassList } from './ClassList.tsx';

test('arrows walk, F2 renames, and scrolling away takes nothing back', async () => {
  const renamed: unknown[] = [];
  answerWith({ classes: { update: classUpdates(renamed) } });
  queries.setQueryData(api.classes.list.queryKey(), someClasses(1000));
  useStudio.getState().focusClass(1);
  await show(<ClassList classes={someClasses(1000)} />);
  const list = page.getByRole('listbox', { name: 'Classes' });
  await expect.element(page.getByRole('option', { name: /^action 1,/ })).toBeVisible();
  expect(list.getByRole('option').all().length).toBeLessThan(80);
  list.element().focus();
  await userEvent.keyboard('{ArrowDown}{F2}');
  const field = page.getByRole('textbox', { name: 'New name of action 2' });
  await field.fill('running');
  list.element().scrollTop = 20_000;
  await expect.element(page.getByRole('option', { name: /^action 600,/ })).toBeVisible();
  await expect.element(field).toHaveFocus();
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => renamed).toEqual([{ classId: 2, name: 'running', seen: { name: 'action 2' } }]);
});

test('a name being typed says what it was begun on, and is stored where its row goes', async () => {
  const renamed: unknown[] = [];
  answerWith({ classes: { update: classUpdates(renamed) } });
  const classes = someClasses(2);
  const [first, second] = classes;
  useStudio.getState().focusClass(2);
  let setClasses!: (next: typeof classes) => void;
  function Listed() {
    const [listed, set] = useState(classes);
    setClasses = set;
    return <ClassList classes={listed} />;
  }
  await show(<Listed />);
  page.getByRole('listbox', { name: 'Classes' }).element().focus();
  await userEvent.keyboard('{F2}mine');
  setClasses([first!, { ...second!, name: 'theirs' }]);
  const field = page.getByRole('textbox', { name: 'New name of theirs' });
  await expect.element(field).toHaveValue('mine');
  setClasses([first!]);
  await expect.poll(() => renamed).toEqual([{ classId: 2, name: 'mine', seen: { name: 'action 2' } }]);
  setClasses(classes);
  await expect.element(page.getByRole('option', { name: /^action 2,/ })).toBeVisible();
  await expect.poll(() => page.getByRole('textbox').elements()).toHaveLength(0);
});

test('Delete removes the class and not what is selected elsewhere', async () => {
  const removed: unknown[] = [];
  answerWith({
    classes: {
      remove: implement(contract.classes.remove).handler(({ input }) => void removed.push(input.classId)),
    },
  });
  queries.setQueryData(api.classes.list.queryKey(), someClasses(3));
  useStudio.getState().focusClass(2);
  await show(<ClassList classes={someClasses(3)} />);
  const list = page.getByRole('listbox', { name: 'Classes' });
  list.element().focus();
  let leftOver = 0;
  globalThis.addEventListener('keydown', (event) => void (leftOver += event.defaultPrevented ? 0 : 1));
  await userEvent.keyboard('{Delete>3/}');
  await expect.poll(() => removed).toEqual([2]);
  await expect.poll(() => useNotices.getState().notice?.text).toBe('"action 2" was removed, its segments with it.');
  expect(useStudio.getState().focusedClassId).toBe(3);
  expect(leftOver).toBe(0);
  await expect.element(list).toHaveFocus();
});

test('many segments are counted in groups of digits, as everywhere', async () => {
  answerWith({});
  await show(<ClassList classes={[{ ...someClasses(1)[0]!, counts: { open: 1200, accepted: 5003 } }]} />);
  const row = page.getByRole('option', { name: /^action 1,/ });
  await expect.element(row).toBeVisible();
  expect(row.element().textContent).toMatch(/1,200\s·\s5,003/);
});
