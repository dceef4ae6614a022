// Protects: quality is measured by what would be proposed had nobody looked at a video, on splits by all that is known; it
// is told when it has grown old, and can be stopped.
import { english, say } from '#preload/domain/saying.ts';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { EngineTasks } from '../engine/tasks.ts';
import type { LocalisedSegment } from '../engine/vocabulary.ts';
import { heldTask } from '../testing/played-engine.ts';
import { ended, idle, openProjectStudio, type TestStudio } from '../testing/open-studio.ts';

const films = { 'a.mp4': 'a: 300', 'b.mp4': 'b: 300', 'c.mp4': 'c: 300' } as const;
const [jump, run] = [1, 2];

/** Three videos with a jump and a run each, marked by a person. */
async function labelledStudio(): Promise<TestStudio & { readonly ids: readonly number[] }> {
  const studio = await openProjectStudio(['jump', 'run']);
  const ids = await studio.addVideos(films);
  await studio.useModel();
  await ended(studio, (await studio.client.analysis.propose({ videoIds: null })).jobIds);
  for (const videoId of ids) {
    const frames = studio.frameTableOf(videoId);
    const mark = (classId: number, from: number, to: number) =>
      studio.client.segments.create({ videoId, classId, startUs: frames[from]!, endUs: frames[to]! });
    await mark(jump, 30, 90);
    await mark(run, 150, 240);
  }
  await idle(studio);
  return { ...studio, ids };
}

const complete = (studio: TestStudio, videoId: number) =>
  studio.client.reviews.set({ videoId, classIds: [jump, run], state: 'complete' });

/** In each video the jump is found, the run is named a jump, and there is one false run. */
function playProposals(studio: TestStudio): void {
  studio.engine.playProposals(() => {
    const { frames } = (studio.engine.asked.at(-1)!.input as EngineTasks['localise']['input']).media;
    const proposal = (classId: number, from: number, to: number, score: number): LocalisedSegment => ({
      classId,
      startUs: frames[from]!,
      endUs: frames[to]!,
      score,
      ranking: [],
    });
    return [proposal(jump, 30, 92, 0.9), proposal(jump, 150, 230, 0.8), proposal(run, 250, 290, 0.6)];
  });
}

const stateOf = async ({ client }: TestStudio, on: 'reviewed' | 'test') =>
  (await client.quality.status()).states.find((state) => state.on === on)!;

test('proposes in each reviewed video without what is known of it, and says what became of each segment', async () => {
  const studio = await labelledStudio();
  const { client, engine, ids } = studio;
  expect(await stateOf(studio, 'reviewed')).toMatchObject({ complete: 0, videos: 3, measured: null });
  await expect(client.quality.measure({ on: 'reviewed' })).rejects.toMatchObject({ code: 'nothing-to-do' });
  for (const id of ids) await complete(studio, id);
  await idle(studio);

  playProposals(studio);
  const before = engine.asked.length;
  const { jobId } = await client.quality.measure({ on: 'reviewed' });
  const [job] = await ended(studio, [jobId]);
  expect(job).toMatchObject({ state: 'done', title: say('Measure quality on reviewed videos') });
  const asked = engine.asked
    .slice(before)
    .filter(({ task }) => task === 'localise')
    .map(({ input }) => input as EngineTasks['localise']['input']);
  expect(asked).toHaveLength(3);
  for (const [index, { media, taught }] of asked.entries()) {
    const held = (await client.videos.list()).find(({ name }) => name === media.path)!.id;
    expect(held).toBe(ids[index]);
    const others = ids.filter((id) => id !== held);
    expect([...new Set(taught!.corrections.map(({ videoId }) => videoId))]).toEqual(others);
    expect(taught!.reviewed.map(({ videoId }) => videoId)).toEqual(others);
    expect(taught!.videos.map(({ videoId }) => videoId)).toEqual(ids);
  }

  const report = (await client.quality.numbers({ on: 'reviewed' }))!;
  expect(report).toMatchObject({
    videoIds: ids,
    segments: 6,
    threshold: 0.3,
    outcomes: { found: 3, misnamed: 3, missed: 0, false: 3 },
    confusion: [
      [3, 0, 0],
      [3, 0, 0],
      [0, 3, 0],
    ],
  });
  // Jumps come before what is none; no run is found.
  expect(report.averageMap.value).toBeCloseTo(0.5, 12);
  const question = { by: 'cell', trueClassId: run, proposedClassId: jump } as const;
  const { total, clips } = await client.quality.clips({ on: 'reviewed', question });
  expect(total).toBe(3);
  const marked = await client.segments.list({ videoId: ids[0]! });
  expect(clips[0]).toMatchObject({
    videoId: ids[0],
    segmentId: marked.find((one) => one.classId === run && one.state === 'accepted')!.id,
    score: 0.8,
  });
  expect((await client.quality.numbers({ on: 'reviewed', threshold: 0.85 }))!.outcomes).toMatchObject({
    found: 3,
    misnamed: 0,
    missed: 3,
    false: 0,
  });
});

