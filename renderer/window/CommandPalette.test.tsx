// The palette finds what the project holds, not commands alone, and stays short until something is typed.
import { implement } from '@orpc/server';
import { expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { contract } from '#preload/contract/contract.ts';
import { studioSettings } from '#preload/domain/settings.ts';
import { api, queries } from '../backend/client.ts';
import { initialView, useStudio } from '../shared/studio-state.ts';
import { answerWith } from '../testing/answering-backend.ts';
import { someClasses, someProposal, someVideos } from '../testing/rows.ts';
import { show } from '../testing/show.tsx';
import { CommandPalette } from './CommandPalette.tsx';

const options = page.getByRole('listbox', { name: 'Commands' }).getByRole('option');

test('a video, a class and a theme are found by their names', async () => {
  useStudio.setState(initialView);
  const asked = vi.fn<(change: unknown) => void>();
  const changeSettings = implement(contract.studio.changeSettings).handler(({ input }) => {
    asked(input);
    return studioSettings.parse(input);
  });
  answerWith({ studio: { changeSettings } });
  queries.setQueryData(api.videos.list.queryKey(), someVideos(3000));
  queries.setQueryData(api.classes.list.queryKey(), someClasses(3));
  const choose = async (words: string): Promise<void> => {
    const palette = await show(<CommandPalette onClose={() => void palette.unmount()} hasProject />);
    expect(options.all().length, 'nothing is typed yet').toBe(0);
    await page.getByRole('combobox', { name: 'Command' }).fill(words);
    await userEvent.keyboard('{Enter}');
  };
  await choose('clip 2417');
  await expect.poll(() => useStudio.getState().selectedVideoId).toBe(2417);
  await choose('action 3');
  await expect.poll(() => useStudio.getState().focusedClassId).toBe(3);
  await choose('light th');
  await expect.poll(() => asked.mock.calls).toEqual([[{ theme: 'light' }]]);
});

test('a segment by its note and by its time, a setting and a page of the help', async () => {
  useStudio.setState({ ...initialView, selectedVideoId: 1 });
  answerWith({});
  queries.setQueryData(api.classes.list.queryKey(), someClasses(2));
  queries.setQueryData(
    api.segments.list.queryKey({ input: { videoId: 1 } }),
    Array.from({ length: 3000 }, (_, index) =>
      someProposal(index + 1, { classId: 1 + (index % 2), note: index === 7 ? 'left hand hidden' : '' }),
    ),
  );
  const choose = async (words: string, option: RegExp): Promise<void> => {
    const palette = await show(<CommandPalette onClose={() => void palette.unmount()} hasProject />);
    await page.getByRole('combobox', { name: 'Command' }).fill(words);
    await page.getByRole('option', { name: option }).first().click();
  };
  await choose('hand hidden', /left hand hidden/u);
  await expect.poll(() => useStudio.getState().selectedSegmentIds).toEqual([8]);
  await choose('action 1 20:34', /^action 1 at .*20:34/u);
  await expect.poll(() => useStudio.getState().selectedSegmentIds).toEqual([1235]);
  await choose('templates', /^Prompt templates/u);
  await expect.poll(() => useStudio.getState().dialog).toBe('proposals');
  await choose('proposals', /^Help: /u);
  await expect.poll(() => useStudio.getState().dialog).toBe('help');
});
