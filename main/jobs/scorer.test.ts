// Protects: the choice of a scorer is the project's, every score says who made it, going back brings the old scores
// back, and a tuned scorer goes live only where the gate lets it.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeRandomXClip } from '#e2e/models/random-xclip.ts';
import { Failure } from '#preload/domain/failure.ts';
import { verbatim, english, say } from '#preload/domain/saying.ts';
import type { LocalisedSegment } from '../engine/vocabulary.ts';
import { ended, idle, openProjectStudio } from '../testing/open-studio.ts';
import type { TestStudio } from '../testing/open-studio.ts';
import { inEnglish } from '#main/testing/in-english.ts';

const proposal = (score: number): LocalisedSegment => ({
  classId: 1,
  startUs: 0,
  endUs: 1_001_000,
  score,
  ranking: [{ classId: 1, probability: score }],
});
const held = (accuracy: number) => ({ count: 4, accuracy, logLoss: 1 - accuracy });

/** A project with a video, a class, a CLIP and an X-CLIP. */
async function scoredStudio(): Promise<TestStudio> {
  const studio = await openProjectStudio(['jump']);
  const { engine, folder, client } = studio;
  // Figures are played, so that a score says who gave it.
  engine.tasks.localise = ({ scorer }) => ({
    segments: [proposal(scorer ? 0.9 : 0.3)],
    warnings: scorer ? [say('One stretch has fewer frames.')] : [],
  });
  await studio.addVideos({ 'a.mp4': 'a: 300' });
  await studio.useModel();
  for (const name of ['base-xclip', 'other-xclip']) {
    await client.models.add({ place: studio.placeOf(makeRandomXClip(join(folder, name))).token });
  }
  return studio;
}

const liveScorer = async ({ client }: TestStudio) =>
  (await client.versions.list({ kind: 'scorer' })).find(({ live }) => live)?.id ?? null;

const proposed = async ({ client }: TestStudio) => {
  const [segment] = await client.segments.list({ videoId: 1 });
  return { id: segment!.id, score: segment!.score, source: segment!.source };
};

describe('a scorer', () => {
  test('scores again when it is chosen, and the scores say so; going back brings the old ones back', async () => {
    const studio = await scoredStudio();
    const { client, engine } = studio;
    await ended(studio, (await client.analysis.propose({ videoIds: null })).jobIds);
    const before = await proposed(studio);
    expect(before).toMatchObject({ score: 0.3, source: { version: 'zero-shot' } });

    await client.projects.changeSettings({ scorer: 'fused', scorerModel: 'base-xclip' });
    await idle(studio);
    expect(await proposed(studio)).toMatchObject({
      id: before.id,
      score: 0.9,
      source: {
        model: 'tiny-clip',
        version: 'zero-shot',
        scorer: { mode: 'fused', model: 'base-xclip', version: null },
      },
    });
    const asked = engine.asked.map(({ task }) => task).slice(-2);
    expect(asked).toEqual(['encodeClips', 'localise']);
    expect((await client.jobs.list())[0]!.notes.map(english)).toContain('One stretch has fewer frames.');

    await client.projects.changeSettings({ scorer: 'xclip' });
    await idle(studio);
    expect((await proposed(studio)).source).toMatchObject({
      scorer: { mode: 'xclip', model: 'base-xclip', version: null },
    });
    await client.projects.changeSettings({ scorer: 'clip' });
    await idle(studio);
    expect(await proposed(studio)).toEqual(before);
  });

  test('is refused where nothing could score', async () => {
    const studio = await scoredStudio();
    const { client } = studio;
    const change = client.projects.changeSettings;
    const wordless = join(import.meta.dirname, '../../native-models/fixtures/clip-gelu');
    await client.models.add({ place: studio.placeOf(wordless).token });
    await expect(change({ scorer: 'xclip' })).rejects.toMatchObject({
      message: expect.stringContaining('No X-CLIP is chosen'),
    });
    await expect(change({ scorerModel: 'clip-gelu' })).rejects.toMatchObject({
      message: expect.stringContaining('cannot score clips'),
    });
    await expect(change({ model: 'base-xclip' })).rejects.toMatchObject({
      message: expect.stringContaining('no features of single frames'),
    });
    await expect(change({ scorer: 'fused', scorerModel: 'gone' })).rejects.toMatchObject({
      message: expect.stringContaining('There is no model'),
    });
    expect((await client.projects.info()).settings).toMatchObject({ scorer: 'clip', scorerModel: null });
    // A CLIP that reads names has X-CLIP's parts put on it.
    await change({ scorerModel: 'tiny-clip' });
    expect((await client.projects.info()).settings).toMatchObject({ scorer: 'clip', scorerModel: 'tiny-clip' });
  });

  test('is what searching and recognising ask', async () => {
    const studio = await scoredStudio();
    const { client, engine } = studio;
    await ended(studio, (await client.analysis.propose({ videoIds: null })).jobIds);
    await client.projects.changeSettings({ scorer: 'xclip', scorerModel: 'base-xclip' });
    await idle(studio);
    engine.tasks.recognise = () => ({ ranking: [{ classId: 1, probability: 0.5 }], warnings: [say('short')] });
    expect(await client.analysis.recognise({ videoId: 1, span: null })).toEqual({
      ranking: [{ classId: 1, probability: 0.5 }],
      warnings: [say('short')],
    });
    await client.analysis.search({ text: 'jump' });
    for (const { input } of engine.asked.slice(-2)) {
      expect(input).toMatchObject({
        scorer: { mode: 'xclip', model: { folder: join(studio.folder, 'base-xclip'), tunedFile: null } },
      });
    }
  });
});

