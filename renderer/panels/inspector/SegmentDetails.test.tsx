// The inspector shows one segment, however many were shown before it, and nothing of those.
import { implement } from '@orpc/server';
import { useState } from 'react';
import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { contract } from '#preload/contract/contract.ts';
import { answerWith } from '../../testing/answering-backend.ts';
import { someClasses, someProject, someProposal } from '../../testing/rows.ts';
import { show } from '../../testing/show.tsx';
import { SegmentDetails } from './SegmentDetails.tsx';

test('another segment takes the place of the one before, and what was typed about that one goes with it', async () => {
  answerWith({
    classes: { list: implement(contract.classes.list).handler(() => someClasses(1)) },
    projects: { info: implement(contract.projects.info).handler(() => someProject()) },
  });
  let look!: (id: number) => void;
  function Details() {
    const [id, setId] = useState(1);
    look = setId;
    const segment = { ...someProposal(id), startUs: id * 1e6, endUs: (id + 1) * 1e6 };
    return <SegmentDetails segment={segment} selected={[segment]} />;
  }
  await show(<Details />);
  const start = page.getByRole('textbox', { name: 'Start of the segment' });
  const note = page.getByRole('textbox', { name: 'Note' });
  await note.click();
  await userEvent.keyboard('of the first');
  for (const id of [2, 3]) {
    look(id);
    await expect.element(start).toHaveValue(`00:00:0${id}.000`);
    expect(start.elements()).toHaveLength(1);
    expect(note.elements()).toHaveLength(1);
    await expect.element(note).toHaveValue('');
  }
});
