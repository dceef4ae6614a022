// Teach before there is anything, where it cannot be read, where it cannot start, and with thousands of shots.
import { implement } from '@orpc/server';
import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { contract } from '#preload/contract/contract.ts';
import { firstShots, type TuningStatus } from '#preload/contract/tuning.ts';
import { answerWith, refusal } from '../../testing/answering-backend.ts';
import { someClasses, someProject, someVideos } from '../../testing/rows.ts';
import { show } from '../../testing/show.tsx';
import { TeachPanel } from './TeachPanel.tsx';

const tuning = implement(contract.tuning);
const answers = {
  videos: { list: implement(contract.videos.list).handler(() => someVideos(1)) },
  classes: { list: implement(contract.classes.list).handler(() => someClasses(300)) },
  projects: { info: implement(contract.projects.info).handler(() => someProject()) },
  jobs: { list: implement(contract.jobs.list).handler(() => []) },
};
const untaught: TuningStatus = {
  classes: [],
  rejected: { count: 0, shots: [] },
  reviewedVideoIds: [],
  obstacle: 'Accept or draw a segment first.',
  parts: { corrections: false, prompts: false, temporal: false, boundaries: false },
  versions: [],
  boundaryVersions: [],
  lessonVersions: [],
  correctionsSince: 0,
  jobId: null,
};
const shots = (count: number): TuningStatus['rejected'] => ({
  count,
  shots: Array.from({ length: Math.min(count, firstShots) }, (_, index) => ({
    segmentId: index + 1,
    videoId: 1,
    startUs: index * 1_000,
    endUs: (index + 1) * 1_000,
  })),
});
const status = (over: Partial<TuningStatus>) => tuning.status.handler(() => ({ ...untaught, ...over }));

test('what was learned cannot be read: the reason, and another try', async () => {
  let refuses = true;
  const answer = tuning.status.handler(() => {
    if (refuses) throw refusal('unreadable-project', 'What was learned is damaged.');
    return untaught;
  });
  answerWith({ ...answers, tuning: { status: answer } });
  await show(<TeachPanel />);
  await expect.element(page.getByText('What was learned is damaged.')).toBeVisible();
  refuses = false;
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect.element(page.getByText('Nothing to learn from yet')).toBeVisible();
});

test('before the first correction: what is missing, and the way there', async () => {
  answerWith({ ...answers, tuning: { status: status({}) } });
  await show(<TeachPanel />);
  await expect.element(page.getByText('Accept or draw a segment first.')).toBeVisible();
  await expect.element(page.getByRole('button', { name: 'Review proposals' })).toBeVisible();
});

test('what hinders is said beside the button, which stays to be found', async () => {
  const obstacle = 'The model is gone: choose another.';
  answerWith({ ...answers, tuning: { status: status({ classes: [{ classId: 1, ...shots(1) }], obstacle }) } });
  await show(<TeachPanel />);
  const teach = page.getByRole('button', { name: /^Teach/ });
  await expect.element(teach).toHaveAttribute('aria-disabled', 'true');
  await expect.element(teach).toHaveAccessibleDescription(obstacle);
});

test('more shots of a class than the status tells are fetched when they are asked for', async () => {
  const asked: unknown[] = [];
  const all = tuning.shots.handler(({ input }) => {
    asked.push(input);
    return Array.from({ length: 20 }, (_, index) => ({
      segmentId: index + 1,
      videoId: 1,
      startUs: index * 1_000_000,
      endUs: index * 1_000_000 + 500_000,
    }));
  });
  answerWith({
    ...answers,
    tuning: { status: status({ classes: [{ classId: 1, ...shots(20) }], correctionsSince: 20 }), shots: all },
  });
  await show(<TeachPanel />);
  const strip = page.getByRole('toolbar', { name: /^Shots: / });
  await strip.getByRole('button', { name: 'Show 16 more shots' }).click();
  await expect.poll(() => strip.getByRole('button').all().length).toBe(20);
  expect(asked).toEqual([{ classId: 1, limit: 24 }]);
});

test('hundreds of classes with thousands of shots: all are counted, a few pictures are in the page', async () => {
  const classes = Array.from({ length: 300 }, (_, index) => ({ classId: index + 1, ...shots(20) }));
  answerWith({ ...answers, tuning: { status: status({ classes, obstacle: null, correctionsSince: 6000 }) } });
  await show(<TeachPanel />);
  await expect.element(page.getByText('6,000 corrections', { exact: true })).toBeVisible();
  const list = page.getByRole('list', { name: 'Shots by class' });
  expect(list.getByRole('listitem').all().length).toBeLessThan(20);
  expect(list.getByRole('button').all().length).toBeLessThan(100);
  await page.getByRole('button', { name: /^292 more classes/ }).click();
  await expect.poll(() => list.getByRole('listitem').all().length).toBeGreaterThan(8);
});
