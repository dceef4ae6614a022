// The engine may die at any moment without taking main, its other tasks' work or anything on disk with it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { budgets } from '#preload/domain/budgets.ts';
import { isRunning } from '../failures/is-running.ts';
import type { TestBench } from '../testing/engine-test-bench.ts';
import { makeTestBench, rememberingCarrier } from '../testing/engine-test-bench.ts';
import { startEngine } from './start-engine.ts';
import type { Engine, EngineTasks } from './tasks.ts';

let bench: TestBench;

beforeAll(async () => {
  bench = await makeTestBench(20);
});

afterAll(() => rm(bench.folder, { recursive: true, force: true }));

const embedInput = (featuresFolder: string): EngineTasks['embed']['input'] => ({
  media: bench.media,
  model: bench.model,
  samplingFps: 30,
  featuresFolder: path.join(bench.folder, featuresFolder),
});

/** Runs the embed task until it has done the given share, then calls `act`. */
function embedUntil(engine: Engine, featuresFolder: string, share: number, act: () => void, signal?: AbortSignal) {
  let acted = false;
  return engine.run('embed', embedInput(featuresFolder), {
    ...(signal ? { signal } : {}),
    onProgress: ({ done }) => {
      if (done < share || acted) return;
      acted = true;
      act();
    },
  });
}

async function featureBytes(featuresFolder: string, key: string): Promise<Buffer[]> {
  const stem = path.join(bench.folder, featuresFolder, key);
  return Promise.all([readFile(`${stem}.npy`), readFile(`${stem}.times.npy`)]);
}

