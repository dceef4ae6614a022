// Saving a server leaves the hand where it is; what is stored of it elsewhere takes nothing away that is being typed.
import { implement } from '@orpc/server';
import { useState } from 'react';
import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { contract } from '#preload/contract/contract.ts';
import { studioSettings } from '#preload/domain/settings.ts';
import type { InferenceServer } from '#preload/domain/inference-server.ts';
import { answerWith } from '../../testing/answering-backend.ts';
import { show } from '../../testing/show.tsx';
import { ServerSettings } from './ServerSettings.tsx';

const lab: InferenceServer = {
  address: 'http://lab:8000',
  model: 'clip',
  version: '',
  authority: '',
  batch: 16,
  requests: 2,
  goOnLocally: false,
};

test('the button keeps the focus, and the fields what was saved', async () => {
  const stored: { server?: InferenceServer | null | undefined }[] = [];
  function Settings() {
    const [server, setServer] = useState<InferenceServer | null>(lab);
    answerWith({
      studio: {
        changeSettings: implement(contract.studio.changeSettings).handler(({ input }) => {
          stored.push(input);
          setServer(input.server ?? null);
          return studioSettings.parse({});
        }),
      },
    });
    return <ServerSettings server={server} inUse hasToken={false} onUse={() => undefined} />;
  }
  await show(<Settings />);
  const model = page.getByRole('textbox', { name: 'Name of the model there' });
  await model.fill('other');
  const save = page.getByRole('button', { name: 'Save' });
  save.element().focus();
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => stored).toMatchObject([{ server: { ...lab, model: 'other' } }]);
  await expect.element(save).toHaveFocus();
  await expect.element(model).toHaveValue('other');
});
