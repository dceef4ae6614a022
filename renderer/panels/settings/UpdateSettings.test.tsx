// Protects: a person sees what updates would do and what a newer version brings, and restarts only when all is saved; a
// copy that cannot be replaced says so and names the place to get another.
import { implement } from '@orpc/server';
import { afterEach, expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { contract } from '#preload/contract/contract.ts';
import { studioSettings } from '#preload/domain/settings.ts';
import type { UpdateStage, UpdateState } from '#preload/domain/update-state.ts';
import { useWaiting } from '../../backend/keep-trying.ts';
import { answerWith } from '../../testing/answering-backend.ts';
import { show } from '../../testing/show.tsx';
import { UpdateSettings } from './UpdateSettings.tsx';

const studio = implement(contract.studio);
const changes: unknown[] = [];

/** Shows the settings over a host that is at `stage`; answers what it was asked. */
async function showAt(updates: 'off' | 'stable', stage: UpdateStage, cannot: string | null = null): Promise<string[]> {
  const asked: string[] = [];
  const ask = (what: string) => async () => void asked.push(what);
  const state: UpdateState = { cannot, place: 'https://example.org/cuepoint/releases', stage };
  vi.stubGlobal('cuepointHost', {
    updates: {
      state: async () => state,
      look: ask('look'),
      download: ask('download'),
      restart: ask('restart'),
      onState: () => () => undefined,
    },
  });
  answerWith({
    studio: {
      state: studio.state.handler(() => ({ version: '1.0.0', project: null, signedIn: null, recent: [] })),
      settings: studio.settings.handler(() => studioSettings.parse({ updates })),
      changeSettings: studio.changeSettings.handler(({ input }) => {
        changes.push(input);
        return studioSettings.parse(input);
      }),
    },
  });
  await show(<UpdateSettings />);
  return asked;
}
afterEach(() => {
  vi.unstubAllGlobals();
  useWaiting.setState({ edits: 0 });
});

const newer = { version: '1.1.0', notes: '<h2>New</h2><ul><li>Less <b>work</b></li></ul><script>alert(1)</script>' };

test('off says that nobody is asked, and offers a channel', async () => {
  await showAt('off', { name: 'idle' });
  await expect.element(page.getByText(/Nobody is asked/)).toBeVisible();
  await expect.element(page.getByRole('button')).not.toBeInTheDocument();
  await page.getByRole('radio', { name: 'Stable versions' }).click();
  await expect.poll(() => changes).toContainEqual({ updates: 'stable' });
});

test('a newer version: its notes as text, and the download', async () => {
  const asked = await showAt('stable', { name: 'found', newer });
  const notes = page.getByRole('region', { name: 'Release notes of version 1.1.0' });
  await expect.element(notes.getByText('• Less work')).toBeVisible();
  expect(notes.element().textContent).not.toContain('alert');
  await page.getByRole('button', { name: 'Download version 1.1.0' }).click();
  expect(asked).toEqual(['download']);
});

test('notes that are no page are shown without the signs of Markdown', async () => {
  await showAt('stable', { name: 'found', newer: { ...newer, notes: '# New\n- Less work\n\nThat is all.' } });
  const notes = page.getByRole('region', { name: 'Release notes of version 1.1.0' });
  await expect.element(notes).toBeVisible();
  expect([...notes.element().children].map((line) => line.textContent)).toEqual(['New', '• Less work', 'That is all.']);
});

test('restarts when asked, and not while edits wait', async () => {
  useWaiting.setState({ edits: 1 });
  const asked = await showAt('stable', { name: 'ready', newer });
  const restart = page.getByRole('button', { name: 'Restart and update' });
  await expect.element(restart).toBeDisabled();
  useWaiting.setState({ edits: 0 });
  await restart.click();
  expect(asked).toEqual(['restart']);
});

test('a copy that cannot be replaced says why, and where newer ones are', async () => {
  await showAt('off', { name: 'idle' }, 'This copy was installed as a deb package. Install the newer package over it.');
  await expect.element(page.getByText(/installed as a deb package/)).toBeVisible();
  await expect.element(page.getByText('https://example.org/cuepoint/releases')).toBeVisible();
  await expect.element(page.getByRole('radio', { name: 'Off' })).not.toBeInTheDocument();
});
