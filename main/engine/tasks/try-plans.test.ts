// Protects: every way to compute is tried, in batches of several sizes, on the project's frames and held against the processor's float32; what cannot be
// used is told with its reason; the fastest is one that agrees; nothing to look at, and a stop, are words.
import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { localProvider } from '#preload/domain/model.ts';
import { english, type Told } from '#preload/domain/saying.ts';
import { makeTestBench, type TestBench } from '../../testing/engine-test-bench.ts';
import { EngineMemory } from './engine-memory.ts';
import { tryPlansTask } from './try-plans.ts';

const memory = new EngineMemory();
const prompts = ['throw discus', '高跳'];
let bench: TestBench;
beforeAll(async () => {
  bench = await makeTestBench(12);
});
afterAll(async () => {
  await memory[Symbol.asyncDispose]();
  await rm(bench.folder, { recursive: true, force: true });
});

it('tries all that there is, and takes the fastest that agrees', async () => {
  const steps: string[] = [];
  const report = ({ step }: { readonly step: Told }) => steps.push(english(step));
  const context = { memory, signal: new AbortController().signal, report };
  const input = { model: { folder: bench.model.folder }, videos: [bench.media], prompts, merging: true };
  const { frames, trials, fastest, still } = await tryPlansTask(input, context);
  // Twelve seconds at four frames a second.
  expect(frames).toBe(48);
  expect(trials.map(({ plan }) => plan).toSorted()).toEqual(localProvider.options.toSorted());
  expect(trials[0]).toMatchObject({ plan: 'cpu', sameClass: 1, problem: null });
  expect([null, 1]).toContain(trials[0]!.sameOrder);
  // Everything moves in this clip.
  expect(still).toMatchObject({ share: 0, sameClass: 1, problem: null });
  expect(trials[0]!.cosine).toBeCloseTo(1, 5);
  const usable = trials.filter(({ problem }) => problem === null);
  for (const { framesPerSecond, batch, cosine } of usable) {
    expect(framesPerSecond).toBeGreaterThan(0);
    expect([1, 4, 8, 16, 64]).toContain(batch);
    expect(cosine).toBeGreaterThanOrEqual(0.999);
  }
  expect(usable.toSorted((a, b) => b.framesPerSecond! - a.framesPerSecond!)[0]!.plan).toBe(fastest);
  for (const { problem } of trials) expect(english(problem ?? '')).not.toMatch(/settings ask for|undefined/);
  expect(steps).toContain('trying cpu-int8');
});

it('asks for a video, and hears a stop', async () => {
  const model = { folder: bench.model.folder };
  const context = (signal: AbortSignal) => ({ memory, signal, report: () => undefined });
  const quiet = context(new AbortController().signal);
  await expect(tryPlansTask({ model, videos: [], prompts, merging: true }, quiet)).rejects.toMatchObject({
    code: 'nothing-to-do',
  });
  const stopped = context(AbortSignal.abort());
  await expect(tryPlansTask({ model, videos: [bench.media], prompts, merging: true }, stopped)).rejects.toThrow();
});
