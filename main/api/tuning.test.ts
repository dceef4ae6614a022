// Protects: what was learned becomes live only through the gate or a person's word, can be gone back from, and outlives
// whatever stops a tuning; corrections are heard by the next proposals.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readSafetensorsHeader } from '#native-models/checkpoint/safetensors.ts';
import type { TrainingRun } from '#preload/domain/training-run.ts';
import type { EngineTasks, TaskOptions } from '../engine/tasks.ts';
import { engineItself, heldTask } from '../testing/played-engine.ts';
import { ended, idle, openProjectStudio, openStudio, type TestStudio } from '../testing/open-studio.ts';
import { english, say } from '#preload/domain/saying.ts';

const otherModel = join(import.meta.dirname, '../../native-models/fixtures/clip-gelu');

type Tuned = EngineTasks['tune']['output'];

/** Two classes, an embedded video, two accepted segments and a rejected one; what tuning a tiny model is worth is played. */
async function taughtStudio(live: () => boolean = () => true): Promise<TestStudio & { readonly videoId: number }> {
  const studio = await openProjectStudio(['jump', 'throw']);
  studio.engine.tasks.tune = tuneAndJudge(live);
  await studio.useModel();
  const [videoId] = await studio.addVideos({ 'a.mp4': 'a: 300' });
  await ended(studio, (await studio.client.analysis.propose({ videoIds: null })).jobIds);
  const create = (startUs: number) =>
    studio.client.segments.create({ videoId: videoId!, classId: 1, startUs, endUs: startUs + 1_000_000 });
  await create(0);
  await create(2_000_000);
  const { id } = await create(4_000_000);
  await studio.client.segments.update({ segmentIds: [id], state: 'rejected' });
  return { ...studio, videoId: videoId! };
}

const tuneAndJudge =
  (live: () => boolean) =>
  async (input: EngineTasks['tune']['input'], options: TaskOptions): Promise<Tuned> => {
    const outcome = await engineItself.run('tune', input, options);
    const reason = live() ? say('It is right more often.') : say('It is right less often.');
    return { ...outcome, prompts: { ...outcome.prompts, passed: live(), reason } };
  };

async function tuneOnce(studio: TestStudio) {
  const { jobId } = await studio.client.tuning.start({});
  const [job] = await ended(studio, [jobId]);
  return job!;
}

/** A tuning that has begun, and ends once `finish` is called. */
async function startTuning(studio: TestStudio) {
  const held = Promise.withResolvers<void>();
  const begun = Promise.withResolvers<void>();
  studio.engine.tasks.tune = async (input, options) => {
    begun.resolve();
    await held.promise;
    return tuneAndJudge(() => true)(input, options);
  };
  const { jobId } = await studio.client.tuning.start({});
  await begun.promise;
  return { jobId, finish: held.resolve };
}

