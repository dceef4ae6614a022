// The text that the model reads stands in its field as it is stored, whoever stored it, and looking at it changes nothing.
import { useState } from 'react';
import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { answerWith } from '../../testing/answering-backend.ts';
import { classUpdates } from '../../testing/class-updates.ts';
import { someClasses } from '../../testing/rows.ts';
import { show } from '../../testing/show.tsx';
import { ClassDetails } from './ClassDetails.tsx';

test('a text stored elsewhere stands in the field, and stays stored when the field was only looked at', async () => {
  const asked: unknown[] = [];
  answerWith({ classes: { update: classUpdates(asked) } });
  let storeElsewhere!: (prompt: string) => void;
  function Details() {
    const [prompt, setPrompt] = useState('bowing');
    storeElsewhere = setPrompt;
    return <ClassDetails actionClass={{ ...someClasses(1)[0]!, prompt }} />;
  }
  await show(<Details />);
  const text = page.getByRole('textbox', { name: 'Text the model reads' });
  storeElsewhere('a person bows');
  await expect.element(text).toHaveValue('a person bows');
  await text.click();
  await userEvent.keyboard('{Enter}');
  await expect.element(text).not.toHaveFocus();
  await text.fill('a deep bow');
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => asked).toEqual([{ classId: 1, prompt: 'a deep bow', seen: { prompt: 'a person bows' } }]);
});
