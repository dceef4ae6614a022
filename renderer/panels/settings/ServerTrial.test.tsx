// A server that was set is tried before a job meets it: what it answers is told in figures, what stands against it in words.
import { implement } from '@orpc/server';
import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { contract } from '#preload/contract/contract.ts';
import { answerWith, refusal } from '../../testing/answering-backend.ts';
import { show } from '../../testing/show.tsx';
import { ServerTrial, useServerTrial } from './ServerTrial.tsx';

const models = implement(contract.models);

function Trial() {
  return <ServerTrial host="gpu.lab" trial={useServerTrial()} />;
}

test('why it cannot be used, and once that is mended how alike and how fast it answers', async () => {
  let isAway = true;
  answerWith({
    models: {
      tryServer: models.tryServer.handler(() => {
        if (isAway)
          throw refusal('server-away', 'The inference server gpu.lab is away: nothing listens at its address.');
        const trials = [{ provider: 'remote' as const, problem: null, maxDifference: 1.2e-6, milliseconds: 8 }];
        return {
          framesPerSecond: 120.4,
          provider: { chosen: 'remote' as const, forced: true, trials },
        };
      }),
    },
  });
  await show(<Trial />);
  await page.getByRole('button', { name: 'Try the server' }).click();
  await expect.element(page.getByText(/nothing listens at its address/)).toBeVisible();
  isAway = false;
  await page.getByRole('button', { name: 'Try the server again' }).click();
  await expect
    .element(page.getByText(/gpu.lab answers as this machine does \(1.2e-6 apart at most\), 120 frames a second/))
    .toBeVisible();
});
