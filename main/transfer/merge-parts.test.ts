// Protects: parts of long videos that were handed out come back whole: each decision once, those over an edge too; what two
// say of the same part, and what somebody said outside of theirs, stays beside as layers.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openProjectStudio, openStudio, type TestStudio } from '../testing/open-studio.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';

const films = { 'long.mp4': 'a: 300', 'short.mp4': 'b: 30' } as const;
const partSeconds = 2;

async function handedOut(annotators: string[], overlap: number, seed: number) {
  const lead = await openProjectStudio(['run'], temporaryFolder());
  await lead.addVideos(films);
  const [first] = await lead.client.videos.list();
  await lead.client.segments.create({ videoId: first!.id, classId: 1, startUs: 100_000, endUs: 200_000 });
  const out = join(lead.folder, 'parts');
  mkdirSync(out);
  const parts = await lead.client.layers.splitWork({
    place: lead.placeOf(out).token,
    annotators,
    overlap,
    seed,
    partSeconds,
  });
  return { lead, parts };
}

async function labelledIn(lead: TestStudio, path: string, name: string, label: (studio: TestStudio) => Promise<void>) {
  const studio = openStudio({ folder: join(lead.folder, name) });
  await studio.openProject(path);
  await studio.client.studio.changeSettings({ annotator: name });
  await label(studio);
  const facts = await factsOf(studio);
  await studio.close();
  return facts;
}

async function factsOf({ client }: TestStudio): Promise<string[]> {
  const videos = await client.videos.list();
  const all = await Promise.all(videos.map(async ({ id }) => client.segments.list({ videoId: id })));
  return all
    .flat()
    .map(({ videoId, classId, startUs, endUs, state }) =>
      JSON.stringify([videos.find(({ id }) => id === videoId)!.name, classId, startUs, endUs, state]),
    );
}

const work = fc.record({
  annotators: fc.integer({ min: 2, max: 3 }),
  seed: fc.nat(50),
  /** Starts as a share of a part, lengths in seconds: some reach over the edge of the part. */
  segments: fc.array(
    fc.tuple(fc.double({ min: 0, max: 0.95, noNaN: true }), fc.double({ min: 0.1, max: 4, noNaN: true })),
    {
      minLength: 1,
      maxLength: 3,
    },
  ),
});

test('every part is asked of one, and all that they decide comes back once', async () => {
  await fc.assert(
    fc.asyncProperty(work, async ({ annotators, seed, segments }) => {
      const names = ['Ana', 'Ben', 'Cleo'].slice(0, annotators);
      const { lead, parts } = await handedOut(names, 0, seed);
      const asked = parts.flatMap((one) => one.parts.map((part) => ({ ...part, name: one.annotator })));
      const ofLong = asked.toSorted((a, b) => a.startUs - b.startUs);
      for (const [index, part] of ofLong.slice(1).entries()) expect(part.startUs).toBe(ofLong[index]!.endUs);
      expect(ofLong.at(-1)!.endUs - ofLong[0]!.startUs).toBe(10_010_000);

      const said = new Set<string>();
      for (const { annotator, path, parts: own } of parts)
        for (const fact of await labelledIn(lead, path, annotator, async ({ client }) => {
          const videos = await client.videos.list();
          for (const { video, startUs, endUs } of own)
            for (const [share, seconds] of segments) {
              const from = Math.round(startUs + share * (endUs - startUs - 50_000));
              const videoId = videos.find(({ name }) => name === video)!.id;
              await client.segments.create({ videoId, classId: 1, startUs: from, endUs: from + seconds * 1e6 });
            }
        }))
          said.add(fact);
      const merged = await lead.client.layers.merge({ places: parts.map(({ path }) => lead.placeOf(path).token) });
      expect(merged.layers).toEqual([]);
      const facts = await factsOf(lead);
      expect(new Set(facts)).toEqual(said);
      await lead.close();
    }),
    { numRuns: 4 },
  );
});

test('a shared part of which two say different things is disputed, the rest of its video is not; strays stay beside', async () => {
  const { lead, parts } = await handedOut(['Ana', 'Ben'], 0.2, 3);
  const shared = parts[0]!.parts.length + parts[1]!.parts.length > 0;
  expect(shared).toBe(true);
  const said: string[][] = [];
  for (const [index, { annotator, path, parts: own }] of parts.entries())
    said.push(
      await labelledIn(lead, path, annotator, async ({ client }) => {
        const videoId = (await client.videos.list()).find(({ name }) => name === 'long.mp4')!.id;
        for (const { startUs } of own)
          await client.segments.create({
            videoId,
            classId: 1,
            startUs: startUs + 300_000 + index * 200_000,
            endUs: startUs + 900_000,
          });
        const gap = own.find((part) => part.startUs > 1_000_000);
        if (gap !== undefined && own.every(({ endUs }) => endUs !== gap.startUs))
          await client.segments.create({
            videoId,
            classId: 1,
            startUs: gap.startUs - 500_000,
            endUs: gap.startUs - 300_000,
          });
      }),
    );
  await lead.client.layers.merge({ places: parts.map(({ path }) => lead.placeOf(path).token) });
  const own = await factsOf(lead);
  const videos = await lead.client.videos.list();
  const beside = (await Promise.all(videos.map(async ({ id }) => lead.client.layers.ofVideo({ videoId: id })))).flat();
  const layered = beside.flatMap(({ segments }) =>
    segments.map(({ videoId, classId, startUs, endUs, state }) =>
      JSON.stringify([videos.find(({ id }) => id === videoId)!.name, classId, startUs, endUs, state]),
    ),
  );
  // Nothing that anybody said is lost, and what is the project's own was said.
  for (const fact of said.flat()) expect([...own, ...layered]).toContain(fact);
  expect(new Set(own).size).toBe(own.length);
  expect(layered.length).toBeGreaterThan(0);
});