describe('the engine', () => {
  it('starts a new process after a kill -9, and goes on where the killed one stopped, to the same bytes', async () => {
    const { carrier, processes } = rememberingCarrier();
    await using engine = startEngine(carrier);
    const whole = await engine.run('embed', embedInput('whole'));
    expect(whole.rows).toBe(600);
    expect(whole.provider?.chosen).toBe('cpu');

    let besides: Promise<unknown> = Promise.resolve();
    const killed = embedUntil(engine, 'killed', 0.3, () => {
      besides = engine.run('frames', {
        media: bench.media,
        indices: Array.from({ length: 500 }, (_, index) => index),
      });
      process.kill(processes[0]!.pid!, 'SIGKILL');
    });
    const outcomes = [...(await Promise.allSettled([killed])), ...(await Promise.allSettled([besides]))];
    for (const outcome of outcomes) {
      expect(outcome).toMatchObject({
        status: 'rejected',
        reason: { code: 'engine-stopped', message: expect.stringContaining('SIGKILL') },
      });
    }

    const resumed = await engine.run('embed', embedInput('killed'));
    expect(processes).toHaveLength(2);
    expect(resumed.resumedFromRow).toBeGreaterThan(0);
    expect(resumed.rows).toBe(whole.rows);
    expect(await featureBytes('killed', resumed.key)).toEqual(await featureBytes('whole', whole.key));
  });

  it('loses nothing by being killed at random moments, again and again', async () => {
    const { carrier, processes } = rememberingCarrier();
    await using engine = startEngine(carrier);
    const whole = await engine.run('embed', embedInput('whole'));
    const failures = new Set<string>();
    let finished: EngineTasks['embed']['output'] | null = null;
    for (let tries = 0; finished === null; tries += 1) {
      const running = engine.run('embed', embedInput('harassed'));
      const victim = processes.at(-1)!;
      const timer = tries < 6 ? setTimeout(() => victim.kill(), Math.random() * 1500) : undefined;
      finished = await running.catch((failure: { code: string }) => {
        failures.add(failure.code);
        return null;
      });
      clearTimeout(timer);
    }
    expect([...failures].filter((code) => code !== 'engine-stopped')).toEqual([]);
    expect(finished.rows).toBe(whole.rows);
    expect(await featureBytes('harassed', finished.key)).toEqual(await featureBytes('whole', whole.key));
  });

  it('ends a process that gives no sign, says which task was silent, and goes on in a new one', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    onTestFinished(() => void vi.useRealTimers());
    const { carrier, processes } = rememberingCarrier();
    await using engine = startEngine(carrier);
    const stopped = Promise.withResolvers<void>();
    const embedding = embedUntil(engine, 'silent', 0, () => {
      process.kill(processes[0]!.pid!, 'SIGSTOP');
      stopped.resolve();
    });
    const outcome = Promise.allSettled([embedding]);
    await stopped.promise;
    // What it said before it stood still may still be under way.
    const ticks = setTimeout(function tick() {
      vi.advanceTimersByTime(budgets.modelSilenceMs / 2);
      ticks.refresh();
    }, 200);
    const [failed] = await outcome;
    clearTimeout(ticks);
    expect(failed).toMatchObject({
      reason: {
        code: 'engine-stopped',
        message:
          'The engine stopped while it was at work on "embed" ("embed" gave no sign for 300 seconds); try again.',
      },
    });
    const resumed = await engine.run('embed', embedInput('silent'));
    expect(processes).toHaveLength(2);
    expect(resumed.rows).toBe(600);
  });

  it('cancels in the middle and resumes to the same bytes', async () => {
    await using engine = startEngine(rememberingCarrier().carrier);
    const whole = await engine.run('embed', embedInput('whole'));
    const cancel = new AbortController();
    const cancelled = embedUntil(engine, 'cancelled', 0.2, () => cancel.abort(), cancel.signal);
    await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' });
    const { key, complete } = await engine.run('featureKey', {
      ...embedInput('cancelled'),
      checksum: bench.media.checksum,
    });
    expect({ key, complete }).toEqual({ key: whole.key, complete: false });

    const resumed = await engine.run('embed', embedInput('cancelled'));
    expect(resumed.resumedFromRow).toBeGreaterThan(0);
    expect(resumed.resumedFromRow).toBeLessThan(600);
    expect(await featureBytes('cancelled', resumed.key)).toEqual(await featureBytes('whole', whole.key));
    expect((await engine.run('embed', embedInput('cancelled'))).resumedFromRow).toBe(600);
  });

  it('answers light tasks while a heavy one runs, and queues heavy ones', async () => {
    await using engine = startEngine(rememberingCarrier().carrier);
    const order: string[] = [];
    const note = (name: string) => () => void order.push(name);
    const first = engine.run('embed', embedInput('first')).then(note('first'));
    const second = engine.run('embed', embedInput('second')).then(note('second'));
    const pictures = engine.run('frames', { media: bench.media, indices: [3, 599] }).then(note('frames'));
    const texts = engine.run('embedTexts', { model: bench.model, texts: ['high jump'] }).then(note('texts'));
    await Promise.all([first, second, pictures, texts]);
    expect(order.toSorted()).toEqual(['first', 'frames', 'second', 'texts']);
    expect(order.slice(2)).toEqual(['first', 'second']);
  });

  it('does not start what was cancelled before, and rejects everything once it is closed', async () => {
    const { carrier, processes } = rememberingCarrier();
    const engine = startEngine(carrier);
    const run = (signal?: AbortSignal) =>
      engine.run('describeModel', { folder: bench.model.folder }, signal ? { signal } : {});
    await expect(run(AbortSignal.abort())).rejects.toMatchObject({ code: 'cancelled' });
    expect(processes).toHaveLength(0);
    expect(await run()).toEqual({
      name: 'tiny-clip',
      folder: bench.model.folder,
      kind: 'CLIP',
      capabilities: {
        embedsFrames: true,
        embedsTexts: true,
        takesPromptVectors: true,
        scoresClips: true,
        mergesTokens: true,
      },
      dim: 40,
      imageSize: 32,
      temporal: null,
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    const underWay = embedUntil(engine, 'closed', 0.1, () => void engine[Symbol.asyncDispose]());
    await expect(underWay).rejects.toMatchObject({ code: 'engine-stopped' });
    await engine[Symbol.asyncDispose]();
    await expect(run()).rejects.toMatchObject({ code: 'engine-stopped' });
    expect(() => process.kill(processes[0]!.pid!, 0)).toThrow('ESRCH');
  });

  it('passes failures on as values', async () => {
    await using engine = startEngine(rememberingCarrier().carrier);
    const gone = path.join(bench.folder, 'no such folder');
    await expect(engine.run('describeModel', { folder: gone })).rejects.toMatchObject({
      name: 'Failure',
      code: 'not-found',
      message: expect.stringContaining(gone),
    });
    const media = { ...bench.media, path: gone };
    await expect(engine.run('frames', { media, indices: [0] })).rejects.toMatchObject({ code: 'not-found' });
  });

  it('ends by itself when main is killed', async () => {
    const input = embedInput('orphaned');
    const script = `
      import { childProcessCarrier } from '#main/engine/carriers.ts';
      import { startEngine } from '#main/engine/start-engine.ts';
      const input = JSON.parse(process.argv[1]);
      const media = { ...input.media, frames: Float64Array.from(input.media.frames) };
      const engine = startEngine(() => {
        const started = childProcessCarrier();
        console.log(started.pid);
        return started;
      });
      await engine.run('embed', { ...input, media }, { onProgress: ({ done }) => done > 0.1 && console.log('working') });
    `;
    const json = JSON.stringify({ ...input, media: { ...input.media, frames: [...input.media.frames] } });
    const main = spawn(process.execPath, ['--input-type=module', '--eval', script, json], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    main.stdout.setEncoding('utf8');
    for await (const text of main.stdout) {
      said += text;
      if (said.includes('working')) break;
    }
    const pid = Number.parseInt(said, 10);
    expect(process.kill(pid, 0)).toBe(true);
    main.kill('SIGKILL');
    if (main.exitCode === null && main.signalCode === null) await once(main, 'exit');
    await expect.poll(() => isRunning(pid), { timeout: 10_000 }).toBe(false);
  });
});
