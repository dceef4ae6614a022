// Every way to compute, tried from the settings: progress that can be stopped, figures, a word for what failed, and taking one.
import { implement } from '@orpc/server';
import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { contract } from '#preload/contract/contract.ts';
import type { PlanReport } from '#preload/domain/compute-plan.ts';
import type { StudioSettingsChange } from '#preload/domain/settings.ts';
import { answerWith, refusal } from '../../testing/answering-backend.ts';
import { show } from '../../testing/show.tsx';
import { PlanTrials } from './PlanTrials.tsx';

const models = implement(contract.models);
const studio = implement(contract.studio);
const report: PlanReport = {
  model: 'vit',
  frames: 64,
  classes: 3,
  trials: [
    { plan: 'cpu', batch: 4, framesPerSecond: 10, cosine: 1, sameClass: 1, sameOrder: 1, problem: null },
    {
      plan: 'cpu-int8',
      batch: 8,
      framesPerSecond: 25,
      cosine: 0.9998,
      sameClass: 0.984,
      sameOrder: 0.97,
      problem: null,
    },
    {
      plan: 'cpu-int8-merged',
      batch: 8,
      framesPerSecond: 32,
      cosine: 0.997,
      sameClass: 0.953,
      sameOrder: 0.96,
      problem: 'its answers differ too much',
    },
    {
      plan: 'webgpu-fp16',
      batch: 16,
      framesPerSecond: 90,
      cosine: 0.98,
      sameClass: 0.8,
      sameOrder: 0.9,
      problem: 'its answers differ too much',
    },
    {
      plan: 'cuda',
      batch: null,
      framesPerSecond: null,
      cosine: null,
      sameClass: null,
      sameOrder: null,
      problem: 'its libraries are missing',
    },
  ],
  fastest: 'cpu-int8',
  still: { share: 0.25, cosine: 0.9996, sameClass: 1, sameOrder: 1, problem: null },
};

test('figures of every way, in multiples of the processor; the fastest that agrees can be taken', async () => {
  const taken: StudioSettingsChange[] = [];
  const finish = Promise.withResolvers<void>();
  answerWith({
    models: {
      tryPlans: models.tryPlans.handler(async function* () {
        yield { done: 0.5, step: 'trying cpu-int8' };
        await finish.promise;
        return report;
      }),
    },
    studio: {
      changeSettings: studio.changeSettings.handler(({ input }) => {
        taken.push(input);
        return { theme: 'dark', provider: 'cpu-int8', tourSeen: true, annotator: '' };
      }),
    },
  });
  await show(<PlanTrials inUse="cpu" />);
  await page.getByRole('button', { name: 'Try every way' }).click();
  await expect.element(page.getByText('trying cpu-int8')).toBeVisible();
  finish.resolve();
  await expect.element(page.getByText('25.0 (2.5×) by 8')).toBeVisible();
  await expect.element(page.getByText(/25 % of the frames hardly differ/)).toBeVisible();
  await expect.element(page.getByText('its libraries are missing')).toBeVisible();
  expect(page.getByRole('button', { name: /^Use WebGPU/ }).elements()).toEqual([]);
  await page.getByRole('button', { name: 'Use CPU in whole numbers (int8)' }).click();
  await expect.poll(() => taken).toEqual([{ provider: 'cpu-int8', bestBatch: { provider: 'cpu-int8', frames: 8 } }]);
});

test('what was found before the first frames were read is told with its figures', async () => {
  answerWith({
    models: {
      keptPlan: models.keptPlan.handler(() => ({
        plan: 'cpu-int8',
        batch: 8,
        framesPerSecond: 28,
        ofProcessor: 11.2,
        cosine: 0.99984,
        sameClass: 1,
        frames: 64,
      })),
    },
  });
  await show(<PlanTrials inUse="auto" />);
  const told = page.getByText(/read on CPU in whole numbers \(int8\): .* 64 of its frames/);
  await expect.element(told).toBeVisible();
  expect(told.element().textContent).toContain("28.0 frames a second, 2.5× the processor's float32, alike 0.9998");
});

test('what an earlier trial found is there; merged tokens are taken by hand, also where they agree less', async () => {
  const taken: StudioSettingsChange[] = [];
  answerWith({
    models: { planReport: models.planReport.handler(() => report) },
    studio: {
      changeSettings: studio.changeSettings.handler(({ input }) => {
        taken.push(input);
        return { theme: 'dark', provider: 'cpu-int8-merged', tourSeen: true, annotator: '' };
      }),
    },
  });
  await show(<PlanTrials inUse="cpu-int8" />);
  await expect.element(page.getByText('32.0 (3.2×) by 8')).toBeVisible();
  await expect.element(page.getByText(/the fastest that agrees is CPU in whole numbers \(int8\)\.$/)).toBeVisible();
  await expect.element(page.getByText(/half of them in all .* faster, and less exact/)).toBeVisible();
  await page.getByRole('button', { name: /^Use CPU in whole numbers .* merged tokens all the same$/ }).click();
  await expect
    .poll(() => taken)
    .toEqual([{ provider: 'cpu-int8-merged', bestBatch: { provider: 'cpu-int8-merged', frames: 8 } }]);
});

test('a trial can be stopped, and says why it cannot begin', async () => {
  let refuses = false;
  const stopped = Promise.withResolvers<void>();
  answerWith({
    models: {
      tryPlans: models.tryPlans.handler(async function* ({ signal }) {
        if (refuses) throw refusal('nothing-to-do', 'Plans are tried on frames of the project: add a video first.');
        yield { done: 0.1, step: 'reading frames of the project' };
        signal?.addEventListener('abort', () => stopped.resolve());
        await stopped.promise;
        throw refusal('cancelled', 'Stopped.');
      }),
    },
  });
  await show(<PlanTrials inUse="auto" />);
  await page.getByRole('button', { name: 'Try every way' }).click();
  await expect.element(page.getByText('reading frames of the project')).toBeVisible();
  await page.getByRole('button', { name: 'Stop' }).click();
  await stopped.promise;
  refuses = true;
  await page.getByRole('button', { name: 'Try every way' }).click();
  await expect.element(page.getByText(/add a video first/)).toBeVisible();
});
