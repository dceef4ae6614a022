// Models as the settings list them: none, one that no longer loads, a folder of hundreds, and a backend that refuses.
import { implement } from '@orpc/server';
import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { contract } from '#preload/contract/contract.ts';
import { say } from '#preload/domain/saying.ts';
import type { ModelEntry } from '#preload/domain/model.ts';
import { answerWith, refusal } from '../../testing/answering-backend.ts';
import { someProject } from '../../testing/rows.ts';
import { show } from '../../testing/show.tsx';
import { useNotices } from '../../shared/notices.ts';
import { SettingsDialog } from './SettingsDialog.tsx';

const models = implement(contract.models);
const projects = implement(contract.projects);
const info = projects.info.handler(() => someProject());
const model = (number: number, problem: ModelEntry['problem'] = null): ModelEntry => ({
  name: `model ${number}`,
  folder: `/models/${number}`,
  kind: 'CLIP',
  capabilities: {
    embedsFrames: true,
    embedsTexts: true,
    takesPromptVectors: true,
    scoresClips: false,
    mergesTokens: true,
  },
  dim: 512,
  imageSize: 224,
  temporal: null,
  speed: null,
  problem,
});
const listed = (change: object = {}) => ({
  repository: 'someone/some-clip',
  revision: 'main',
  title: 'Some CLIP',
  goodAt: 'Everything.',
  use: 'frames' as const,
  megabytes: 599,
  licence: 'MIT',
  imageSize: 224,
  gigaflops: 35,
  files: ['config.json'],
  added: null,
  speed: null,
  ...change,
});
const library = (freeBytes = 1e12) =>
  models.library.handler(() => ({
    models: [listed(), listed({ repository: 'someone/other', title: 'Other CLIP', added: 'other', megabytes: 1700 })],
    folder: '/home/models',
    freeBytes,
    hub: 'https://huggingface.co',
  }));
const dialog = <SettingsDialog start="models" hasProject onClose={() => undefined} />;

test('models that cannot be listed: the reason, and another try', async () => {
  let refuses = true;
  const list = models.list.handler(() => {
    if (refuses) throw refusal('unreadable-project', 'The list of models cannot be read.');
    return [model(1)];
  });
  answerWith({ models: { list }, projects: { info } });
  await show(dialog);
  await expect.element(page.getByText('The list of models cannot be read.')).toBeVisible();
  refuses = false;
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect.element(page.getByRole('radio', { name: 'model 1' })).toBeVisible();
});

test('no model yet: what a folder must hold, and the button', async () => {
  answerWith({ models: { list: models.list.handler(() => []), library: library() }, projects: { info } });
  await show(dialog);
  await expect.element(page.getByText(/^No model yet\. Download one below, or add a folder/)).toBeVisible();
  await expect.element(page.getByRole('button', { name: 'Add a checkpoint folder…' })).toBeVisible();
});

test('a model that no longer loads says why and cannot be chosen; a refused choice is told of', async () => {
  const list = models.list.handler(() => [
    model(1, say('The folder {{folder}} is gone.', { folder: '/models/1' })),
    model(2),
  ]);
  const changeSettings = projects.changeSettings.handler(() => {
    throw refusal('read-only', 'The project cannot be written to.');
  });
  const modelSwitch = projects.modelSwitch.handler(() => ({ ...meaning, proposals: 0 }));
  answerWith({ models: { list }, projects: { info, changeSettings, modelSwitch } });
  await show(dialog);
  await expect.element(page.getByText('The folder /models/1 is gone.')).toBeVisible();
  await expect.element(page.getByRole('radio', { name: 'model 1' })).toBeDisabled();
  await page.getByRole('radio', { name: 'model 2' }).click();
  await expect.poll(() => useNotices.getState().notice?.text).toContain('The project cannot be written to.');
  await expect.element(page.getByRole('radio', { name: 'model 2' })).not.toBeChecked();
});

const meaning = {
  from: 'model 1',
  accepted: 2,
  rejected: 0,
  proposals: 5,
  restingVersions: 0,
  videos: 1,
  videoSeconds: 60,
  computingSeconds: 20,
};

