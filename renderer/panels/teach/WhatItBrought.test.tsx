// What corrections brought is told in words and clips: gains, noise, a class that became worse with the correction to
// blame, and the way to what would teach most.
import { implement } from '@orpc/server';
import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { contract } from '#preload/contract/contract.ts';
import type { TuningStatus } from '#preload/contract/tuning.ts';
import type { Comparison, Examination } from '#preload/domain/judgement.ts';
import { useStudio } from '../../shared/studio-state.ts';
import { queries } from '../../backend/client.ts';
import { answerWith } from '../../testing/answering-backend.ts';
import { someClasses, someProject, someProposal, someVideos } from '../../testing/rows.ts';
import { show } from '../../testing/show.tsx';
import { TeachPanel } from './TeachPanel.tsx';

const comparison = (
  verdict: Comparison['verdict'],
  [before, after]: readonly [number, number],
  found: readonly [number, number],
  alarms: readonly [number, number],
): Comparison => ({
  verdict,
  videos: 8,
  before,
  after,
  difference: { mean: after - before, low: after - before - 0.02, high: after - before + 0.02 },
  shown: {
    before: { of: 40, found: found[0], falseAlarms: alarms[0] },
    after: { of: 40, found: found[1], falseAlarms: alarms[1] },
  },
});
const span = (startS: number) => ({ videoId: 1, startUs: startS * 1e6, endUs: (startS + 2) * 1e6 });
const examination: Examination = {
  discriminant: comparison('better', [0.5, 0.68], [20, 29], [9, 3]),
  score: comparison('equal', [0.68, 0.682], [29, 29], [3, 3]),
  together: comparison('better', [0.5, 0.682], [20, 29], [9, 3]),
  classes: [
    { classId: 1, comparison: comparison('better', [0.4, 0.8], [10, 22], [6, 1]), tried: 0, culprit: null },
    {
      classId: 2,
      comparison: comparison('worse', [0.6, 0.5], [10, 7], [3, 2]),
      tried: 5,
      culprit: { ...span(6), classIds: [1], without: 0.63 },
    },
  ],
  moments: [
    { kind: 'won', classId: 1, ...span(3) },
    { kind: 'quiet', classId: 1, ...span(9) },
    { kind: 'missed', classId: 1, ...span(20) },
    { kind: 'lost', classId: 2, ...span(30) },
    { kind: 'new alarm', classId: 2, ...span(40) },
  ],
};
const shots = [1, 2, 3].map((segmentId) => ({ segmentId, ...span(3 * segmentId) }));
const status: TuningStatus = {
  classes: [
    { classId: 1, count: 3, shots },
    { classId: 2, count: 2, shots: shots.slice(1) },
  ],
  rejected: { count: 0, shots: [] },
  reviewedVideoIds: [],
  obstacle: null,
  parts: { corrections: true, prompts: false, temporal: false, boundaries: false },
  versions: [],
  boundaryVersions: [],
  lessonVersions: [],
  correctionsSince: 5,
  jobId: null,
};
const tuning = implement(contract.tuning);
const answer = (found: Examination | null, over: Partial<TuningStatus> = {}) =>
  answerWith({
    videos: { list: implement(contract.videos.list).handler(() => someVideos(1)) },
    classes: { list: implement(contract.classes.list).handler(() => someClasses(2)) },
    projects: { info: implement(contract.projects.info).handler(() => someProject()) },
    jobs: { list: implement(contract.jobs.list).handler(() => []) },
    segments: {
      list: implement(contract.segments.list).handler(() => [
        ...[1, 2, 3].map((id) => someProposal(id, { ...span(3 * id), classId: 1, state: 'accepted' })),
        someProposal(4, { ...span(6), classId: 2, state: 'rejected' }),
        someProposal(5, { videoId: 1, startUs: 9.1e6, endUs: 11e6, classId: 2, state: 'accepted' }),
      ]),
    },
    tuning: {
      status: tuning.status.handler(() => ({ ...status, ...over })),
      examination: tuning.examination.handler(() => ({ examination: found, missing: [] })),
    },
  });

