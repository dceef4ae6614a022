// Search says why there is nothing, hands on what a backend refuses, and thousands of moments are a list for keys.
import { implement } from '@orpc/server';
import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { contract } from '#preload/contract/contract.ts';
import { say } from '#preload/domain/saying.ts';
import { answerWith, refusal } from '../../testing/answering-backend.ts';
import { someClasses, someProject, someVideos } from '../../testing/rows.ts';
import { show } from '../../testing/show.tsx';
import { useNotices } from '../../shared/notices.ts';
import { useStudio } from '../../shared/studio-state.ts';
import { SearchPanel } from './SearchPanel.tsx';

const search = implement(contract.analysis.search);
const answers = {
  videos: { list: implement(contract.videos.list).handler(() => someVideos(1)) },
  classes: { list: implement(contract.classes.list).handler(() => someClasses(1)) },
  projects: { info: implement(contract.projects.info).handler(() => someProject()) },
};
const field = page.getByRole('searchbox', { name: 'Search moments by text' });
const moments = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    videoId: 1,
    startUs: index * 1_000,
    endUs: (index + 1) * 1_000,
    peakUs: index * 1_000,
    score: 1 - index / count,
  }));

async function ask(text: string): Promise<void> {
  await field.fill(text);
  await userEvent.keyboard('{Enter}');
}

test('without a model there is no field, but the way to one', async () => {
  const info = implement(contract.projects.info).handler(() => someProject({ model: null }));
  answerWith({ ...answers, projects: { info } });
  await show(<SearchPanel />);
  await expect.element(page.getByRole('button', { name: 'Choose a model…' })).toBeVisible();
  await expect.element(field).not.toBeInTheDocument();
});

test('a refused search is told of in the backend’s words, and asked again at the button', async () => {
  let refuses = true;
  const answer = search.handler(() => {
    if (refuses) throw refusal('engine-stopped', 'The engine stopped while it searched.');
    return { moments: moments(1), warnings: [say('One video was not looked at yet.')] };
  });
  answerWith({ ...answers, analysis: { search: answer } });
  await show(<SearchPanel />);
  await ask('a jump');
  await expect.element(page.getByText('The engine stopped while it searched.')).toBeVisible();
  refuses = false;
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect.element(page.getByRole('option', { name: /clip 1.mp4/ })).toBeVisible();
  await expect.element(page.getByText('One video was not looked at yet.')).toBeVisible();
});

test('where no video was looked at, that is said, with the way to do it', async () => {
  answerWith({ ...answers, analysis: { search: search.handler(() => ({ moments: [], warnings: [] })) } });
  await show(<SearchPanel />);
  await expect.element(page.getByText('Find a moment by words')).toBeVisible();
  await ask('a jump');
  await expect.element(page.getByRole('button', { name: 'Look at the videos' })).toBeVisible();
});

test('thousands of moments: those in sight are in the page, and keys show one after the other', async () => {
  useStudio.getState().selectVideo(null);
  answerWith({ ...answers, analysis: { search: search.handler(() => ({ moments: moments(4000), warnings: [] })) } });
  await show(<SearchPanel />);
  await ask('a jump');
  const list = page.getByRole('listbox', { name: 'Found moments' });
  await expect.element(list).toBeVisible();
  expect(list.getByRole('option').all().length).toBeLessThan(60);
  list.element().focus();
  await userEvent.keyboard('{ArrowDown}{ArrowDown}');
  await expect.element(list.getByRole('option', { selected: true })).toHaveAttribute('aria-posinset', '2');
  expect(useStudio.getState().selectedVideoId).toBe(1);
});

test('a segment is asked about in place of words, until words are asked for again', async () => {
  const asked: unknown[] = [];
  let found = 0;
  const answer = search.handler(({ input }) => {
    asked.push('like' in input ? input.like : 'picture' in input ? input.picture.width : input.text);
    if ('like' in input && found === 0) throw refusal('not-found', 'The model has not looked at this video yet.');
    return { moments: moments('like' in input ? found : 2), warnings: [] };
  });
  answerWith({ ...answers, analysis: { search: answer } });
  useStudio.getState().show({ searchedLike: { videoId: 1, startUs: 12_400_000, endUs: 15_000_000, classId: 1 } });
  await show(<SearchPanel />);
  await expect.element(page.getByRole('heading', { name: 'Like action 1, 0:12.4' })).toBeVisible();
  await expect.element(page.getByText('The model has not looked at this video yet.')).toBeVisible();
  found = 3;
  await page.getByRole('button', { name: 'Try again' }).click();
  const options = page.getByRole('listbox', { name: 'Found moments' }).getByRole('option');
  await expect.poll(() => options.all().length).toBe(3);
  await ask('a jump');
  await expect.poll(() => options.all().length).toBe(2);
  await expect.element(page.getByRole('heading', { name: /^Like/ })).not.toBeInTheDocument();
  expect(asked).toEqual([
    ...Array.from({ length: 2 }, () => ({ videoId: 1, startUs: 12_400_000, endUs: 15_000_000 })),
    'a jump',
  ]);
});

test('where nothing else is like it, that is said, and a click goes back to words', async () => {
  answerWith({ ...answers, analysis: { search: search.handler(() => ({ moments: [], warnings: [] })) } });
  useStudio.getState().show({ searchedLike: { videoId: 1, startUs: 0, endUs: 1_000_000, classId: 9 } });
  await show(<SearchPanel />);
  await expect.element(page.getByRole('heading', { name: 'Like a segment, 0:00.0' })).toBeVisible();
  await expect.element(page.getByText('Nothing else is like it')).toBeVisible();
  await page.getByRole('button', { name: 'Search by words again' }).click();
  await expect.element(page.getByText('Find a moment by words')).toBeVisible();
});

test('a picture that is pasted is asked about with its pixels, and one that is none is told of', async () => {
  const asked: unknown[] = [];
  const answer = search.handler(({ input }) => {
    if ('picture' in input) asked.push([input.picture.width, input.picture.height, input.picture.rgb.slice(0, 4)]);
    return { moments: moments(2), warnings: [] };
  });
  answerWith({ ...answers, analysis: { search: answer } });
  useStudio.getState().show({ searchedLike: null });
  await show(<SearchPanel />);
  const canvas = new OffscreenCanvas(1280, 320);
  const painter = canvas.getContext('2d')!;
  painter.fillStyle = '#f00';
  painter.fillRect(0, 0, 1280, 320);
  const give = (file: File): void => {
    const clipboardData = new DataTransfer();
    clipboardData.items.add(file);
    field.element().dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  };
  give(new File([await canvas.convertToBlob()], 'red.png', { type: 'image/png' }));
  await expect.element(page.getByRole('heading', { name: 'Like the pasted picture' })).toBeVisible();
  // Made smaller, its proportions kept: red, red, red.
  await expect.poll(() => asked).toEqual([[640, 160, '/wAA']]);
  await expect
    .poll(() => page.getByRole('listbox', { name: 'Found moments' }).getByRole('option').all().length)
    .toBe(2);

  const file = new File(['no picture at all'], 'notes.png', { type: 'image/png' });
  await userEvent.upload(page.getByLabelText('Picture to search for'), file);
  await expect.poll(() => useNotices.getState().notice?.text).toContain('"notes.png" cannot be read as a picture.');
  // What was asked before stands.
  await expect.element(page.getByRole('heading', { name: 'Like the pasted picture' })).toBeVisible();
  expect(asked).toHaveLength(1);
});
