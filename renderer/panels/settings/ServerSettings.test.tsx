// A server of the lab: nothing is sent before a person has read what leaves the machine and said so; the token goes apart.
// Saving leaves the hand where it is.
import { implement } from '@orpc/server';
import { useState } from 'react';
import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { contract } from '#preload/contract/contract.ts';
import type { InferenceServer } from '#preload/domain/inference-server.ts';
import { studioSettings, type StudioSettingsChange } from '#preload/domain/settings.ts';
import { answerWith } from '../../testing/answering-backend.ts';
import { show } from '../../testing/show.tsx';
import { ServerSettings } from './ServerSettings.tsx';

const studio = implement(contract.studio);

/** Stores what is asked, as `store` does. */
const storing = (store: (change: StudioSettingsChange) => void) =>
  studio.changeSettings.handler(({ input }) => {
    store(input);
    return studioSettings.parse({});
  });

test('an address and a name, what leaves the machine in words, then the server is used', async () => {
  const changes: StudioSettingsChange[] = [];
  const tokens: (string | null)[] = [];
  let used = 0;
  answerWith({
    studio: {
      changeSettings: storing((change) => changes.push(change)),
      setServerToken: studio.setServerToken.handler(({ input }) => void tokens.push(input.token)),
    },
  });
  await show(<ServerSettings server={null} inUse={false} hasToken={false} onUse={() => (used += 1)} />);
  await expect.element(page.getByRole('button', { name: 'Send frames to the server' })).toBeDisabled();
  await page.getByLabelText('Address').fill('ftp://gpu.lab');
  await expect.element(page.getByText(/an address begins with/)).toBeVisible();
  await page.getByLabelText('Address').fill('http://gpu.lab:8000');
  await page.getByLabelText('Name of the model there').fill('clip');
  await page.getByLabelText('Token').fill('secret');
  await expect.element(page.getByText(/leave this machine: whoever runs gpu.lab:8000 .* no TLS/)).toBeVisible();
  await page.getByRole('button', { name: 'Send frames to gpu.lab:8000' }).click();
  await expect.poll(() => tokens).toEqual(['secret']);
  await expect.poll(() => used).toBe(1);
  expect(changes).toEqual([
    {
      provider: 'remote',
      server: {
        address: 'http://gpu.lab:8000',
        model: 'clip',
        version: '',
        authority: '',
        batch: 16,
        requests: 2,
        goOnLocally: false,
      },
    },
  ]);
});

test('one that is in use can be left', async () => {
  const changes: StudioSettingsChange[] = [];
  answerWith({ studio: { changeSettings: storing((change) => changes.push(change)) } });
  const server = {
    address: 'https://gpu.lab',
    model: 'clip',
    version: '',
    authority: '',
    batch: 16,
    requests: 2,
    goOnLocally: true,
  };
  await show(<ServerSettings server={server} inUse hasToken onUse={() => undefined} />);
  await expect.element(page.getByText('A token is kept; another one replaces it.')).toBeVisible();
  await page.getByRole('button', { name: 'Compute on this machine again' }).click();
  await expect.poll(() => changes).toEqual([{ provider: 'auto' }]);
});

test('the authority of the lab comes from a file, over TLS alone', async () => {
  const changes: StudioSettingsChange[] = [];
  answerWith({ studio: { changeSettings: storing((change) => changes.push(change)) } });
  await show(<ServerSettings server={null} inUse={false} hasToken={false} onUse={() => undefined} />);
  await page.getByLabelText('Address').fill('http://gpu.lab');
  await page.getByLabelText('Name of the model there').fill('clip');
  await expect.element(page.getByRole('group', { name: 'Certificate authority' })).not.toBeInTheDocument();
  await page.getByLabelText('Address').fill('grpcs://gpu.lab');
  // A file of all authorities of a system, which holds what one lab signs with at best.
  await page.getByLabelText('File of the certificate authority').upload(new File(['x'.repeat(300_000)], 'all.pem'));
  await expect.element(page.getByText('a certificate of at most 128 KiB')).toBeVisible();
  await expect.element(page.getByRole('button', { name: 'Send frames to the server' })).toBeDisabled();
  const pem = '-----BEGIN CERTIFICATE-----\nTGFi\n-----END CERTIFICATE-----\n';
  await page.getByLabelText('File of the certificate authority').upload(new File([pem], 'ca.pem'));
  await expect.element(page.getByText(/a certificate that this authority signed/)).toBeVisible();
  await page.getByRole('button', { name: 'Send frames to gpu.lab' }).click();
  await expect.poll(() => changes.map(({ server }) => server?.authority)).toEqual([pem]);
});

test('saving leaves the focus on its button; what is stored elsewhere shows where nobody types', async () => {
  const lab: InferenceServer = {
    address: 'http://lab:8000',
    model: 'clip',
    version: '',
    authority: '',
    batch: 16,
    requests: 2,
    goOnLocally: false,
  };
  const changes: StudioSettingsChange[] = [];
  function Settings() {
    const [server, setServer] = useState<InferenceServer | null>(lab);
    answerWith({
      studio: {
        changeSettings: storing((change) => {
          changes.push(change);
          setServer(change.server ?? null);
        }),
      },
    });
    return (
      <>
        <ServerSettings server={server} inUse hasToken={false} onUse={() => undefined} />
        <button onClick={() => setServer({ ...lab, model: 'theirs' })}>They save</button>
      </>
    );
  }
  await show(<Settings />);
  const model = page.getByRole('textbox', { name: 'Name of the model there' });
  await model.fill('other');
  const save = page.getByRole('button', { name: 'Save' });
  save.element().focus();
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => changes).toMatchObject([{ server: { ...lab, model: 'other' } }]);
  await expect.element(save).toHaveFocus();
  await expect.element(model).toHaveValue('other');
  const theySave = page.getByRole('button', { name: 'They save' });
  await theySave.click();
  await expect.element(model).toHaveValue('theirs');
});
