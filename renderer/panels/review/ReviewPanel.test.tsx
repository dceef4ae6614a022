// A decision shows at once; where the backend refuses it, the proposal comes back with the reason.
import { implement } from '@orpc/server';
import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { contract } from '#preload/contract/contract.ts';
import { queries } from '../../backend/client.ts';
import { answerWith, refusal } from '../../testing/answering-backend.ts';
import { someClasses, someJob, someProject, someProposals, someVideos } from '../../testing/rows.ts';
import { show } from '../../testing/show.tsx';
import { attempt, useNotices } from '../../shared/notices.ts';
import { decideSelected } from '../../shared/decide-segments.ts';
import { initialView, useStudio } from '../../shared/studio-state.ts';
import { registerCommands, runCommand } from '../../shared/commands.ts';
import { resetReviewQueue } from '../../shared/review-queue.ts';
import { reviewCommands } from './review-commands.ts';
import { ReviewPanel } from './ReviewPanel.tsx';

const segments = implement(contract.segments);
const answers = {
  videos: { list: implement(contract.videos.list).handler(() => someVideos(1)) },
  classes: { list: implement(contract.classes.list).handler(() => someClasses(2)) },
};
const queue = (count: number) =>
  segments.queue.handler(() => ({ total: count, segments: someProposals(Math.min(count, 200)) }));
const options = page.getByRole('listbox', { name: 'Proposals to review' }).getByRole('option');
const inFocus = page.getByRole('option', { selected: true });

test('a refused decision brings the proposal back, with a word', async () => {
  useStudio.setState(initialView);
  const decision = Promise.withResolvers<void>();
  const update = segments.update.handler(async () => {
    await decision.promise;
    throw refusal('disk-full', 'The disk that holds the project is full.');
  });
  answerWith({ ...answers, segments: { queue: queue(3), update } });
  await show(<ReviewPanel />);
  await page.getByRole('button', { name: /^Start the review/ }).click();
  await expect.element(inFocus).toHaveAttribute('id', 'queue-1');

  attempt(decideSelected({ kind: 'accept' }));
  // The next is up, and the decided one gone, before the backend has said anything.
  await expect.element(inFocus).toHaveAttribute('id', 'queue-2');
  await expect.poll(() => options.all().length).toBe(2);
  expect(useNotices.getState().notice).toBeNull();

  decision.resolve();
  await expect.poll(() => options.all().length).toBe(3);
  expect(useNotices.getState().notice).toMatchObject({
    severity: 'error',
    text: expect.stringContaining('The disk that holds the project is full.'),
  });
});

test('a queue that cannot be read says so', async () => {
  useStudio.setState(initialView);
  const refuses = segments.queue.handler(() => {
    throw refusal('unreadable-project', 'The project’s database is damaged.');
  });
  answerWith({ ...answers, segments: { queue: refuses } });
  await show(<ReviewPanel />);
  await expect.element(page.getByText('The project’s database is damaged.')).toBeVisible();
});

test('thousands of proposals: all are counted, those in sight are in the page', async () => {
  useStudio.setState(initialView);
  answerWith({ ...answers, segments: { queue: queue(4000) } });
  await show(<ReviewPanel />);
  await expect.element(page.getByText(/^4,000 left/)).toBeVisible();
  expect(options.all().length).toBeGreaterThan(0);
  expect(options.all().length).toBeLessThan(60);
});

test('proposals that come while all is done stand there by themselves', async () => {
  useStudio.setState(initialView);
  const decided = someVideos(1).map((video) => ({ ...video, counts: { ...video.counts, accepted: 3 } }));
  let count = 0;
  answerWith({
    ...answers,
    videos: { list: implement(contract.videos.list).handler(() => decided) },
    projects: { info: implement(contract.projects.info).handler(() => someProject()) },
    jobs: { list: implement(contract.jobs.list).handler(() => []) },
    segments: { queue: segments.queue.handler(() => ({ total: count, segments: someProposals(count) })) },
  });
  await show(<ReviewPanel />);
  await expect.element(page.getByText('All done')).toBeVisible();
  count = 2;
  await queries.invalidateQueries();
  await expect.poll(() => options.all().length).toBe(2);
  await expect.element(page.getByRole('button', { name: /^Start the review/ })).toBeVisible();
});

test('while videos are still being looked at nothing is said to be done', async () => {
  useStudio.setState(initialView);
  const decided = someVideos(1).map((video) => ({ ...video, counts: { ...video.counts, accepted: 3 } }));
  let state: 'running' | 'done' = 'running';
  let rescoring: 'running' | 'done' = 'running';
  answerWith({
    ...answers,
    videos: { list: implement(contract.videos.list).handler(() => decided) },
    projects: { info: implement(contract.projects.info).handler(() => someProject()) },
    jobs: {
      list: implement(contract.jobs.list).handler(() => [
        someJob(1, { kind: 'propose', videoId: 1, state }),
        someJob(2, { kind: 'proxy', state: 'running' }),
        // Two jobs about one video are one video.
        someJob(3, { kind: 'embed', videoId: 1, state }),
        someJob(4, { kind: 'rescore', videoId: null, state: rescoring }),
      ]),
    },
    segments: { queue: queue(0) },
  });
  await show(<ReviewPanel />);
  await expect.element(page.getByText('A video is still being looked at.', { exact: false })).toBeVisible();
  expect(page.getByText(/^All done/).all()).toEqual([]);

  state = 'done';
  await queries.invalidateQueries();
  await expect.element(page.getByText('What was proposed is being scored anew.', { exact: false })).toBeVisible();
  rescoring = 'done';
  await queries.invalidateQueries();
  await expect.element(page.getByText('All done')).toBeVisible();
});

test('N opens the queue where another panel stands in its place, and brings the first up', async () => {
  useStudio.setState({ ...initialView, rightPanel: 'history' });
  resetReviewQueue();
  answerWith({ ...answers, segments: { queue: queue(3) } });
  const end = registerCommands(reviewCommands);
  function RightPanel() {
    return useStudio((studio) => studio.rightPanel) === 'review' ? <ReviewPanel /> : <p>History</p>;
  }
  await show(<RightPanel />);
  await expect.element(page.getByText('History')).toBeVisible();
  runCommand('review.next');
  await expect.element(inFocus).toHaveAttribute('id', 'queue-1');
  runCommand('review.next');
  await expect.element(inFocus).toHaveAttribute('id', 'queue-2');
  end();
});
