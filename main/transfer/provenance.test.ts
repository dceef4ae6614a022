// Protects: beside every export lies where it comes from, with the checksum of what was written, and no import of a
// folder takes that for annotations.
import { createHash } from 'node:crypto';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { exportOptions } from '#preload/contract/work.ts';
import { formats } from './formats.ts';
import { openProjectStudio } from '../testing/open-studio.ts';

test('an export says where it comes from', async () => {
  const studio = await openProjectStudio(['high jump']);
  const [videoId] = await studio.addVideos({ 'jump.mp4': 'a: 300' });
  await studio.client.splits.assign({ videoIds: [videoId!], split: 'test' });
  await studio.client.segments.create({ videoId: videoId!, classId: 1, startUs: 0, endUs: 1_000_000 });
  const out = join(studio.folder, 'out.json');
  const { path } = await studio.client.transfer.export({
    format: 'coco',
    options: exportOptions.parse({}),
    place: studio.targetOf(out).token,
    fileName: 'out.json',
  });
  const [video] = await studio.client.videos.list();
  const [file] = await studio.client.videos.files({ videoIds: [video!.id] });
  const told = JSON.parse(readFileSync(`${path}.provenance.json`, 'utf8')) as Record<string, unknown>;
  expect(told).toMatchObject({
    program: 'Cuepoint',
    version: '0.1.0',
    format: 'coco',
    options: { states: ['accepted'], minimum_score: 0, format_options: { box: 'temporal' } },
    files: [{ name: 'out.json', sha256: createHash('sha256').update(readFileSync(path!)).digest('hex') }],
    counts: {
      videos: 1,
      segments: 1,
      segments_of_state: { accepted: 1 },
      segments_of_class: { 'high jump': 1 },
      videos_of_split: { test: 1 },
    },
    made_by: { person: 1 },
    classes: [{ name: 'high jump', prompt: 'high jump' }],
    videos: [{ name: 'jump.mp4', sha256: file!.checksum, frames: 300, split: 'test' }],
  });
});

test('it lies beside a file and a folder of every format, with the checksum of all that is in them and who signed', async () => {
  const studio = await openProjectStudio(['high jump']);
  await studio.addVideos({ 'jump.mp4': 'a: 300' });
  const labels = join(studio.folder, 'labels.csv');
  writeFileSync(labels, 'video,label,start_s,end_s,annotator\njump.mp4,high jump,1,2,Ana\n');
  await studio.client.transfer.import({ format: 'csv', place: studio.placeOf(labels).token });
  // Clips, frames and features are cut by a job, and have tests of their own.
  const writable = formats.filter(({ write }) => write !== undefined);
  expect(writable.length).toBeGreaterThan(30);
  for (const { id } of writable) {
    const { path } = await studio.client.transfer.export({
      format: id,
      options: exportOptions.parse({}),
      place: studio.targetOf(join(studio.folder, `out-${id}`)).token,
      fileName: `out-${id}`,
    });
    const told = JSON.parse(readFileSync(`${path}.provenance.json`, 'utf8'));
    expect(told).toMatchObject({ format: id, counts: { segments: 1 }, annotators: { Ana: 1 } });
    expect(told).toMatchObject({ settings: { score_threshold: expect.any(Number) }, videos: [{ name: 'jump.mp4' }] });
    expect(told.files.length).toBeGreaterThan(0);
    for (const { name, sha256 } of told.files as { name: string; sha256: string }[]) {
      const file = statSync(path!).isDirectory() ? join(path!, name) : path!;
      expect([name, createHash('sha256').update(readFileSync(file)).digest('hex')]).toEqual([name, sha256]);
    }
  }
});

test('a folder that lies there with it is imported without it', async () => {
  const studio = await openProjectStudio(['high jump']);
  const [videoId] = await studio.addVideos({ 'jump.mp4': 'a: 300' });
  await studio.client.segments.create({ videoId: videoId!, classId: 1, startUs: 0, endUs: 1_000_000 });
  const { path } = await studio.client.transfer.export({
    format: 'coco',
    options: exportOptions.parse({}),
    place: studio.targetOf(join(studio.folder, 'out.json')).token,
    fileName: 'out.json',
  });
  const done = await studio.client.transfer.import({ format: 'coco', place: studio.placeOf(join(path!, '..')).token });
  expect(done).toMatchObject({ addedSegments: 0, unchanged: 1 });
  expect(done.leftOut.map(({ place }) => place)).not.toContain('out.json.provenance.json');
});
