// An edit that nobody heard is sent again until somebody does; a refusal is heard, and an edit is never made twice.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { useConnection } from './connection.ts';
import { askUntilHeard, keepTrying, reconnectDelayMs, useWaiting } from './keep-trying.ts';

const unheard = () => new TypeError('Failed to fetch');

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  useConnection.setState({ connection: 'connecting' });
});

test('it waits for the connection, is counted meanwhile, and goes out once', async () => {
  useConnection.setState({ connection: 'lost' });
  const ask = vi.fn<() => Promise<string>>().mockRejectedValueOnce(unheard()).mockResolvedValue('done');
  const answer = keepTrying(['segments', 'update'], ask);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(ask).toHaveBeenCalledTimes(1);
  expect(useWaiting.getState().edits).toBe(1);
  useConnection.setState({ connection: 'connected' });
  expect(await answer).toBe('done');
  expect(ask).toHaveBeenCalledTimes(2);
  expect(useWaiting.getState().edits).toBe(0);
});

test('a refusal is not repeated, nor is an edit that would count twice', async () => {
  const refused = vi.fn<() => Promise<string>>().mockRejectedValue(new RangeError('no such class'));
  await expect(keepTrying(['segments', 'update'], refused)).rejects.toThrow('no such class');
  expect(refused).toHaveBeenCalledTimes(1);
  const undo = vi.fn<() => Promise<string>>().mockRejectedValue(unheard());
  await expect(keepTrying(['history', 'undo'], undo)).rejects.toThrow('Failed to fetch');
  expect(undo).toHaveBeenCalledTimes(1);
});

test('what arrived although its answer did not is not asked for again', async () => {
  const make = vi.fn<() => Promise<number>>().mockRejectedValue(unheard());
  const answer = askUntilHeard(make, async () => 7);
  await vi.advanceTimersByTimeAsync(reconnectDelayMs(0));
  expect(await answer).toBe(7);
  expect(make).toHaveBeenCalledTimes(1);
});

test('new tries come ever later, up to five seconds', () =>
  expect([0, 1, 2, 3, 4, 5, 50].map(reconnectDelayMs)).toEqual([250, 500, 1000, 2000, 4000, 5000, 5000]));
