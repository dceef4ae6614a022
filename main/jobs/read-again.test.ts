// A video that is in the project is read otherwise: what a person labelled stays at its time, and undo brings all back.
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { FrameTable } from '#preload/domain/frame-table.ts';
import { english } from '#preload/domain/saying.ts';
import type { ReadingChoice } from '#preload/domain/video-facts.ts';
import { ended, idle, openProjectStudio } from '../testing/open-studio.ts';
import type { EngineTasks } from '../engine/tasks.ts';
import { engineItself, heldTask } from '../testing/played-engine.ts';

/** A project with one class and one of the small odd files, and what the tests do with it. */
async function studioWith(name: string) {
  const studio = await openProjectStudio(['waving']);
  const { client } = studio;
  const file = join(studio.folder, name);
  copyFileSync(join(import.meta.dirname, '../media/fixtures', name), file);
  const add = async () => {
    const { jobIds } = await client.videos.add({ places: [studio.placeOf(file).token] });
    return (await ended(studio, jobIds))[0]!;
  };
  const classId = (await client.classes.list())[0]!.id;
  return {
    ...studio,
    add,
    label: async (videoId: number, startUs: number, endUs: number) =>
      client.segments.create({ videoId, classId, startUs, endUs }),
    readAgain: async (videoId: number, reading: ReadingChoice) => {
      const { jobId } = await client.videos.readAgain({ videoId, reading });
      const [job] = await ended(studio, [jobId]);
      await idle(studio);
      return job!;
    },
    spans: async (videoId: number) =>
      (await client.segments.list({ videoId })).map(({ startUs, endUs }) => [startUs, endUs]),
    only: async () => {
      const videos = await client.videos.list();
      expect(videos).toHaveLength(1);
      return videos[0]!;
    },
  };
}

test('another film of the same file takes its place; labels keep their times, those after its end are told of', async () => {
  const { add, label, readAgain, spans, only, client } = await studioWith('two-streams.mp4');
  const { videoId: first } = await add();
  expect((await only()).facts).toMatchObject({ stream: 0, streams: [{ index: 0 }, { index: 1 }], frameCount: 40 });
  await label(first!, 200_000, 400_000);
  await label(first!, 1_200_000, 1_400_000);

  const job = await readAgain(first!, { stream: 1 });
  expect(job.failure).toBeNull();
  const second = await only();
  expect(second).toMatchObject({ id: job.videoId, facts: { stream: 1, frameCount: 20, reading: { stream: 1 } } });
  expect(await spans(second.id)).toEqual([[200_000, 400_000]]);
  expect(job.notes.map(english)).toContain('Left out: 1.2 s to 1.4 s lies outside these frames.');

  await client.history.undo();
  expect((await only()).id).toBe(first);
  expect(await spans(first!)).toEqual([
    [200_000, 400_000],
    [1_200_000, 1_400_000],
  ]);
  await client.history.redo();
  expect((await only()).id).toBe(second.id);
  expect(await spans(second.id)).toEqual([[200_000, 400_000]]);

  // The film that a player shows anyway is no choice of its own: the first video is there again.
  const back = await readAgain(second.id, { stream: 0 });
  expect(back.videoId).toBe(first);
  expect(await only()).toMatchObject({ id: first, name: 'two-streams.mp4' });
  expect(await spans(first!)).toEqual([[200_000, 400_000]]);
});

test('fields as frames of their own, and woven again: labels move to the nearest frame, and how many is told', async () => {
  const { add, label, readAgain, spans, only } = await studioWith('interlaced.mp4');
  const { videoId: woven } = await add();
  const { frameCount } = (await only()).facts;
  await label(woven!, 120_000, 320_000);
  const apart = await readAgain(woven!, { separateFields: true });
  expect(apart.notes.map(english)).toContain('1 label kept in place.');
  expect((await only()).facts.frameCount).toBe(2 * frameCount);
  await label(apart.videoId!, 420_000, 500_000);

  const again = await readAgain(apart.videoId!, {});
  expect(again.videoId).toBe(woven);
  expect(again.notes.map(english)).toContain('1 of 2 labels moved to the nearest frame.');
  expect(await spans(woven!)).toEqual([
    [120_000, 320_000],
    [400_000, 480_000],
  ]);
});

