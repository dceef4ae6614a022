// A note that somebody else has changed while this one was on its way is what stands in the field once this one is refused. What
// was being typed when the field went is stored with what was seen, so that it is asked about and not lost.
import { implement } from '@orpc/server';
import { useState } from 'react';
import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { contract } from '#preload/contract/contract.ts';
import { useNotices } from '../../shared/notices.ts';
import { answerWith, refusal } from '../../testing/answering-backend.ts';
import { show } from '../../testing/show.tsx';
import { SegmentNote } from './SegmentNote.tsx';

function NoteThatOthersWrite() {
  const [note, setNote] = useState('');
  return (
    <>
      <SegmentNote segmentId={1} stored={note} />
      <button onClick={() => setNote('theirs')}>They write</button>
    </>
  );
}

test('a refused note gives way to what the segment holds by now', async () => {
  const asked: unknown[] = [];
  const { promise, reject } = Promise.withResolvers<never>();
  const update = implement(contract.segments.update).handler(({ input }) => {
    asked.push(input);
    return promise;
  });
  answerWith({ segments: { update } });
  await show(<NoteThatOthersWrite />);
  const note = page.getByRole('textbox', { name: 'Note' });
  await note.fill('mine');
  await userEvent.keyboard('{Control>}{Enter}{/Control}');
  await expect.poll(() => asked).toEqual([{ segmentIds: [1], note: 'mine', seen: [{ note: '' }] }]);
  await page.getByRole('button', { name: 'They write' }).click();
  reject(refusal('bad-input', 'Somebody else has written here.'));
  await expect.poll(() => useNotices.getState().notice?.text).toBe('Somebody else has written here.');
  await expect.element(note).toHaveValue('theirs');
});

test('words being typed when the segment goes are sent, once, with what was seen', async () => {
  const asked: unknown[] = [];
  const update = implement(contract.segments.update).handler(({ input }) => {
    asked.push(input);
    throw refusal('conflict', 'Ben removed a segment meanwhile.');
  });
  answerWith({ segments: { update } });
  function NoteThatGoes() {
    const [isThere, setIsThere] = useState(true);
    globalThis.addEventListener('removed-elsewhere', () => setIsThere(false));
    return isThere && <SegmentNote segmentId={1} stored="before" />;
  }
  await show(<NoteThatGoes />);
  const note = page.getByRole('textbox', { name: 'Note' });
  await note.click();
  await userEvent.keyboard('{End} and more');
  await expect.element(note).toHaveValue('before and more');
  globalThis.dispatchEvent(new Event('removed-elsewhere'));
  await expect.poll(() => useNotices.getState().notice?.text).toBe('Ben removed a segment meanwhile.');
  expect(asked).toEqual([{ segmentIds: [1], note: 'before and more', seen: [{ note: 'before' }] }]);
});
