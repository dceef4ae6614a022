// A name that another window stores takes no letter from the one that is typed here, nor does storing it take the focus.
import { implement } from '@orpc/server';
import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { contract } from '#preload/contract/contract.ts';
import { studioSettings } from '#preload/domain/settings.ts';
import { api, queries } from '../../backend/client.ts';
import { answerWith } from '../../testing/answering-backend.ts';
import { show } from '../../testing/show.tsx';
import { DisplaySettings } from './DisplaySettings.tsx';

test('letters and focus outlive a name that is stored meanwhile', async () => {
  const settings = studioSettings.parse({});
  const store = (annotator: string) => queries.setQueryData(api.studio.settings.queryKey(), { ...settings, annotator });
  answerWith({
    studio: {
      settings: implement(contract.studio.settings).handler(() => settings),
      changeSettings: implement(contract.studio.changeSettings).handler(({ input }) => {
        store(input.annotator!);
        return { ...settings, ...input };
      }),
    },
  });
  store('Ben');
  await show(<DisplaySettings />);
  const name = page.getByRole('textbox', { name: 'Your name' });
  await name.fill('An');
  store('Cleo');
  await userEvent.keyboard('na');
  await expect.element(name).toHaveValue('Anna');
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => queries.getQueryData(api.studio.settings.queryKey())?.annotator).toBe('Anna');
  await expect.element(name).toHaveFocus();
});
