// Models as the settings list them: none, one that no longer loads, a folder of hundreds, and a backend that refuses.
import { implement } from '@orpc/server';
import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { contract } from '#preload/contract/contract.ts';
import type { ModelEntry } from '#preload/domain/model.ts';
import { answerWith, refusal } from '../../testing/answering-backend.ts';
import { someProject } from '../../testing/rows.ts';
import { show } from '../../testing/show.tsx';
import { useNotices } from '../../shared/notices.ts';
import { SettingsDialog } from './SettingsDialog.tsx';

const models = implement(contract.models);
const projects = implement(contract.projects);
const info = projects.info.handler(() => someProject());
const model = (number: number, problem: string | null = null): ModelEntry => ({
  name: `model ${number}`,
  folder: `/models/${number}`,
  kind: 'CLIP',
  capabilities: { embedsFrames: true, embedsTexts: true, takesPromptVectors: true, scoresClips: false },
  dim: 512,
  imageSize: 224,
  temporal: null,
  speed: null,
  problem,
});
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
  answerWith({ models: { list: models.list.handler(() => []) }, projects: { info } });
  await show(dialog);
  await expect.element(page.getByText('No model yet: add a checkpoint folder')).toBeVisible();
  await expect.element(page.getByRole('button', { name: 'Add a checkpoint folder…' })).toBeVisible();
});

test('a model that no longer loads says why and cannot be chosen; a refused choice is told of', async () => {
  const list = models.list.handler(() => [model(1, 'Its folder is gone.'), model(2)]);
  const changeSettings = projects.changeSettings.handler(() => {
    throw refusal('read-only', 'The project cannot be written to.');
  });
  answerWith({ models: { list }, projects: { info, changeSettings } });
  await show(dialog);
  await expect.element(page.getByText('Its folder is gone.')).toBeVisible();
  await expect.element(page.getByRole('radio', { name: 'model 1' })).toBeDisabled();
  await page.getByRole('radio', { name: 'model 2' }).click();
  await expect.poll(() => useNotices.getState().notice?.text).toContain('The project cannot be written to.');
  await expect.element(page.getByRole('radio', { name: 'model 2' })).not.toBeChecked();
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

test('what frames a second cost on the disk stands below their number', async () => {
  const storedSizes = projects.storedSizes.handler(() => ({ frames: 29_500_000, dense: 29_500_000, clips: 0 }));
  answerWith({ models: { list: models.list.handler(() => []) }, projects: { info, storedSizes } });
  await show(dialog);
  await page.getByRole('tab', { name: 'Proposals' }).click();
  await expect
    .element(page.getByText('On the disk now: 30 MB of frame features, 30 MB of what temporal modules made of them.'))
    .toBeVisible();
});
