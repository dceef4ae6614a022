// Protects: a connection that is open but dead is noticed, and one on which a sign of life comes now and then is not given up.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { failInSilence } from './fail-in-silence.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function answering() {
  let controller!: ReadableStreamDefaultController<Uint8Array>;
  const body = new ReadableStream<Uint8Array>({ start: (its) => void (controller = its) });
  const answer = failInSilence(new Response(body, { status: 200, headers: { 'content-type': 'text/event-stream' } }));
  return { answer, say: (letters: string) => controller.enqueue(new TextEncoder().encode(letters)), controller };
}

test('silence ends it with an error', async () => {
  const { answer } = answering();
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/event-stream']);
  const read = answer.text().catch((error: unknown) => error);
  await vi.advanceTimersByTimeAsync(20_000);
  expect(await read).toEqual(new TypeError('the backend has fallen silent'));
});

test('signs of life keep it, even while nobody reads, and its end is an end', async () => {
  const { answer, say, controller } = answering();
  for (let times = 0; times < 20; times += 1) {
    await vi.advanceTimersByTimeAsync(15_000);
    say('.');
  }
  await vi.advanceTimersByTimeAsync(1);
  const read = answer.text();
  controller.close();
  expect(await read).toBe('.'.repeat(20));
  expect(vi.getTimerCount()).toBe(0);
});
