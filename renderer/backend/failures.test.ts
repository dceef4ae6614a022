// Every failure has words, and nothing internal reaches the screen.
import { ORPCError } from '@orpc/client';
import { describe, expect, test } from 'vitest';
import { Failure, failureCodes } from '#preload/domain/failure.ts';
import { verbatim } from '#preload/domain/saying.ts';
import { failureIn, failureOf, wordsFor } from './failures.ts';

test.each([...failureCodes, 'unreachable' as const])('%s has a headline', (code) =>
  expect(wordsFor({ code }).title).toMatch(/^[A-Z].+[^.]$/),
);

describe('what a call threw', () => {
  test('a failure over RPC keeps code, sentence and details', () => {
    const error = new ORPCError('disk-full', { message: 'The disk of /data is full.', data: { path: '/data' } });
    expect(failureOf(error)).toEqual({
      code: 'disk-full',
      message: 'The disk of /data is full.',
      details: { path: '/data' },
    });
  });

  test('a failure of our own does too', () =>
    expect(failureOf(new Failure('not-found', verbatim('Gone.'), { videoId: 3 }))).toEqual({
      code: 'not-found',
      message: 'Gone.',
      details: { videoId: 3 },
    }));

  test('a backend that does not answer is said to be unreachable', () => {
    for (const words of ['Failed to fetch', 'NetworkError when attempting to fetch resource.', 'Load failed']) {
      expect(failureOf(new TypeError(words)).code).toBe('unreachable');
    }
  });

  test('anything else is internal, without its text', () => {
    for (const strange of [
      new Error('ENOENT /home/ana/.secret'),
      new ORPCError('TEAPOT', { message: 'x' }),
      'text',
      null,
    ]) {
      expect(failureOf(strange)).toEqual({
        code: 'internal',
        message: 'The studio met an error it does not know.',
        details: {},
      });
    }
  });
});

test.each([
  [Response.json({ code: 'not-found', message: 'Gone.' }, { status: 404 }), 'not-found', 'Gone.'],
  [new Response('a page of a proxy', { status: 502 }), 'unreadable-video', 'No picture.'],
  [Response.json({ error: 'of another kind' }, { status: 500 }), 'unreadable-video', 'No picture.'],
])('a response that failed says what failed, or what was asked for', async (response, code, message) =>
  expect(await failureIn(response, new Failure('unreadable-video', verbatim('No picture.')))).toMatchObject({
    code,
    message,
  }),
);