test('another model is used only after its meaning was read', async () => {
  const changes: unknown[] = [];
  const changeSettings = projects.changeSettings.handler(({ input }) => {
    changes.push(input);
    return someProject().settings;
  });
  const modelSwitch = projects.modelSwitch.handler(() => meaning);
  const list = models.list.handler(() => [model(1), model(2)]);
  answerWith({ models: { list }, projects: { info, changeSettings, modelSwitch } });
  await show(dialog);
  await page.getByRole('radio', { name: 'model 2' }).click();
  const question = page.getByRole('dialog', { name: 'Use model 2 in this project?' });
  await expect.element(question.getByText(/2 accepted segments/)).toBeVisible();
  await expect.element(question.getByText(/about 20 s on this machine/)).toBeVisible();
  await question.getByRole('button', { name: 'Cancel' }).click();
  expect(changes).toEqual([]);
  await page.getByRole('radio', { name: 'model 2' }).click();
  await question.getByRole('button', { name: 'Use it' }).click();
  await expect.poll(() => changes).toEqual([{ model: 'model 2' }]);
});

test('a disk that is too small for a model of the library says so before the download', async () => {
  answerWith({ models: { list: models.list.handler(() => []), library: library(300e6) }, projects: { info } });
  await show(dialog);
  await expect.element(page.getByRole('button', { name: 'Download Some CLIP, 599 MB' })).toBeDisabled();
  await expect.element(page.getByText('There is room for 300 MB only. Free some space first.')).toBeVisible();
});

test('a download that failed says why, and can be gone on with', async () => {
  const message = 'https://huggingface.co cannot be reached; check the network and try again.';
  const downloads = models.downloads.handler(() => [
    {
      repository: 'someone/some-clip',
      revision: 'main',
      state: 'failed' as const,
      doneBytes: 100e6,
      totalBytes: 599e6,
      remainingS: null,
      failure: { code: 'hub-unreachable' as const, message },
    },
  ]);
  const started: unknown[] = [];
  const startDownload = models.startDownload.handler(({ input }) => void started.push(input));
  const list = models.list.handler(() => []);
  answerWith({ models: { list, library: library(), downloads, startDownload }, projects: { info } });
  await show(dialog);
  await expect.element(page.getByText(message)).toBeVisible();
  await expect.element(page.getByText('Stopped: 100 MB of 599 MB are here')).toBeVisible();
  await page.getByRole('button', { name: 'Go on with the download of Some CLIP' }).click();
  await expect.poll(() => started).toEqual([{ repository: 'someone/some-clip', revision: 'main' }]);
});

test('hundreds of models: the last can be reached', async () => {
  const many = Array.from({ length: 300 }, (_, index) => model(index + 1));
  answerWith({ models: { list: models.list.handler(() => many) }, projects: { info } });
  await show(dialog);
  const last = page.getByRole('radio', { name: 'model 300', exact: true });
  await expect.element(last).toBeInTheDocument();
  last.element().focus();
  await expect.element(last).toBeInViewport();
});

test('what of wide pictures is looked at is chosen with a word on what it is for', async () => {
  const changes: unknown[] = [];
  const changeSettings = projects.changeSettings.handler(({ input }) => {
    changes.push(input);
    return someProject().settings;
  });
  answerWith({ models: { list: models.list.handler(() => []) }, projects: { info, changeSettings } });
  await show(dialog);
  await page.getByRole('tab', { name: 'Proposals' }).click();
  const part = page.getByRole('combobox', { name: 'Part of wide pictures' });
  await expect.element(part).toHaveTextContent('The middle');
  await part.click();
  await page.getByRole('option', { name: /^Where things move/ }).click();
  await expect.poll(() => changes).toEqual([{ framing: 'moving' }]);
});

test('what frames a second cost on the disk stands below their number', async () => {
  const storedSizes = projects.storedSizes.handler(() => ({
    frames: 29_500_000,
    dense: 29_500_000,
    proposals: 2_000_000,
    clips: 0,
  }));
  answerWith({ models: { list: models.list.handler(() => []) }, projects: { info, storedSizes } });
  await show(dialog);
  await page.getByRole('tab', { name: 'Proposals' }).click();
  await expect
    .element(
      page.getByText(
        'On the disk now: 30 MB of frame features, 30 MB of what temporal modules made of them, 2.0 MB of proposals.',
      ),
    )
    .toBeVisible();
});