test('in words a person can check: what is found, what is noise, and by class with clips to look at', async () => {
  answer(examination);
  await show(<TeachPanel />);
  const brought = page.getByRole('region', { name: 'What corrections bring at once' });
  await expect.element(brought.getByText(/finds 9 more of 40, 6 fewer false alarms/u).first()).toBeVisible();
  await expect.element(brought.getByText(/no difference that could be told from chance/u)).toBeVisible();
  await brought.getByRole('button', { name: /^action 1 finds 22 of 40 \(10 before\)/u }).click();
  for (const kind of ['Won', 'Still wrong'])
    await expect.element(brought.getByRole('toolbar', { name: new RegExp(`^${kind}: `, 'u') })).toBeVisible();
  await expect.element(brought.getByRole('button', { name: /^found now: 0:03.0 to 0:05.0/u })).toBeVisible();
});

test('a class that became worse is marked, and the correction that did it can be looked at', async () => {
  answer(examination);
  await show(<TeachPanel />);
  await page.getByRole('button', { name: /became worse/u }).click();
  await expect.element(page.getByText(/Learning makes this class worse: 60.0 → 50.0 points/u)).toBeVisible();
  await expect
    .element(page.getByText(/Without the correction “action 1” at 0:06.0 in .* it would be 63.0/u))
    .toBeVisible();
  await page.getByRole('button', { name: 'Show that correction' }).click();
  // It is selected, to be mended.
  await expect.poll(() => useStudio.getState()).toMatchObject({ selectedVideoId: 1, selectedSegmentIds: [2] });
});

test('of one stretch that was marked as two classes, both marks are shown, whatever their edges', async () => {
  const [, worse] = examination.classes;
  const both = { videoId: 1, startUs: 9.1e6, endUs: 11e6, classIds: [1, 2], without: 0.63 };
  answer({ ...examination, classes: [{ ...worse!, culprit: both }] });
  await show(<TeachPanel />);
  await page.getByRole('button', { name: /became worse/u }).click();
  await page.getByRole('button', { name: 'Show that correction' }).click();
  await expect.poll(() => useStudio.getState()).toMatchObject({ selectedSegmentIds: [3, 5] });
});

test.each([
  [12, 'Still wrong 13 or more'],
  [11, 'Still wrong 12'],
])('of %i occurrences that are told as missed, and a false alarm, it says "%s"', async (count, words) => {
  const missed = Array.from({ length: count }, (_, at) => ({ kind: 'missed' as const, classId: 1, ...span(3 * at) }));
  answer({ ...examination, moments: [...missed, { kind: 'false alarm', classId: 1, ...span(50) }] });
  await show(<TeachPanel />);
  const classes = page.getByRole('list', { name: 'What it brought, by class' });
  await classes.getByRole('button', { name: /^action 1/u }).click();
  await expect.element(classes.getByText(words, { exact: true })).toBeVisible();
});

test('where a rejection did it, that is said and shown; where nothing did, how many were tried', async () => {
  const [, worse] = examination.classes;
  const rejection = { ...span(6), classIds: [], without: 0.63 };
  answer({
    ...examination,
    classes: [
      { ...worse!, culprit: rejection },
      { ...worse!, classId: 1, culprit: null },
    ],
  });
  await show(<TeachPanel />);
  const classes = page.getByRole('list', { name: 'What it brought, by class' });
  await classes.getByRole('button', { name: /^action 2/u }).click();
  await expect.element(classes.getByText(/Without the rejection at 0:06.0 in .* it would be 63.0/u)).toBeVisible();
  await classes.getByRole('button', { name: 'Show that correction' }).click();
  await expect.poll(() => useStudio.getState()).toMatchObject({ selectedSegmentIds: [4] });
  await expect
    .element(classes.getByRole('button', { name: /^false alarm that was none before: 0:40.0 to 0:42.0/u }))
    .toBeVisible();
  await classes.getByRole('button', { name: /^action 1/u }).click();
  await expect.element(classes.getByText(/stays so without any one of the 5 corrections/u)).toBeVisible();
});

test('a first lesson that changes nothing says so, with what would tell more', async () => {
  const equal = comparison('equal', [0.5, 0.51], [20, 20], [9, 9]);
  answer({
    ...examination,
    discriminant: equal,
    score: equal,
    together: { ...equal, videos: 2 },
    classes: [],
    moments: [],
  });
  await show(<TeachPanel />);
  await expect.element(page.getByText(/finds 20 of 40, as before.*told from chance/u).first()).toBeVisible();
  await expect.element(page.getByText(/corrections in other videos tell more/u)).toBeVisible();
});