test('a rate for frames whose times were counted; a file that stores times takes none', async () => {
  const { add, readAgain, only } = await studioWith('bframes.avi');
  const { videoId } = await add();
  const { frameCount } = (await only()).facts;
  await readAgain(videoId!, { fps: 50 });
  const { facts } = await only();
  expect(facts).toMatchObject({ frameCount, averageFps: 50, times: 'counted', endUs: frameCount * 20_000 });
  expect(facts.warnings?.map(english)).toContain('Times were counted, not stored: 50 fps.');

  const stored = await studioWith('two-streams.mp4');
  const added = await stored.add();
  const refused = await stored.readAgain(added.videoId!, { fps: 50 });
  expect(refused.failure?.message).toMatch(/two-streams\.mp4 stores the times of its frames/);
  expect((await stored.only()).id).toBe(added.videoId);
});

test('a table that an older reader made gives way to what is read today; one that is right stays', async () => {
  const { add, label, readAgain, spans, only, engine, client } = await studioWith('interlaced.mp4');
  const late = 10_000;
  engine.tasks.index = async (input, options) => {
    const real = await engineItself.run('index', input, options);
    const table = FrameTable.fromArray(real.frames);
    const shifted = new FrameTable(
      table.startsUs().map((us) => us + late),
      table.lastEndUs + late,
      table.readingNotes,
    );
    return { ...real, frames: shifted.toArray() };
  };
  const { videoId: old } = await add();
  await label(old!, 120_000 + late, 320_000 + late);
  engine.tasks.index = undefined;
  const [was] = await client.videos.files({ videoIds: [old!] });
  const job = await readAgain(old!, {});
  expect(job.notes.map(english)).toContain('1 of 1 label moved to the nearest frame.');
  const now = await only();
  expect(now.id).not.toBe(old);
  const [is] = await client.videos.files({ videoIds: [now.id] });
  expect(is!.checksum).toBe(was!.checksum);
  expect(await spans(now.id)).toEqual([[120_000, 320_000]]);

  const same = await readAgain(now.id, {});
  expect(same.videoId).toBe(now.id);
  expect(same.notes.map(english)).toContain('It reads as before: nothing changed.');
  await client.history.undo();
  expect(await spans((await only()).id)).toEqual([[120_000 + late, 320_000 + late]]);
});

test('what the project holds already is not there twice', async () => {
  const { add, readAgain, client, placeOf, folder } = await studioWith('two-streams.mp4');
  const { videoId } = await add();
  const place = placeOf(join(folder, 'two-streams.mp4')).token;
  const { jobIds } = await client.videos.add({ places: [place], reading: { stream: 1 } });
  expect(jobIds).toHaveLength(1);
  const refused = await readAgain(videoId!, { stream: 1 });
  expect(refused.failure?.message).toMatch(/read that way already, as two-streams\.mp4 · stream 1/);
  expect(await client.videos.list()).toHaveLength(2);
});

test('features and proposals are made anew, of the pictures that are read now', async () => {
  const { add, readAgain, only, useModel, engine, client } = await studioWith('two-streams.mp4');
  await useModel();
  engine.playProposals((_, [classId]) => [
    { classId: classId!, startUs: 0, endUs: 400_000, score: 0.9, ranking: [{ classId: classId!, probability: 0.9 }] },
  ]);
  const { videoId } = await add();
  const { jobIds } = await client.analysis.propose({ videoIds: [videoId!] });
  await ended({ client }, jobIds);
  await idle({ client });
  const before = engine.asked.filter(({ task }) => task === 'embed').length;
  await readAgain(videoId!, { stream: 1 });
  const video = await only();
  expect(video).toMatchObject({ embedded: true, counts: { proposed: 1, accepted: 0 } });
  expect(engine.asked.filter(({ task }) => task === 'embed')).toHaveLength(before + 1);
});

test('what is still done for a reading that is undone ends with it, and fails nothing', async () => {
  const studio = await studioWith('two-streams.mp4');
  const { client, engine, add } = studio;
  const { videoId: first } = await add();
  await idle(studio);
  const held = heldTask<EngineTasks['proxy']['output']>();
  engine.tasks.proxy = held.run;
  const { jobId } = await client.videos.readAgain({ videoId: first!, reading: { stream: 1 } });
  await ended(studio, [jobId]);
  await held.begun;
  await client.history.undo();
  await idle(studio);
  const jobs = await client.jobs.list();
  expect(jobs.find(({ kind, videoId }) => kind === 'proxy' && videoId !== first)).toMatchObject({ state: 'cancelled' });
  expect(jobs.filter(({ state }) => state === 'failed')).toEqual([]);
});
