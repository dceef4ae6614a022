// What is typed about a segment outlives what others store of it meanwhile, and Enter leaves the hand where it is.
import { implement } from '@orpc/server';
import { useState } from 'react';
import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { contract } from '#preload/contract/contract.ts';
import type { Attribute } from '#preload/domain/attribute.ts';
import type { Segment } from '#preload/domain/segment.ts';
import { api, queries } from '../../backend/client.ts';
import { answerWith } from '../../testing/answering-backend.ts';
import { someProposal } from '../../testing/rows.ts';
import { show } from '../../testing/show.tsx';
import { SegmentLabels } from './SegmentLabels.tsx';

const weight: Attribute = {
  id: 7,
  name: 'Weight',
  kind: 'number',
  options: [],
  required: false,
  classIds: null,
  position: 0,
  removed: false,
};
let store: (over: Partial<Segment>) => void;

function Labels() {
  const [over, setOver] = useState<Partial<Segment>>({});
  store = setOver;
  return <SegmentLabels segments={[someProposal(1, over)]} />;
}

/** The fields of one segment, whose changes are stored as they come. */
async function showLabels(): Promise<void> {
  const update = implement(contract.segments.update).handler(({ input }) => {
    store({ subject: input.subject, attributes: input.attributes as Segment['attributes'] });
    return { segments: [] };
  });
  answerWith({
    attributes: { list: implement(contract.attributes.list).handler(() => [weight]) },
    segments: { update, subjects: implement(contract.segments.subjects).handler(() => ['Mia', 'Ben']) },
  });
  queries.setQueryData(api.attributes.list.queryKey(), [weight]);
  await show(<Labels />);
}

const changes = {
  Subject: { typed: 'An', theirs: { subject: 'Ben' }, shown: 'Ben', rest: 'na', whole: 'Anna' },
  Weight: { typed: '1', theirs: { attributes: { 7: 80 } }, shown: '80', rest: '2', whole: '12' },
};

test.each(Object.entries(changes))('%s: letters and focus outlive what is stored meanwhile', async (name, of) => {
  await showLabels();
  const field = page.getByLabelText(name, { exact: true });
  await field.click();
  await userEvent.keyboard(of.typed);
  store(of.theirs);
  await expect.element(field).toHaveValue(of.typed);
  await userEvent.keyboard(of.rest);
  await expect.element(field).toHaveValue(of.whole);
  await userEvent.keyboard('{Enter}');
  await expect.element(field).toHaveValue(of.whole);
  await expect.element(field).toHaveFocus();
});

test.each(Object.entries(changes))('%s: an untouched field shows what others store', async (name, of) => {
  await showLabels();
  const field = page.getByLabelText(name, { exact: true });
  await expect.element(field).toHaveValue('');
  store(of.theirs);
  await expect.element(field).toHaveValue(of.shown);
});
