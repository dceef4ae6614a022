// A German window says in German why a provider or a way to compute is not used, the words of other programs quoted in it;
// what an older program kept is shown as it is.
import { implement } from '@orpc/server';
import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { contract } from '#preload/contract/contract.ts';
import type { PlanReport } from '#preload/domain/compute-plan.ts';
import type { ExecutionProvider, ProviderReport } from '#preload/domain/model.ts';
import { say, type Told } from '#preload/domain/saying.ts';
import german from '../../language/de.json' with { type: 'json' };
import { speak } from '../../language/language.ts';
import { answerWith } from '../../testing/answering-backend.ts';
import { show } from '../../testing/show.tsx';

// Before the modules whose words are said when they are loaded.
speak('de', german);
const { ProviderSettings } = await import('./ProviderSettings.tsx');

const refused = (provider: ExecutionProvider, problem: Told) => ({
  provider,
  problem,
  milliseconds: null,
  maxDifference: null,
});
const untried = { batch: null, framesPerSecond: null, cosine: null, sameClass: null, sameOrder: null };
const provider: ProviderReport = {
  chosen: 'cpu',
  forced: false,
  trials: [
    refused('cuda', say('its libraries are not on this machine')),
    refused('webgpu', say('it stopped working while it was used: {{reason}}', { reason: 'Device lost (0x1f)' })),
    refused(
      'coreml',
      say("its results differ from the CPU's by {{difference}} of their size", {
        difference: { value: 0.5, digits: 2 },
      }),
    ),
    refused('dml', say('took the program down when it was last tried; force it in the settings to try again')),
    refused('remote', say('servers do not have this part of the model, which this machine computes')),
    { provider: 'cpu', problem: null, milliseconds: 8, maxDifference: 0 },
  ],
};
const planReport: PlanReport = {
  model: 'vit',
  frames: 64,
  classes: 3,
  trials: [
    { plan: 'cpu', batch: 4, framesPerSecond: 10, cosine: 1, sameClass: 1, sameOrder: 1, problem: null },
    {
      plan: 'cpu-merged',
      ...untried,
      problem: say(
        'its pictures have no tokens that could be merged: that takes a vision transformer with two patches for each of its blocks',
      ),
    },
    { plan: 'cuda', ...untried, problem: 'its libraries were missing' },
  ],
  fastest: 'cpu',
  still: { share: 0, cosine: 1, sameClass: 1, sameOrder: 1, problem: null },
};

test('why a provider, a way to compute or a server is not used', async () => {
  answerWith({
    studio: { provider: implement(contract.studio.provider).handler(() => provider) },
    models: { planReport: implement(contract.models.planReport).handler(() => planReport) },
  });
  await show(<ProviderSettings />);
  const providers = page.getByRole('table', { name: 'Probe der Recheneinheiten' });
  for (const words of [
    'ihre Bibliotheken sind nicht auf diesem Rechner',
    'sie fiel während der Benutzung aus: Device lost (0x1f)',
    'ihre Ergebnisse weichen von denen der CPU um das 0,50-Fache ihrer Größe ab',
    /^brachte das Programm bei der letzten Probe zum Absturz/,
    'Server haben diesen Teil des Modells nicht; ihn rechnet dieser Rechner',
  ])
    await expect.element(providers.getByRole('cell', { name: words })).toBeVisible();
  const plans = page.getByRole('table', { name: 'Rechenwege auf diesem Rechner' });
  await expect.element(plans.getByRole('cell', { name: /^seine Bilder haben keine Token/ })).toBeVisible();
  await expect.element(plans.getByRole('cell', { name: 'its libraries were missing' })).toBeVisible();
});