describe('tuning', () => {
  test('says what there is to learn from, and why it cannot start', async () => {
    const empty = await openProjectStudio(['jump']);
    expect(await empty.client.tuning.status()).toMatchObject({
      obstacle: { sentence: expect.stringMatching(/No model/) },
      versions: [],
    });
    await expect(empty.client.tuning.start({})).rejects.toMatchObject({ code: 'nothing-to-do' });
    const studio = await taughtStudio();
    const status = await studio.client.tuning.status();
    expect(status.obstacle).toBeNull();
    expect(status.classes.map(({ classId, count }) => [classId, count])).toEqual([
      [1, 2],
      [2, 0],
    ]);
    expect(status.rejected).toMatchObject({ count: 1, shots: [{ videoId: studio.videoId }] });
    const { segmentId } = status.classes[0]!.shots[1]!;
    expect((await studio.client.tuning.shots({ classId: 1, limit: 10 })).map((shot) => shot.segmentId)).toContain(
      segmentId,
    );
    expect(await studio.client.tuning.shots({ classId: 1, limit: 1 })).toEqual([status.classes[0]!.shots[0]]);
    expect(await studio.client.tuning.shots({ classId: null, limit: 10 })).toEqual(status.rejected.shots);
    expect(status.correctionsSince).toBe(3);
    expect(status.parts).toEqual({ corrections: true, prompts: false, temporal: false, boundaries: false });
  });

  test('what the gate lets through is live, is used for proposals, and can be gone back from', async () => {
    const studio = await taughtStudio();
    const { client } = studio;
    expect((await tuneOnce(studio)).notes.map(english)).toContain('It is right more often.');
    const [first] = (await client.tuning.status()).versions;
    expect(first).toMatchObject({ id: 1, name: 'Version 1', live: true, usable: true, passed: true });
    await tuneOnce(studio);
    expect((await client.tuning.status()).versions.map(({ id, live }) => [id, live])).toEqual([
      [2, true],
      [1, false],
    ]);
    await ended(
      studio,
      (await client.jobs.list()).filter(({ kind }) => kind === 'rescore').map(({ id }) => id),
    );
    const asked = studio.engine.asked.filter(({ task }) => task === 'localise').at(-1)!
      .input as EngineTasks['localise']['input'];
    expect(existsSync(asked.taught!.versionFile!)).toBe(true);
    expect(asked.taught!.corrections.length).toBe(3);

    await client.versions.setLive({ versionId: 1 });
    await client.versions.rename({ versionId: 1, name: 'the good one' });
    expect((await client.tuning.status()).versions.find(({ live }) => live)).toMatchObject({
      id: 1,
      name: 'the good one',
    });
    await expect(client.versions.remove({ versionId: 1 })).rejects.toMatchObject({ code: 'bad-input' });
    await client.versions.remove({ versionId: 2 });
    await client.versions.goBack({ kind: 'prompts' });
    expect((await client.tuning.status()).parts.prompts).toBe(false);
    expect(readdirSync(join(studio.folder, 'demo.cuepoint', 'tuned')).length).toBe(1);

    const { path } = await client.versions.export({ versionId: 1, place: studio.placeOf(studio.folder).token });
    expect(readSafetensorsHeader(path).size).toBeGreaterThan(0);
    expect(JSON.parse(readFileSync(path.replace(/safetensors$/u, 'json'), 'utf8'))).toMatchObject({
      name: 'the good one',
    });
  });

  test('edges go live by themselves, beside prompts that the gate refuses', async () => {
    const studio = await taughtStudio();
    const { client, engine } = studio;
    engine.playProposals(() => []);
    engine.tasks.tune = async (input, options) => {
      const outcome = await tuneAndJudge(() => false)(input, options);
      writeFileSync(input.boundaryFile, 'tensors');
      return { ...outcome, boundaries: { passed: true, reason: say('Learned edges help.') } };
    };
    await tuneOnce(studio);
    const status = await client.tuning.status();
    expect(status.versions[0]).toMatchObject({ live: false, passed: false });
    expect(status.boundaryVersions).toMatchObject([
      { kind: 'boundaries', live: true, reason: say('Learned edges help.') },
    ]);
    expect(status.parts).toMatchObject({ prompts: false, boundaries: true });
    await idle(studio);
    const asked = engine.asked.filter(({ task }) => task === 'localise').at(-1)!
      .input as EngineTasks['localise']['input'];
    expect(asked.taught).toMatchObject({ versionFile: null, boundaryFile: expect.stringMatching(/safetensors$/) });
    await client.versions.goBack({ kind: 'boundaries' });
    expect((await client.tuning.status()).parts.boundaries).toBe(false);
  });

  test('says what corrections bring by themselves, and asks once for equal corrections', async () => {
    const studio = await taughtStudio();
    // One corrected video: nothing can be held back.
    expect(await studio.client.tuning.examination()).toEqual({ examination: null, missing: [] });
    const outcomes = { of: 4, found: 3, falseAlarms: 1 };
    const comparison = {
      verdict: 'better' as const,
      videos: 2,
      before: 0.5,
      after: 0.7,
      difference: { mean: 0.2, low: 0.1, high: 0.3 },
      shown: { before: outcomes, after: outcomes },
    };
    const span = { videoId: 1, startUs: 0, endUs: 5 };
    studio.engine.tasks.examine = () => ({
      examination: {
        discriminant: comparison,
        score: comparison,
        together: comparison,
        classes: [{ classIndex: 1, comparison, tried: 2, culprit: { shot: { ...span, classIds: [1] }, without: 0.9 } }],
        moments: [{ kind: 'won', classIndex: 0, ...span }],
      },
      missing: ['b.mp4'],
    });
    const correct = (startUs: number) =>
      studio.client.segments.create({ videoId: studio.videoId, classId: 1, startUs, endUs: startUs + 500_000 });
    await correct(7_000_000);
    const found = await studio.client.tuning.examination();
    expect(found).toMatchObject({
      examination: {
        together: comparison,
        classes: [{ classId: 2, tried: 2, culprit: { ...span, classIds: [1], without: 0.9 } }],
        moments: [{ kind: 'won', classId: 1, ...span }],
      },
      missing: ['b.mp4'],
    });
    const times = () => studio.engine.asked.filter(({ task }) => task === 'examine').length;
    const before = times();
    expect(await studio.client.tuning.examination()).toEqual(found);
    expect(times()).toBe(before);
    await correct(8_000_000);
    await studio.client.tuning.examination();
    expect(times()).toBe(before + 1);
  });

  test('what the gate refuses is kept, and not used', async () => {
    let live = true;
    const studio = await taughtStudio(() => live);
    await tuneOnce(studio);
    live = false;
    expect((await tuneOnce(studio)).notes.map(english)).toContain('It is right less often.');
    const { versions } = await studio.client.tuning.status();
    expect(versions.map((version) => [version.id, version.live, version.passed])).toEqual([
      [2, false, false],
      [1, true, true],
    ]);
  });

  test('a version for another model is of no use', async () => {
    const studio = await taughtStudio();
    await tuneOnce(studio);
    const { name } = await studio.client.models.add({ place: studio.placeOf(otherModel).token });
    await studio.client.projects.changeSettings({ model: name });
    const status = await studio.client.tuning.status();
    expect(status.versions[0]).toMatchObject({ live: true, usable: false });
    expect(status.parts.prompts).toBe(false);
    await expect(studio.client.versions.setLive({ versionId: 1 })).rejects.toMatchObject({ code: 'bad-input' });
  });

  test('cancelled, it leaves the live version as it was', async () => {
    const studio = await taughtStudio();
    await tuneOnce(studio);
    const held = heldTask<Tuned>();
    studio.engine.tasks.tune = held.run;
    const { jobId } = await studio.client.tuning.start({});
    await held.begun;
    expect((await studio.client.tuning.start({})).jobId).toBe(jobId);
    await studio.client.jobs.cancel({ jobIds: [jobId] });
    expect((await ended(studio, [jobId]))[0]!.state).toBe('cancelled');
    expect((await studio.client.tuning.status()).versions.map(({ id, live }) => [id, live])).toEqual([[1, true]]);
  });

  test('a class that is renamed or merged in the middle of learning is told of, and keeps its new words', async () => {
    const studio = await taughtStudio();
    const { jobId, finish } = await startTuning(studio);
    await studio.client.classes.update({ classId: 1, name: 'leap', prompt: 'leap' });
    await studio.client.classes.merge({ from: 2, into: 1 });
    finish();
    const [job] = await ended(studio, [jobId]);
    expect(job!.state).toBe('done');
    expect(job!.notes.map(english)).toContain('"jump" was renamed while this was learned: its new words decide alone.');
    expect(job!.notes.map(english)).toContain(
      '"throw" was removed or merged while this was learned: it has no say in it.',
    );
    await idle(studio);
    const jobs = await studio.client.jobs.list();
    expect(jobs.filter(({ state }) => state === 'failed')).toEqual([]);
  });

  test('a project that moves to another model in the middle of learning keeps what is in use there', async () => {
    const studio = await taughtStudio();
    await tuneOnce(studio);
    const { jobId, finish } = await startTuning(studio);
    const { name } = await studio.client.models.add({ place: studio.placeOf(otherModel).token });
    await studio.client.projects.changeSettings({ model: name });
    finish();
    const [job] = await ended(studio, [jobId]);
    expect(job!.notes.map(english)).toContainEqual(
      expect.stringMatching(/moved from the model "tiny-clip" to "clip-gelu"/u),
    );
    const { versions } = await studio.client.tuning.status();
    expect(versions.map(({ id, live, passed }) => [id, live, passed])).toEqual([
      [2, false, true],
      [1, true, true],
    ]);
  });

  test('its curve can be asked for at any time: while it runs, and of the version it made', async () => {
    const studio = await taughtStudio();
    const { client, engine } = studio;
    const run: TrainingRun = { learns: 'prompts', without: null, number: 1, count: 1 };
    const point = (step: number) => ({ run, step, loss: 1 / step });
    const go = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<void>();
    engine.tasks.tune = async (input, { onProgress }) => {
      for (const step of [1, 2, 3]) onProgress?.({ done: 0.5, step: 'half', figures: { ...point(step), steps: 3 } });
      begun.resolve();
      await go.promise;
      return tuneAndJudge(() => true)(input, {});
    };
    const { jobId } = await client.tuning.start({});
    await begun.promise;
    const points = [1, 2, 3].map(point);
    expect(await client.tuning.runningCurve({ jobId })).toEqual({ count: 3, points });
    expect(await client.tuning.runningCurve({ jobId: jobId + 1 })).toEqual({ count: 0, points: [] });
    go.resolve();
    await ended(studio, [jobId]);
    expect(await client.versions.curve({ versionId: 1 })).toEqual(points);
    await expect(client.versions.curve({ versionId: 2 })).rejects.toMatchObject({ code: 'not-found' });
  });

  test('killed with its file written, it leaves the live version as it was and begins again', async () => {
    const studio = await taughtStudio();
    await tuneOnce(studio);
    await studio.close();
    const project = join(studio.folder, 'demo.cuepoint');
    const program = fileURLToPath(new URL('../testing/tune-until-killed.ts', import.meta.url));
    const child = spawn(process.execPath, [program, project, join(studio.folder, 'home')], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    await once(child.stdout, 'data');
    child.kill('SIGKILL');
    await once(child, 'close');
    expect(readdirSync(join(project, 'tuned')).length).toBe(2);

    const again = openStudio({ folder: studio.folder });
    again.engine.tasks.tune = studio.engine.tasks.tune!;
    await again.openProject(project);
    const status = await again.client.tuning.status();
    expect(status.versions.map(({ id, live }) => [id, live])).toEqual([[1, true]]);
    expect(status.jobId).not.toBeNull();
    await ended(again, [status.jobId!]);
    expect((await again.client.tuning.status()).versions.map(({ id, live }) => [id, live])).toEqual([
      [2, true],
      [1, false],
    ]);
    expect(readdirSync(join(project, 'tuned')).length).toBe(2);
  });

  test('a decision is heard by the next proposals, and enough of them tune by themselves', async () => {
    const studio = await taughtStudio();
    await studio.client.projects.changeSettings({ automaticTuning: 3 });
    await studio.client.segments.create({ videoId: studio.videoId, classId: 2, startUs: 6_000_000, endUs: 7_000_000 });
    const changes = await studio.client.studio.changes();
    for (;;) {
      const heard = await changes.next();
      if (heard.done === true) throw new Error('the changes ended');
      if (heard.value.topic === 'job' && heard.value.job.kind === 'tune' && heard.value.job.state === 'done') break;
    }
    expect((await studio.client.tuning.status()).correctionsSince).toBe(0);
    expect((await studio.client.jobs.list()).some(({ kind }) => kind === 'rescore')).toBe(true);
  });
});
