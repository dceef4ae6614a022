// Calls between threads and processes: each gets its own answer, whatever order they end in and whichever are cancelled.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { Failure } from '#preload/domain/failure.ts';
import { verbatim } from '#preload/domain/saying.ts';
import { answerCalls, type Answers } from './answer-calls.ts';
import { CallPort } from './call-port.ts';
import { inTurn } from './in-turn.ts';
import type { Port } from './port.ts';
import { startThread } from './thread.ts';

interface Calls {
  wait: { input: { readonly value: number; readonly turns: number }; output: number };
  double: { input: Float32Array<ArrayBuffer>; output: Float32Array<ArrayBuffer> };
  fail: { input: { readonly error: 'failure' | 'error' | 'full' }; output: null };
  hang: { input: null; output: null };
}

const thrown = {
  failure: () => new Failure('not-found', verbatim('It is not there.'), { file: 'a.mp4' }),
  error: () => new Error('broken'),
  full: () => Object.assign(new Error('write'), { code: 'ENOSPC' }),
};

const answers: Answers<Calls, number> = {
  async wait({ value, turns }, { signal, report }) {
    for (let turn = 0; turn < turns; turn += 1) {
      report(turn);
      await setTimeout(0);
      signal.throwIfAborted();
    }
    return { output: value };
  },
  async double(input) {
    const output = input.map((value) => 2 * value);
    return { output, transfer: [output.buffer] };
  },
  async fail({ error }) {
    throw thrown[error]();
  },
  hang: (_, { signal }) =>
    new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(new Error('something else on its way out')));
    }),
};

const portOf = (end: MessagePort): Port => ({
  post: (message, transfer = []) => end.postMessage(message, [...transfer]),
  onMessage: (listener) => void end.on('message', listener),
});

const open: MessagePort[] = [];

function connect(answering = answers): { readonly calls: CallPort<Calls, number>; readonly stopped: Promise<unknown> } {
  const { port1, port2 } = new MessageChannel();
  open.push(port1);
  const { promise: stopped, resolve } = Promise.withResolvers<unknown>();
  answerCalls<Calls, number>(portOf(port2), (name, input, control) => answering[name](input, control), resolve);
  return { calls: new CallPort(portOf(port1)), stopped };
}

afterEach(() => {
  for (const port of open.splice(0)) port.close();
});

describe('calls over a port', () => {
  it('answer each asker with its own, in whatever order they end, and fail those that are cancelled', async () => {
    const asked = fc.array(
      fc.record({ value: fc.integer(), turns: fc.nat(5), cancelAfter: fc.option(fc.nat(5), { nil: null }) }),
      { maxLength: 12 },
    );
    await fc.assert(
      fc.asyncProperty(asked, async (wanted) => {
        const { calls } = connect();
        const outcomes = await Promise.allSettled(
          wanted.map(({ value, turns, cancelAfter }) => {
            const cancel = new AbortController();
            const onProgress = (turn: number) => {
              if (turn === cancelAfter) cancel.abort(new Failure('cancelled', verbatim('Enough.')));
            };
            return calls.call('wait', { value, turns }, { signal: cancel.signal, onProgress });
          }),
        );
        outcomes.forEach((outcome, index) => {
          const { value, turns, cancelAfter } = wanted[index]!;
          if (outcome.status === 'fulfilled') expect(outcome.value).toBe(value);
          else expect(outcome.reason).toMatchObject({ name: 'Failure', code: 'cancelled' });
          if (cancelAfter === null || cancelAfter >= turns) expect(outcome.status).toBe('fulfilled');
        });
      }),
      { numRuns: 40 },
    );
  });

  it('report in order, and nothing after the answer', async () => {
    const { calls } = connect();
    const turns: number[] = [];
    await calls.call('wait', { value: 1, turns: 4 }, { onProgress: (turn) => turns.push(turn) });
    expect(turns).toEqual([0, 1, 2, 3]);
  });

  it('are answered one after another where they are asked to be', async () => {
    const { calls } = connect(inTurn(answers));
    const ended: number[] = [];
    const turns = [5, 0, 2, 1];
    await Promise.all(turns.map(async (count, value) => ended.push(await calls.call('wait', { value, turns: count }))));
    expect(ended).toEqual([0, 1, 2, 3]);
  });

  it('move memory there and back', async () => {
    const { calls } = connect();
    const input = Float32Array.of(1, 2, 3);
    expect(await calls.call('double', input, { transfer: [input.buffer] })).toEqual(Float32Array.of(2, 4, 6));
    expect(input).toHaveLength(0);
  });

  it('fail with failures: as thrown, with what a full disk means, and as internal where nobody meant it', async () => {
    const { calls } = connect();
    const failing = async (error: keyof typeof thrown, as: object) =>
      expect(calls.call('fail', { error })).rejects.toMatchObject(as);
    await failing('failure', {
      name: 'Failure',
      code: 'not-found',
      message: 'It is not there.',
      details: { file: 'a.mp4' },
    });
    await failing('full', { name: 'Failure', code: 'disk-full' });
    await failing('error', { name: 'Failure', code: 'internal', message: 'broken' });
  });

  it('are cancelled by their signal alone: what is thrown on the way out is not what went wrong', async () => {
    const { calls } = connect();
    const cancel = new AbortController();
    const hanging = calls.call('hang', null, { signal: cancel.signal });
    cancel.abort();
    await expect(hanging).rejects.toMatchObject({ code: 'cancelled' });
    await expect(calls.call('hang', null, { signal: AbortSignal.abort(new Error('before')) })).rejects.toThrow(
      'before',
    );
  });

  it('let go when the asker says stop', async () => {
    const { calls, stopped } = connect();
    const hanging = calls.call('hang', null);
    calls.stop();
    await expect(hanging).rejects.toMatchObject({ code: 'engine-stopped' });
    await stopped;
  });

  it('refuse what cannot be cloned, and go on', async () => {
    const { calls } = connect();
    const uncloneable = { value: 1, turns: 0, tell: () => undefined };
    await expect(calls.call('wait', uncloneable)).rejects.toThrow('could not be cloned');
    expect(await calls.call('wait', { value: 2, turns: 0 })).toBe(2);
  });
});

it('a thread that ends by itself fails what it had not answered', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'cuepoint-thread-'));
  const entry = path.join(folder, 'ends.mjs');
  await writeFile(
    entry,
    `import { parentPort } from 'node:worker_threads'; parentPort.on('message', () => process.exit(3));`,
  );
  const { calls, gone } = startThread<Calls>(entry, (reason) => verbatim(`It ended (${reason}).`));
  await expect(calls.call('hang', null)).rejects.toMatchObject({
    code: 'engine-stopped',
    message: 'It ended (exit code 3).',
  });
  await gone;
  await rm(folder, { recursive: true });
});
