// Quality in every state: nothing to measure, running, old, damaged, few videos; and each number opens its clips.
import { implement } from '@orpc/server';
import { beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { contract } from '#preload/contract/contract.ts';
import type { QualityState } from '#preload/contract/quality.ts';
import type { ClipQuestion, Quality } from '#preload/domain/quality.ts';
import { say } from '#preload/domain/saying.ts';
import { useStretchToShow } from '../../shared/show-clip.ts';
import { initialView, useStudio } from '../../shared/studio-state.ts';
import { answerWith, refusal } from '../../testing/answering-backend.ts';
import { someClasses, someJob, someProject, someVideos } from '../../testing/rows.ts';
import { show } from '../../testing/show.tsx';
import { useQualityChoice } from './quality-choice.ts';
import { QualityDialog } from './QualityDialog.tsx';

const contractOf = contract.quality;
const unmeasured: QualityState = {
  on: 'reviewed',
  complete: 0,
  videos: 4,
  obstacle: 'No video is reviewed as complete yet.',
  jobId: null,
  measured: null,
};
const measured: QualityState = {
  ...unmeasured,
  complete: 2,
  obstacle: null,
  measured: { measuredAt: Date.now(), isCurrent: true, editsSince: 0 },
};
const outcomes = { found: 2, misnamed: 1, missed: 0, false: 1 };
const curve = [
  { score: 0.9, precision: 1, recall: 1 / 3 },
  { score: 0.4, precision: 2 / 3, recall: 2 / 3 },
];
const numbers: Quality = {
  on: 'reviewed',
  measuredAt: 1,
  model: 'tiny-clip',
  videoIds: [1, 2],
  notes: ['clip 3.mp4 is left out: its features are not computed.'],
  threshold: 0.3,
  map: [0.6, 0.55, 0.5, 0.4, 0.3],
  averageMap: { value: 0.47, low: 0.2, high: 0.74 },
  segments: 3,
  outcomes,
  curve,
  classes: [1, 2].map((classId) => ({
    classId,
    segments: classId === 1 ? 3 : 0,
    videos: classId === 1 ? 2 : 0,
    averagePrecision: classId === 1 ? [0.6, 0.55, 0.5, 0.4, 0.3] : null,
    average: classId === 1 ? { value: 0.47, low: 0.2, high: 0.74 } : null,
    outcomes: classId === 1 ? { ...outcomes, false: 0 } : { found: 0, misnamed: 0, missed: 0, false: 1 },
    curve: classId === 1 ? curve : [],
  })),
  confusion: [
    [2, 1, 0],
    [0, 0, 0],
    [0, 1, 0],
  ],
  calibration: {
    bins: Array.from({ length: 10 }, (_, bin) => ({
      from: bin / 10,
      to: (bin + 1) / 10,
      count: bin === 4 ? 3 : 0,
      right: bin === 4 ? 2 : 0,
      meanScore: bin === 4 ? 0.45 : null,
    })),
    error: 0.22,
    shownError: null,
  },
};

/** The dialog over these answers; answers what was asked for of clips, and what was measured. */
async function showQuality(state: QualityState, jobs = [someJob(1)]) {
  const asked: ClipQuestion[] = [];
  const measuring: string[] = [];
  let closed = 0;
  answerWith({
    videos: { list: implement(contract.videos.list).handler(() => someVideos(4)) },
    classes: { list: implement(contract.classes.list).handler(() => someClasses(2)) },
    projects: { info: implement(contract.projects.info).handler(() => someProject()) },
    jobs: { list: implement(contract.jobs.list).handler(() => jobs) },
    quality: {
      status: implement(contractOf.status).handler(() => ({ states: [state], problem: null })),
      numbers: implement(contractOf.numbers).handler(() => numbers),
      measure: implement(contractOf.measure).handler(({ input }) => {
        measuring.push(input.on);
        return { jobId: 1 };
      }),
      clips: implement(contractOf.clips).handler(({ input }) => {
        asked.push(input.question);
        return {
          total: 1,
          clips: [
            {
              outcome: 'misnamed' as const,
              videoId: 2,
              startUs: 1_000_000,
              endUs: 3_000_000,
              trueClassId: 1,
              proposedClassId: 2,
              score: 0.45,
              segmentId: 7,
            },
          ],
        };
      }),
    },
  });
  await page.viewport(1280, 900);
  await show(<QualityDialog onClose={() => (closed += 1)} />);
  return { asked, measuring, closed: () => closed };
}

beforeEach(() => {
  useStudio.setState(initialView);
  useQualityChoice.setState({ on: 'reviewed', classId: null, question: null, pressed: null });
});

test('with no complete video: what is missing, and how one comes to be', async () => {
  await showQuality(unmeasured);
  await expect.element(page.getByText('No video is reviewed as complete yet.')).toBeVisible();
  await expect.element(page.getByText(/three such videos or more/)).toBeVisible();
});

test('ready to be measured, it says on how many videos, and measures', async () => {
  const { measuring } = await showQuality({ ...measured, measured: null });
  await expect.element(page.getByText(/2 of 4 are reviewed as complete/)).toBeVisible();
  await page.getByRole('button', { name: 'Measure', exact: true }).click();
  await expect.poll(() => measuring).toEqual(['reviewed']);
});

test('running, it says what it is at and how long, and can be cancelled', async () => {
  const running = someJob(5, {
    kind: 'measure',
    state: 'running',
    progress: 0.4,
    step: 'proposing in b',
    remainingS: 40,
  });
  await showQuality({ ...measured, measured: null, jobId: 5 }, [running]);
  await expect.element(page.getByRole('progressbar', { name: 'Measuring' })).toHaveAttribute('aria-valuenow', '40');
  await expect.element(page.getByText('proposing in b')).toBeVisible();
  await expect.element(page.getByText('about 40 s left')).toBeVisible();
  await expect.element(page.getByRole('button', { name: 'Cancel measuring' })).toBeVisible();
});

test('few videos are warned of, an old measurement says how old, and what is left out is told', async () => {
  await showQuality({ ...measured, measured: { ...measured.measured!, isCurrent: false, editsSince: 12 } });
  await expect.element(page.getByText(/^2 videos only/)).toBeVisible();
  await expect.element(page.getByText(/Measured before the last 12 edits/)).toBeVisible();
  await expect.element(page.getByText('clip 3.mp4 is left out: its features are not computed.')).toBeVisible();
});

test('every kind of number asks for its own clips, by mouse and by keys, and a clip is gone to', async () => {
  const { asked, closed } = await showQuality(measured);
  await page.getByRole('button', { name: '1 wrongly named', exact: true }).click();
  await expect.poll(() => asked.at(-1)).toEqual({ by: 'outcome', outcome: 'misnamed', classId: null });
  await page.getByRole('button', { name: '2 found: action 1' }).click();
  await expect.poll(() => asked.at(-1)).toEqual({ by: 'outcome', outcome: 'found', classId: 1 });
  await page.getByRole('button', { name: /^40 to 50 %: 67 % right of 3 proposals/ }).click();
  await expect.poll(() => asked.at(-1)).toEqual({ by: 'bin', bin: 4 });
  await page.getByRole('button', { name: /^What scores 40 % or more: 67 % right, 67 % found/ }).click();
  await expect.poll(() => asked.at(-1)).toEqual({ by: 'above', score: 0.4, classId: null });
  (page.getByRole('gridcell', { name: '2, Found: action 1' }).element() as HTMLElement).focus();
  await userEvent.keyboard('{ArrowRight}{Enter}');
  await expect.poll(() => asked.at(-1)).toEqual({ by: 'cell', trueClassId: 1, proposedClassId: 2 });
  await expect.element(page.getByRole('region', { name: 'Clips: action 1, proposed as action 2' })).toBeVisible();
  // A key brings the hand to the clips, and Escape back to the cell; an empty one has nothing behind it.
  const clips = page.getByRole('listbox', { name: 'action 1, proposed as action 2' });
  await expect.element(clips).toHaveFocus();
  await userEvent.keyboard('{Escape}');
  await expect.element(page.getByRole('gridcell', { name: '1, action 1, proposed as action 2' })).toHaveFocus();
  const before = asked.length;
  await userEvent.keyboard('{ArrowDown}{Enter}');
  expect(asked).toHaveLength(before);
  expect(closed()).toBe(0);
  await userEvent.keyboard('{ArrowUp}{Enter}');
  await expect.element(clips).toHaveFocus();
  await userEvent.keyboard('{Enter}');
  await expect.poll(closed).toBe(1);
  expect(useStudio.getState()).toMatchObject({ selectedVideoId: 2, selectedSegmentIds: [7] });
  expect(useStretchToShow.getState().stretch).toEqual({ videoId: 2, startUs: 1_000_000, endUs: 3_000_000 });
});

test('what cannot be read is said, with another try', async () => {
  let refuses = true;
  const damaged = say('What was measured last cannot be read ({{file}}): measure again.', { file: 'quality.json' });
  const status = implement(contractOf.status).handler(() => {
    if (refuses) throw refusal('unreadable-project', 'The reviews are damaged.');
    return { states: [unmeasured], problem: damaged };
  });
  answerWith({ quality: { status }, jobs: { list: implement(contract.jobs.list).handler(() => []) } });
  await show(<QualityDialog onClose={() => undefined} />);
  await expect.element(page.getByText('The reviews are damaged.')).toBeVisible();
  refuses = false;
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect.element(page.getByText(/measured last cannot be read/)).toBeVisible();
});
