// Protects: before the first frames of a long project are read, the fastest way to compute that agrees on its own frames is
// found, used and shown; what has been read already, or what the settings name, is left alone; a plan that can no longer be
// used is left for another.
import { expect, test } from 'vitest';
import type { PlanReport, PlanTrial } from '#preload/domain/compute-plan.ts';
import { Failure } from '#preload/domain/failure.ts';
import { verbatim, english } from '#preload/domain/saying.ts';
import type { ModelChoice } from '../engine/vocabulary.ts';
import { ended, openProjectStudio, type TestStudio } from '../testing/open-studio.ts';

const trialOf = (plan: PlanTrial['plan'], framesPerSecond: number): PlanTrial => ({
  plan,
  batch: 8,
  framesPerSecond,
  cosine: 0.9998,
  sameClass: 1,
  sameOrder: 1,
  problem: null,
});

/** A trial that finds whole numbers three times as fast. */
const found: Omit<PlanReport, 'model' | 'classes'> = {
  frames: 64,
  trials: [trialOf('cpu', 10), trialOf('cpu-int8', 30)],
  fastest: 'cpu-int8',
  still: { share: 0, cosine: 1, sameClass: 1, sameOrder: 1, problem: null },
};

/** A project of 42 seconds, looked at 60 times a second. */
async function longProject(): Promise<
  TestStudio & { readonly videoId: number; propose(): Promise<readonly string[]> }
> {
  const studio = await openProjectStudio(['jump']);
  const [videoId] = await studio.addVideos({ 'a.mp4': 'a: 1260' });
  await studio.useModel();
  await studio.client.projects.changeSettings({ samplingFps: 60 });
  studio.engine.tasks.tryPlans = () => found;
  return {
    ...studio,
    videoId: videoId!,
    propose: async () => {
      const { jobIds } = await studio.client.analysis.propose({ videoIds: [videoId!] });
      const [job] = await ended(studio, jobIds);
      expect(job).toMatchObject({ state: 'done' });
      return job!.notes.map(english);
    },
  };
}

const providersOf = (studio: TestStudio, task: 'embed' | 'tryPlans') =>
  studio.engine.asked
    .filter((asked) => asked.task === task)
    .map(({ input }) => (input as { model: ModelChoice }).model);

test('the fastest way that agrees is found once, used and shown', async () => {
  const studio = await longProject();
  expect(await studio.client.models.keptPlan()).toBe(null);
  const notes = await studio.propose();
  expect(notes).toContainEqual(expect.stringMatching(/on 64 of its frames .* on cpu-int8: 30\.0 a second, 3\.0 times/));
  expect(providersOf(studio, 'embed')).toMatchObject([{ provider: 'cpu-int8', batch: 8 }]);
  expect(await studio.client.models.keptPlan()).toMatchObject({
    plan: 'cpu-int8',
    framesPerSecond: 30,
    ofProcessor: 10,
  });
  expect((await studio.client.videos.list())[0]).toMatchObject({ embedded: true });
  await studio.propose();
  expect(providersOf(studio, 'tryPlans')).toHaveLength(1);
  // What the settings name stands in its place.
  await studio.client.studio.changeSettings({ provider: 'cpu' });
  expect(await studio.client.models.keptPlan()).toBe(null);
  await studio.propose();
  expect(providersOf(studio, 'embed').at(-1)).toMatchObject({ provider: 'cpu' });
}, 120_000);

test('nothing is tried in a short project, nor where frames have been read', async () => {
  const studio = await longProject();
  await studio.client.projects.changeSettings({ samplingFps: 4 });
  await studio.propose();
  await studio.client.studio.changeSettings({ provider: 'cpu' });
  await studio.client.projects.changeSettings({ samplingFps: 60 });
  await studio.propose();
  await studio.client.studio.changeSettings({ provider: 'auto' });
  await studio.propose();
  expect(providersOf(studio, 'tryPlans')).toEqual([]);
}, 120_000);

test('a trial that fails is told, and frames are read all the same', async () => {
  const studio = await longProject();
  studio.engine.tasks.tryPlans = () => {
    throw new Failure('unreadable-video', verbatim('b.mp4 has no picture.'));
  };
  expect(await studio.propose()).toContainEqual(
    expect.stringMatching(/^It was not tried .*: b\.mp4 has no picture\.$/),
  );
  expect((await studio.client.videos.list())[0]).toMatchObject({ embedded: true });
  expect(await studio.client.models.keptPlan()).toBe(null);
}, 120_000);

test('a way that can no longer be used is left for another', async () => {
  const studio = await longProject();
  await studio.propose();
  await studio.client.projects.changeSettings({ framing: 'moving' });
  let isGone = true;
  studio.engine.tasks.embed = (input) => {
    if (isGone && input.model.provider === 'cpu-int8')
      throw new Failure('bad-input', verbatim('cannot be used'), { provider: 'cpu-int8' });
    isGone = false;
    return {
      key: 'some',
      provider: { chosen: 'cpu', forced: false, trials: [] },
      stopped: null,
      rows: 1,
      shared: 0,
      resumedFromRow: 0,
      damagedPackets: 0,
    };
  };
  studio.engine.playProposals(() => []);
  expect(await studio.propose()).toContainEqual(expect.stringMatching(/on cpu-int8, which cannot be used now/));
  expect(await studio.client.models.keptPlan()).toBe(null);
}, 120_000);
