// Protects: what somebody brought before them to decide is told at once, again after a lost connection, and not while it lasts.
import { implement } from '@orpc/server';
import { expect, test } from 'vitest';
import { contract } from '#preload/contract/contract.ts';
import { useConnection } from '../backend/connection.ts';
import { initialView, useStudio } from '../shared/studio-state.ts';
import { answerWith } from '../testing/answering-backend.ts';
import { tellWhereWeLook } from './tell-where-we-look.ts';

test('the proposal in focus is told to the backend, of a quick hand the last one', async () => {
  useStudio.setState(initialView);
  useConnection.setState({ connection: 'connecting' });
  const told: (readonly number[])[] = [];
  const look = implement(contract.people).look.handler(({ input }) => void told.push(input.segmentIds));
  answerWith({ people: { look } });
  const end = tellWhereWeLook();
  const select = (id: number) => useStudio.getState().selectSegments([id], 1);
  select(4);
  useConnection.setState({ connection: 'connected' });
  await expect.poll(() => told).toEqual([[4]]);
  for (const id of [5, 6, 7]) select(id);
  await expect.poll(() => told.at(-1)).toEqual([7]);
  expect(told).not.toContainEqual([6]);

  useConnection.setState({ connection: 'lost' });
  useConnection.setState({ connection: 'connected' });
  await expect.poll(() => told.slice(-2)).toEqual([[7], [7]]);
  end();
  useConnection.setState({ connection: 'connecting' });
});