test('the queue is one button away in the order of what would teach most', async () => {
  answer(null);
  await show(<TeachPanel />);
  await expect.element(page.getByText(/correct something in a second video/u)).toBeVisible();
  await page.getByRole('button', { name: 'Review what would teach most' }).click();
  expect(useStudio.getState()).toMatchObject({ reviewOrder: 'teaches-most', rightPanel: 'review' });
});

test('a teaching that changed nothing is no refusal: words, clips by class, and the way to use it and back', async () => {
  const part = {
    ...comparison('equal', [0.5, 0.51], [20, 21], [9, 9]),
    classes: examination.classes.map(({ classId, comparison: of }) => ({ classId, comparison: of })),
    moments: examination.moments,
  };
  const version = {
    id: 7,
    kind: 'prompts' as const,
    name: 'Version 1',
    createdAt: 0,
    model: 'tiny',
    origin: null,
    passed: false,
    reason: 'Prompts change nothing beyond noise here.',
    live: false,
    usable: true,
    preset: 'quick' as const,
    seed: 1,
    shots: [{ classId: 1, count: 3 }],
    backgroundShots: 0,
    videoCount: 2,
    parts: { prompts: true, temporal: false },
    judgement: { prompts: part, namesWithoutShots: null, temporal: null, besideLive: null },
  };
  const asked: unknown[] = [];
  let live = false;
  answerWith({
    videos: { list: implement(contract.videos.list).handler(() => someVideos(1)) },
    classes: { list: implement(contract.classes.list).handler(() => someClasses(2)) },
    projects: { info: implement(contract.projects.info).handler(() => someProject()) },
    jobs: { list: implement(contract.jobs.list).handler(() => []) },
    tuning: {
      status: tuning.status.handler(() => ({ ...status, versions: [{ ...version, live }] })),
      examination: tuning.examination.handler(() => ({ examination: null, missing: [] })),
    },
    versions: {
      curve: implement(contract.versions.curve).handler(() => []),
      setLive: implement(contract.versions.setLive).handler(({ input }) => {
        live = true;
        asked.push(input);
      }),
      goBack: implement(contract.versions.goBack).handler(({ input }) => {
        live = false;
        asked.push(input);
      }),
    },
  });
  await show(<TeachPanel />);
  const latest = page.getByRole('region', { name: 'Latest: Version 1' });
  await expect
    .element(latest.getByText(/finds 1 more of 40.*no difference that could be told from chance/u))
    .toBeVisible();
  await expect.element(latest.getByText('Not in use: what was before stays.')).toBeVisible();
  await latest
    .getByRole('list', { name: 'Learned words, by class' })
    .getByRole('button', { name: /^action 2/u })
    .click();
  await expect.element(latest.getByRole('toolbar', { name: /^Lost: /u })).toBeVisible();
  await latest.getByRole('button', { name: 'Use it anyway: Version 1' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Use Version 1' }).click();
  await expect.poll(() => asked).toEqual([{ versionId: 7 }]);
  await queries.invalidateQueries();
  await latest.getByRole('button', { name: 'Go back: do without Version 1' }).click();
  await expect.poll(() => asked).toEqual([{ versionId: 7 }, { kind: 'prompts' }]);
});

test('what another project taught is listed with what it was learned from, and can be used or left', async () => {
  answer(null, {
    lessonVersions: [
      {
        id: 4,
        kind: 'corrections',
        name: 'Corrections',
        createdAt: 0,
        model: 'tiny',
        origin: 'gymnastics',
        passed: true,
        reason: '9 shots taught it.',
        live: true,
        usable: true,
        classes: [
          { prompt: 'high jump', shots: 5 },
          { prompt: 'vault', shots: 4 },
          { prompt: 'run', shots: 0 },
        ],
        backgroundShots: 1,
        videoCount: 3,
      },
    ],
  });
  await show(<TeachPanel />);
  const list = page.getByRole('list', { name: 'Corrections of other projects, newest first' });
  await expect.element(list.getByText(/gymnastics/u)).toBeVisible();
  await expect.element(list.getByText('9 shots of 2 classes')).toBeVisible();
  await expect.element(list.getByRole('button', { name: 'Do without other projects' })).toBeVisible();
});
