// Protects: an export of clips, pictures or features is what the segments say, whole in its place or not there, and goes on
// where it was interrupted; no name of a class or video leads out of its folder.
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { exportOptions } from '#preload/contract/work.ts';
import { english } from '#preload/domain/saying.ts';
import { probeVideo } from '../media/probe-video.ts';
import { loadNpy } from '../pipeline/feature-store/npy-file.ts';
import { engineItself } from '../testing/played-engine.ts';
import { ended, openProjectStudio, type TestStudio } from '../testing/open-studio.ts';
import { kinetics } from '../transfer/codecs/kinetics.ts';

const films = { 'a b.mp4': 'a: 90', 'c.mp4': 'b: 60' } as const;

async function labelled(classes = ['high jump', '../up', '跳高']): Promise<{ studio: TestStudio; ids: number[] }> {
  const studio = await openProjectStudio(classes);
  const ids = await studio.addVideos(films);
  for (const [videoId, classId, startUs, endUs] of [
    [ids[0]!, 1, 0, 1_000_000],
    [ids[0]!, 2, 500_000, 1_500_000],
    [ids[1]!, 3, 333_000, 1_999_000],
  ] as const)
    await studio.client.segments.create({ videoId, classId, startUs, endUs });
  await studio.client.splits.assign({ videoIds: [ids[0]!], split: 'train' });
  return { studio, ids };
}

async function exported(studio: TestStudio, format: string, formatOptions: Record<string, string> = {}) {
  const made = await studio.client.transfer.export({
    format,
    options: exportOptions.parse({ formatOptions }),
    place: studio.placeOf(studio.folder).token,
    fileName: `${format} out`,
  });
  expect(made).toMatchObject({ segmentCount: 3, url: null, path: join(studio.folder, `${format} out`) });
  const [job] = await ended(studio, [made.jobId!]);
  return { ...made, path: made.path!, job: job! };
}

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .toSorted();

test('clips: a folder per class, lists that point to them, and a table that reads back as the segments', async () => {
  const { studio, ids } = await labelled();
  const { path, job, warnings } = await exported(studio, 'clips');
  expect(job).toMatchObject({ state: 'done', failure: null });
  expect(english(job.notes[0]!)).toMatch(/^Clips copied as stored: \d, encoded: \d/u);
  expect(warnings.map(english)).toEqual([expect.stringContaining('2 classes have another name as a folder')]);
  expect(filesIn(path)).toEqual([
    'clips.csv',
    'high_jump/a_b_000000.000_000001.001.mp4',
    'label_map.txt',
    'up/a_b_000000.500_000001.502.mp4',
    'videos.txt',
    'videos_train.txt',
    '跳高/c_000000.334_000002.002.mp4',
  ]);
  expect(readFileSync(join(path, 'label_map.txt'), 'utf8')).toBe('high jump\n../up\n跳高\n');
  const lines = ['videos_train.txt', 'videos.txt'].flatMap((name) =>
    readFileSync(join(path, name), 'utf8').trimEnd().split('\n'),
  );
  expect(lines.map((line) => line.split(' '))).toHaveLength(3);
  for (const line of lines) expect(statSync(join(path, line.split(' ')[0]!)).isFile()).toBe(true);

  const read = kinetics.read!(readFileSync(join(path, 'clips.csv'), 'utf8'), 'clips.csv');
  const segments = (await Promise.all(ids.map((videoId) => studio.client.segments.list({ videoId })))).flat();
  const said = read.segments.map((one) =>
    'startS' in one ? [one.startS, one.endS].map((s) => Math.round(s * 1e6)) : [],
  );
  expect(said).toEqual(segments.map(({ startUs, endUs }) => [startUs, endUs]));
  expect(read.videos.map(({ subset }) => subset)).toEqual(['train', 'unassigned']);
  const clip = await probeVideo(join(path, 'up/a_b_000000.500_000001.502.mp4'));
  expect(clip.frameTable.lastEndUs).toBe(segments[1]!.endUs - segments[1]!.startUs);
  expect(existsSync(`${path}.partial`)).toBe(false);
  const provenance = JSON.parse(readFileSync(`${path}.provenance.json`, 'utf8')) as { files: unknown[] };
  expect(provenance.files).toHaveLength(7);
});

