// Protects: what somebody brought before them to decide is told at once, again after a lost connection, and not while it lasts.
// A look that does not arrive waits for the next one.
import { implement } from '@orpc/server';
import { expect, test } from 'vitest';
import { contract } from '#preload/contract/contract.ts';
import { useConnection } from '../backend/connection.ts';
import { useReviewQueue } from '../shared/review-queue.ts';
import { initialView, useStudio } from '../shared/studio-state.ts';
import { answerWith, refusal } from '../testing/answering-backend.ts';
import { tellWhereWeLook } from './tell-where-we-look.ts';

/** What the backend is told from now on. */
function listen(): (readonly number[])[] {
  useStudio.setState(initialView);
  useConnection.setState({ connection: 'connecting' });
  const told: (readonly number[])[] = [];
  const look = implement(contract.people).look.handler(({ input }) => void told.push(input.segmentIds));
  answerWith({ people: { look } });
  return told;
}

test('the proposal in focus is told to the backend, of a quick hand the last one', async () => {
  const told = listen();
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

test('of what is chosen in the grid all is told, not only what is in focus, and nothing else once it was decided', async () => {
  const told = listen();
  const end = tellWhereWeLook();
  useConnection.setState({ connection: 'connected' });
  useReviewQueue.setState({ focusId: 6, chosen: new Set([4, 5, 6]) });
  useStudio.getState().selectSegments([6], 1);
  await expect.poll(() => told.at(-1)).toEqual([4, 5, 6]);
  useReviewQueue.setState({ chosen: new Set([5, 6]) });
  await expect.poll(() => told.at(-1)).toEqual([5, 6]);
  useReviewQueue.setState({ focusId: null, chosen: new Set() });
  await expect.poll(() => told.at(-1)).toEqual([6]);
  end();
  useConnection.setState({ connection: 'connecting' });
});

test('what does not arrive is told with the next look, and not over and over', async () => {
  listen();
  let asked = 0;
  const look = implement(contract.people).look.handler(() => {
    asked += 1;
    throw refusal('internal', 'The project is being opened.');
  });
  answerWith({ people: { look } });
  const end = tellWhereWeLook();
  useConnection.setState({ connection: 'connected' });
  await expect.poll(() => asked).toBe(1);
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(asked).toBe(1);
  useStudio.getState().selectSegments([4], 1);
  await expect.poll(() => asked).toBe(2);
  end();
  useConnection.setState({ connection: 'connecting' });
});