test('grows old with what is decided, not with a look, and is there again after a restart', async () => {
  const studio = await labelledStudio();
  const { client, ids } = studio;
  for (const id of ids) await complete(studio, id);
  await idle(studio);
  playProposals(studio);
  await ended(studio, [(await client.quality.measure({ on: 'reviewed' })).jobId]);
  expect((await stateOf(studio, 'reviewed')).measured).toMatchObject({ isCurrent: true, editsSince: 0 });
  await client.projects.changeSettings({ scoreThreshold: 0.5 });
  expect((await stateOf(studio, 'reviewed')).measured).toMatchObject({ isCurrent: true });

  const location = (await client.projects.info()).location;
  await client.projects.close();
  await client.projects.open({ place: studio.placeOf(location).token });
  expect((await stateOf(studio, 'reviewed')).measured).toMatchObject({ isCurrent: true });
  expect(await client.quality.numbers({ on: 'reviewed' })).toMatchObject({ segments: 6 });
  const { id } = (await client.segments.list({ videoId: ids[1]! })).find(({ state }) => state === 'accepted')!;
  await client.segments.remove({ segmentIds: [id] });
  expect((await stateOf(studio, 'reviewed')).measured).toMatchObject({ isCurrent: false, editsSince: 1 });
  const question = { by: 'outcome', outcome: 'found', classId: null } as const;
  const { clips } = await client.quality.clips({ on: 'reviewed', question });
  expect(clips.map(({ segmentId }) => segmentId === null)).toEqual([false, true, false]);
  await idle(studio);
});

test('on a split, all that is known proposes; what a person kept out of learning stays out', async () => {
  const studio = await labelledStudio();
  const { client, engine, ids } = studio;
  const [first, ...others] = ids;
  await client.splits.assign({ videoIds: [first!], split: 'test' });
  expect(await stateOf(studio, 'test')).toMatchObject({
    videos: 1,
    complete: 0,
    obstacle: { sentence: expect.stringContaining('test split') },
  });
  await complete(studio, first!);
  await idle(studio);
  playProposals(studio);
  const before = engine.asked.length;
  await ended(studio, [(await client.quality.measure({ on: 'test' })).jobId]);
  const [asked] = engine.asked.slice(before).filter(({ task }) => task === 'localise');
  const { taught } = asked!.input as EngineTasks['localise']['input'];
  expect([...new Set(taught!.corrections.map(({ videoId }) => videoId))]).toEqual(others);
  const report = (await client.quality.numbers({ on: 'test' }))!;
  expect(report).toMatchObject({ videoIds: [first], segments: 2 });
  // Of one video nobody knows how far it would move.
  expect(report.averageMap).toMatchObject({ low: null, high: null });
  expect(await client.quality.numbers({ on: 'reviewed' })).toBeNull();
});

test('by the engine itself, twice the same', async () => {
  const studio = await labelledStudio();
  const { client, ids } = studio;
  for (const id of ids) await complete(studio, id);
  await idle(studio);
  const measured = async () => {
    const [job] = await ended(studio, [(await client.quality.measure({ on: 'reviewed' })).jobId]);
    expect(job).toMatchObject({ state: 'done', failure: null });
    const { measuredAt: _, ...report } = (await client.quality.numbers({ on: 'reviewed' }))!;
    return report;
  };
  const first = await measured();
  expect(first.segments).toBe(6);
  const { bins } = first.calibration;
  expect(bins.reduce((sum, { count }) => sum + count, 0)).toBeGreaterThan(0);
  expect(await measured()).toEqual(first);
});

test('stopped, it leaves what was measured before', async () => {
  const studio = await labelledStudio();
  const { client, engine, ids } = studio;
  await complete(studio, ids[0]!);
  await idle(studio);
  const held = heldTask<EngineTasks['localise']['output']>();
  engine.tasks.localise = held.run;
  const { jobId } = await client.quality.measure({ on: 'reviewed' });
  expect((await client.quality.measure({ on: 'reviewed' })).jobId).toBe(jobId);
  await held.begun;
  expect(await stateOf(studio, 'reviewed')).toMatchObject({ jobId });
  await client.jobs.cancel({ jobIds: [jobId] });
  expect(await ended(studio, [jobId])).toMatchObject([{ state: 'cancelled' }]);
  expect(await stateOf(studio, 'reviewed')).toMatchObject({ jobId: null, measured: null });
  delete engine.tasks.localise;
});

test('a damaged file is told of, and measuring anew puts it right', async () => {
  const studio = await labelledStudio();
  const { client, ids, folder } = studio;
  await complete(studio, ids[0]!);
  await idle(studio);
  await writeFile(join(folder, 'demo.cuepoint', 'quality.json'), '{"format": 1');
  expect(english((await client.quality.status()).problem!)).toContain('measure again');
  playProposals(studio);
  await ended(studio, [(await client.quality.measure({ on: 'reviewed' })).jobId]);
  expect(await client.quality.status()).toMatchObject({ problem: null });
});