test('frames: as many pictures as MMAction2’s list says', async () => {
  const { studio } = await labelled();
  const { path, job } = await exported(studio, 'frames', { size: '256' });
  expect(job.state).toBe('done');
  const lines = ['rawframes_train.txt', 'rawframes.txt'].flatMap((name) =>
    readFileSync(join(path, name), 'utf8').trimEnd().split('\n'),
  );
  expect(lines).toHaveLength(3);
  for (const line of lines) {
    const [folder, count] = line.split(' ') as [string, string, string];
    expect(readdirSync(join(path, folder)).toSorted().at(-1)).toBe(`img_${count.padStart(5, '0')}.jpg`);
  }
});

describe('features', () => {
  test.each([
    ['npy', 'float32', 4],
    ['npz', 'float16', 2],
  ] as const)('%s of %s', async (packing, numbers, bytesOfNumber) => {
    const { studio } = await labelled();
    await expect(exported(studio, 'features')).rejects.toMatchObject({ code: 'bad-input' });
    await studio.useModel();
    const { path, job } = await exported(studio, 'features', { packing, numbers });
    expect(job).toMatchObject({ state: 'done', failure: null });
    const sidecar = JSON.parse(readFileSync(join(path, 'features.json'), 'utf8')) as {
      sampling_fps: number;
      videos: Record<string, { features: string; shape: number[]; feat_stride: number; segments: { label: string }[] }>;
    };
    expect(Object.keys(sidecar.videos)).toEqual(['a b', 'c']);
    const [first] = Object.values(sidecar.videos);
    expect(first!.segments.map(({ label }) => label)).toEqual(['high jump', '../up']);
    expect(first!.feat_stride).toBeCloseTo(30_000 / 1001 / sidecar.sampling_fps, 6);
    expect(first!.features).toBe(`features/a_b.${packing}`);
    const [rows, dim] = first!.shape as [number, number];
    const annotations = JSON.parse(readFileSync(join(path, 'annotations.json'), 'utf8')) as { database: object };
    expect(Object.keys(annotations.database)).toEqual(['a_b', 'c']);
    if (packing === 'npy') {
      expect((await loadNpy(join(path, first!.features))).shape).toEqual([rows, dim]);
      const times = await loadNpy(join(path, 'times/a_b.npy'));
      expect(times.data).toHaveLength(rows);
      // Each row is the frame that is on screen then, and tells when that begins.
      for (const [row, seconds] of times.data.entries()) {
        expect(seconds).toBeLessThanOrEqual(row / sidecar.sampling_fps);
        expect(seconds).toBeGreaterThan(row / sidecar.sampling_fps - 0.034);
      }
      return;
    }
    const arrays = unzipSync(readFileSync(join(path, first!.features)));
    expect(Object.keys(arrays)).toEqual(['features.npy', 'times.npy', 'segments.npy', 'labels.npy', 'classes.npy']);
    expect(arrays['features.npy']!.length).toBe(128 + rows * dim * bytesOfNumber);
  });
});

test('what was interrupted goes on, and the same asked again makes nothing twice', async () => {
  const { studio } = await labelled();
  const request = {
    format: 'clips',
    options: exportOptions.parse({}),
    place: studio.placeOf(studio.folder).token,
    fileName: 'cut',
  };
  const cut: string[] = [];
  studio.engine.tasks.cutClip = async (input, options) => {
    cut.push(input.outPath);
    if (cut.length === 2) throw new Error('the light went out');
    return engineItself.run('cutClip', input, options);
  };
  const first = await studio.client.transfer.export(request);
  const [failed] = await ended(studio, [first.jobId!]);
  expect(failed!.state).toBe('failed');
  expect(failed!.notes.map(english)).toEqual([expect.stringContaining('cut.partial')]);
  expect(existsSync(join(studio.folder, 'cut'))).toBe(false);
  await studio.client.jobs.retry({ jobIds: [first.jobId!] });
  const [done] = await ended(studio, [first.jobId!]);
  expect(done).toMatchObject({ state: 'done' });
  expect(cut).toHaveLength(4);
  expect(filesIn(join(studio.folder, 'cut')).filter((name) => name.endsWith('.mp4'))).toHaveLength(3);
  await expect(studio.client.transfer.export(request)).rejects.toMatchObject({ code: 'already-there' });
  const again = await studio.client.transfer.export({ ...request, replace: true });
  expect((await ended(studio, [again.jobId!]))[0]!.state).toBe('done');
});

