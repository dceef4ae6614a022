// The library says what is wrong or that nothing is there, and thousands of videos are a list that keys walk through.
import { implement } from '@orpc/server';
import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { contract } from '#preload/contract/contract.ts';
import { answerWith, refusal } from '../../testing/answering-backend.ts';
import { registerCommands } from '../../shared/commands.ts';
import { someVideos } from '../../testing/rows.ts';
import { someCommand } from '../../testing/some-command.ts';
import { show } from '../../testing/show.tsx';
import { useStudio } from '../../shared/studio-state.ts';
import { LibraryPanel } from './LibraryPanel.tsx';

const videos = implement(contract.videos);
const jobs = { list: implement(contract.jobs.list).handler(() => []) };

test('a backend that refuses is told of in its own words, and asked again at the button', async () => {
  let refuses = true;
  const list = videos.list.handler(() => {
    if (refuses) throw refusal('disk-full', 'The disk that holds the project is full.');
    return someVideos(1);
  });
  answerWith({ videos: { list }, jobs });
  await show(<LibraryPanel />);
  await expect.element(page.getByText('The disk that holds the project is full.')).toBeVisible();
  refuses = false;
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect.element(page.getByRole('option', { name: /^clip 1.mp4/ })).toBeVisible();
});

test('no videos: a word, and the ways to add some', async () => {
  answerWith({ videos: { list: videos.list.handler(() => []) }, jobs });
  await show(<LibraryPanel />);
  await expect.element(page.getByText('No videos yet')).toBeVisible();
  await expect.element(page.getByRole('button', { name: 'Add videos…' })).toBeVisible();
});

test('what is wrong with a video is the way to what can be done; how much is reviewed is said', async () => {
  const [gone, cut, fine] = someVideos(3);
  const warning = 'The pictures end at 3.2 s though the file says it lasts 10 s; it may have been cut off.';
  answerWith({
    videos: {
      list: videos.list.handler(() => [
        { ...gone!, missing: true },
        { ...cut!, facts: { ...cut!.facts, warnings: [warning] } },
        { ...fine!, counts: { ...fine!.counts, accepted: 2 }, reviewedShare: 0.4 },
      ]),
    },
    jobs,
  });
  const ran: string[] = [];
  const end = registerCommands(
    ['videos.relink', 'videos.reading'].map((id) => someCommand(id, { run: () => void ran.push(id) })),
  );
  await show(<LibraryPanel />);
  await page.getByText('file is missing').click();
  expect(ran, 'the row itself is only chosen').toEqual([]);
  await page.getByText('find it').click();
  expect(useStudio.getState().selectedVideoId).toBe(1);
  await expect.element(page.getByText(warning)).toBeVisible();
  await page.getByText('look', { exact: true }).click();
  expect(ran).toEqual(['videos.relink', 'videos.reading']);
  await expect.element(page.getByText('40 % reviewed')).toBeVisible();
  end();
});

test('five thousand videos: only those in sight are in the page, and the keys reach the last', async () => {
  answerWith({ videos: { list: videos.list.handler(() => someVideos(5000)) }, jobs });
  useStudio.getState().selectVideo(1);
  await show(<LibraryPanel />);
  const list = page.getByRole('listbox', { name: 'Videos' });
  await expect.element(page.getByRole('option', { name: /^clip 1.mp4/ })).toBeVisible();
  expect(list.getByRole('option').all().length).toBeLessThan(60);
  list.element().focus();
  await userEvent.keyboard('{End}');
  const last = page.getByRole('option', { name: /^clip 5000.mp4/ });
  await expect.element(last).toBeInViewport();
  await expect.element(last).toHaveAttribute('aria-selected', 'true');
  await expect.element(last).toHaveAttribute('aria-posinset', '5000');
  await expect.element(list).toHaveAttribute('aria-activedescendant', 'video-5000');
  await userEvent.keyboard('{ArrowUp}');
  await expect.element(page.getByRole('option', { name: /^clip 4999.mp4/ })).toHaveAttribute('aria-selected', 'true');
  expect(list.getByRole('option').all().length).toBeLessThan(60);
  await expect.element(page.getByText('5,000', { exact: true })).toBeVisible();
  const filter = page.getByRole('searchbox', { name: 'Filter videos by name' });
  await filter.fill('clip 1');
  await expect.element(page.getByText('1,111 of 5,000')).toBeVisible();
  await expect.element(page.getByRole('option', { name: /^clip 1.mp4/ })).toBeInViewport();
  await filter.fill('');
  await expect.element(page.getByRole('option', { name: /^clip 4999.mp4/ })).toBeInViewport();
});

test('from the filter the arrow down goes to the videos', async () => {
  answerWith({ videos: { list: videos.list.handler(() => someVideos(3)) }, jobs });
  useStudio.setState({ selectedVideoId: 1 });
  await show(<LibraryPanel />);
  await page.getByRole('searchbox', { name: 'Filter videos by name' }).click();
  await userEvent.keyboard('{ArrowDown}{ArrowDown}');
  await expect.element(page.getByRole('listbox', { name: 'Videos' })).toHaveFocus();
  expect(useStudio.getState().selectedVideoId).toBe(2);
});
