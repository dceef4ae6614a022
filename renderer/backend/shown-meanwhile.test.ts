// Protects what a hand changed on screen: it stands until it is stored and told of, and never longer.
import { QueryObserver } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { create } from 'zustand';
import { queries } from './client.ts';
import { storeShown, type Meanwhile } from './shown-meanwhile.ts';

const queryKey = ['place'];
let told: { place: number };
let leave: () => void;
const answer = vi.fn<() => Promise<{ place: number }>>(async () => ({ ...told }));
const onScreen = create<Meanwhile<{ place: number }>>(() => ({ shown: null }));
const seen = (): number | undefined =>
  (onScreen.getState().shown ?? queries.getQueryData<typeof told>(queryKey))?.place;

beforeEach(async () => {
  queries.clear();
  answer.mockClear();
  told = { place: 1 };
  onScreen.setState({ shown: null });
  leave = new QueryObserver(queries, { queryKey, queryFn: answer }).subscribe(() => undefined);
  await vi.waitFor(() => expect(seen()).toBe(1));
});
afterEach(() => leave());

test('what was stored and taken back before it was told goes back, though nothing else is told than before', async () => {
  const before = queries.getQueryData(queryKey);
  onScreen.setState({ shown: { place: 2 } });
  await storeShown(onScreen, Promise.resolve(), queryKey);
  expect(queries.getQueryData(queryKey)).toBe(before);
  expect(seen()).toBe(1);
});

test('it stands while it is being stored and until it is told', async () => {
  const stored = Promise.withResolvers<void>();
  onScreen.setState({ shown: { place: 2 } });
  const storing = storeShown(onScreen, stored.promise, queryKey);
  expect(seen()).toBe(2);
  told = { place: 2 };
  const asked = Promise.withResolvers<void>();
  answer.mockImplementationOnce(async () => {
    await asked.promise;
    return { ...told };
  });
  stored.resolve();
  await vi.waitFor(() => expect(answer).toHaveBeenCalledTimes(2));
  expect(onScreen.getState().shown).toEqual({ place: 2 });
  asked.resolve();
  await storing;
  expect(onScreen.getState().shown).toBeNull();
  expect(seen()).toBe(2);
});

test('what was put in its place meanwhile stays, and what cannot be stored goes back', async () => {
  onScreen.setState({ shown: { place: 2 } });
  const storing = storeShown(onScreen, Promise.resolve(), queryKey);
  onScreen.setState({ shown: { place: 3 } });
  await storing;
  expect(seen()).toBe(3);
  expect(answer).toHaveBeenCalledTimes(1);
  await expect(storeShown(onScreen, Promise.reject(new Error('no room')), queryKey)).rejects.toThrow('no room');
  expect(seen()).toBe(1);
});