describe('tuning a scorer', () => {
  async function tunedStudio(accuracy: number): Promise<TestStudio> {
    const studio = await scoredStudio();
    // What a fine-tuning of minutes would write is played, and so is who would read it.
    studio.engine.tasks.encodeClips = () => ({
      clips: 3,
      encoded: 3,
      damagedPackets: 0,
      provider: { chosen: 'cpu', forced: false, trials: [] },
    });
    studio.engine.tasks.tuneScorer = ({ outFile }) => {
      mkdirSync(dirname(outFile), { recursive: true });
      writeFileSync(outFile, 'tensors');
      const live = accuracy > 0.5;
      return {
        heldOut: { tuned: held(accuracy), zeroShot: held(0.5), current: held(0.5) },
        decision: { live, reason: say('because') },
        estimatedSeconds: 2,
        left: say('cuda stopped working, so the processor learned instead: lost'),
      };
    };
    await ended(studio, (await studio.client.analysis.propose({ videoIds: null })).jobIds);
    await studio.client.projects.changeSettings({ scorer: 'xclip', scorerModel: 'base-xclip' });
    await idle(studio);
    const [job] = await ended(studio, [(await studio.client.tuning.startScorer({})).jobId]);
    expect(inEnglish(job)).toMatchObject({
      state: 'done',
      notes: ['cuda stopped working, so the processor learned instead: lost', 'because'],
    });
    await idle(studio);
    return studio;
  }

  test('goes live, scores again, and steps back for the published one or for another model', async () => {
    const studio = await tunedStudio(0.75);
    const { client } = studio;
    const [version] = await client.versions.list({ kind: 'scorer' });
    expect(version).toMatchObject({ name: 'Version 1', model: 'base-xclip', preset: 'careful', passed: true });
    expect(await liveScorer(studio)).toBe(version!.id);
    expect((await proposed(studio)).source).toMatchObject({
      scorer: { mode: 'xclip', model: 'base-xclip', version: 'Version 1' },
    });
    await client.versions.goBack({ kind: 'scorer' });
    await idle(studio);
    expect((await proposed(studio)).source).toMatchObject({
      scorer: { mode: 'xclip', model: 'base-xclip', version: null },
    });
    await client.versions.setLive({ versionId: version!.id });
    await client.projects.changeSettings({ scorerModel: 'other-xclip' });
    expect(await liveScorer(studio)).toBeNull();
  });

  test('stays out where the gate says so', async () => {
    const studio = await tunedStudio(0.25);
    expect(await liveScorer(studio)).toBeNull();
    expect(await studio.client.versions.list({ kind: 'scorer' })).toMatchObject([
      { passed: false, reason: say('because') },
    ]);
    expect((await proposed(studio)).source).toMatchObject({
      scorer: { mode: 'xclip', model: 'base-xclip', version: null },
    });
  });

  test('has versions that can be named, exported and removed, but for the one that scores', async () => {
    const studio = await tunedStudio(0.75);
    const { client } = studio;
    const { id } = (await client.versions.list({ kind: 'scorer' }))[0]!;
    await client.versions.rename({ versionId: id, name: 'the good one' });
    expect(await client.versions.list({ kind: 'scorer' })).toMatchObject([{ id, name: 'the good one' }]);
    const { path } = await client.versions.export({ versionId: id, place: studio.placeOf(studio.folder).token });
    expect(readFileSync(path, 'utf8')).toBe('tensors');
    expect(JSON.parse(readFileSync(path.replace(/safetensors$/u, 'json'), 'utf8'))).toMatchObject({
      name: 'the good one',
      model: 'base-xclip',
    });
    await expect(client.versions.remove({ versionId: id })).rejects.toMatchObject({ code: 'bad-input' });
    await client.versions.goBack({ kind: 'scorer' });
    await client.versions.remove({ versionId: id });
    expect(await client.versions.list({ kind: 'scorer' })).toEqual([]);
    expect(readdirSync(join(studio.folder, 'demo.cuepoint', 'tuned', 'scorer'))).toEqual([]);
    await expect(client.versions.rename({ versionId: id, name: 'gone' })).rejects.toMatchObject({ code: 'not-found' });
    await idle(studio);
  });

  test('asks before it takes long, and begins on a word', async () => {
    const studio = await tunedStudio(0.75);
    const { client, engine } = studio;
    const quick = engine.tasks.tuneScorer!;
    engine.tasks.tuneScorer = (input, options) => {
      if (input.longestSeconds < 7_200)
        throw new Failure('bad-input', verbatim('It would take about 2 h.'), { estimatedSeconds: 7_200 });
      return quick(input, options);
    };
    const start = { preset: 'x-clip', longestMinutes: 5 } as const;
    const [refused] = await ended(studio, [(await client.tuning.startScorer(start)).jobId]);
    expect(refused).toMatchObject({ state: 'failed', failure: { details: { estimatedSeconds: 7_200 } } });
    expect(await client.tuning.scorerQuestion()).toBeNull();

    const ask = async () => ended(studio, [(await client.tuning.startScorer({ ...start, ask: true })).jobId]);
    expect(inEnglish(await ask())).toMatchObject([
      { state: 'done', notes: ['It would take about 2 h here, and has not begun.'] },
    ]);
    expect(await client.tuning.scorerQuestion()).toEqual({ preset: 'x-clip', estimatedSeconds: 7_200 });
    await client.tuning.answerScorer({ begin: false });
    expect(await client.tuning.scorerQuestion()).toBeNull();
    expect((await client.versions.list({ kind: 'scorer' })).length).toBe(1);

    await ask();
    await client.tuning.answerScorer({ begin: true });
    expect(await client.tuning.scorerQuestion()).toBeNull();
    await idle(studio);
    expect(
      (await client.versions.list({ kind: 'scorer' })).map((one) => [one.kind === 'scorer' && one.preset, one.name]),
    ).toEqual([
      ['x-clip', 'Version 2'],
      ['careful', 'Version 1'],
    ]);
    await expect(client.tuning.answerScorer({ begin: true })).rejects.toMatchObject({ code: 'not-found' });
  });

  test('needs a scorer', async () => {
    const { client } = await scoredStudio();
    await expect(client.tuning.startScorer({})).rejects.toMatchObject({
      message: expect.stringContaining('no scorer of clips'),
    });
  });
});