test('the same asked again, not retried, goes on with what an interrupted export made; another begins anew', async () => {
  const { studio } = await labelled();
  const place = studio.placeOf(studio.folder).token;
  const cut: string[] = [];
  let failing = 2;
  studio.engine.tasks.cutClip = async (input, options) => {
    cut.push(input.outPath);
    if (cut.length === failing) throw new Error('the light went out');
    return engineItself.run('cutClip', input, options);
  };
  const make = async (formatOptions: Record<string, string>) => {
    const options = exportOptions.parse({ formatOptions });
    const { jobId } = await studio.client.transfer.export({ format: 'clips', options, place, fileName: 'cut' });
    return (await ended(studio, [jobId!]))[0]!.state;
  };
  expect(await make({})).toBe('failed');
  failing = 4;
  expect(await make({})).toBe('failed');
  // The first was made before; the second and the third were begun.
  expect(cut).toHaveLength(4);
  expect(new Set(cut).size).toBe(3);
  failing = 0;
  expect(await make({ cutting: 'encode' })).toBe('done');
  expect(cut).toHaveLength(7);
});

test('an export in the place of an earlier one leaves no old clips or pictures, and touches nobody else’s', async () => {
  const { studio, ids } = await labelled();
  const place = studio.placeOf(studio.folder).token;
  const make = async (format: string, formatOptions: Record<string, string> = {}) => {
    const options = exportOptions.parse({ formatOptions });
    const made = await studio.client.transfer.export({ format, options, place, fileName: format, replace: true });
    const [job] = await ended(studio, [made.jobId!]);
    expect(job!.state).toBe('done');
    return job!.notes.map(english).join(' ');
  };
  await make('clips');
  await make('frames', { pictures: 'jpg' });
  const mine = join(studio.folder, 'clips', 'up', 'mine.mp4');
  writeFileSync(mine, 'mine');
  const [first] = await studio.client.segments.list({ videoId: ids[0]! });
  await studio.client.segments.remove({ segmentIds: [first!.id] });
  expect(await make('clips')).toContain('1 file of the earlier export');
  expect(filesIn(join(studio.folder, 'clips')).filter((name) => name.endsWith('.mp4'))).toEqual([
    'up/a_b_000000.500_000001.502.mp4',
    'up/mine.mp4',
    '跳高/c_000000.334_000002.002.mp4',
  ]);
  expect(existsSync(join(studio.folder, 'clips', 'high_jump'))).toBe(false);
  await make('frames', { pictures: 'png' });
  const pictures = filesIn(join(studio.folder, 'frames')).filter((name) => name.includes('img_'));
  expect(pictures.length).toBeGreaterThan(0);
  expect(pictures.filter((name) => !name.endsWith('.png'))).toEqual([]);
  // A list that says a name outside of the folder is no list.
  writeFileSync(join(studio.folder, 'victim.txt'), 'v');
  const forged = JSON.stringify({ files: [{ name: '../victim.txt', bytes: 1 }] });
  writeFileSync(join(studio.folder, 'clips.provenance.json'), forged);
  await make('clips');
  expect(existsSync(join(studio.folder, 'victim.txt'))).toBe(true);
});

test('a folder of somebody else with the name of a draft is left alone', async () => {
  const { studio } = await labelled();
  mkdirSync(join(studio.folder, 'cut.partial'));
  writeFileSync(join(studio.folder, 'cut.partial', 'mine.txt'), 'mine');
  const request = { format: 'clips', options: exportOptions.parse({}), fileName: 'cut' };
  await expect(
    studio.client.transfer.export({ ...request, place: studio.placeOf(studio.folder).token }),
  ).rejects.toMatchObject({ code: 'already-there' });
  expect(readFileSync(join(studio.folder, 'cut.partial', 'mine.txt'), 'utf8')).toBe('mine');
});

test('a size is said before anything is made', async () => {
  const { studio } = await labelled();
  const preview = async (format: string, formatOptions: Record<string, string> = {}) =>
    (await studio.client.transfer.preview({ ...exportOptions.parse({ formatOptions }), format })).bytes!;
  expect(await preview('coco')).toBeNull();
  expect(await preview('clips')).toBeGreaterThan(0);
  expect(await preview('frames', { pictures: 'png' })).toBeGreaterThan(await preview('frames'));
  expect(await preview('features', { numbers: 'float16' })).toBeLessThan(await preview('features'));
});
