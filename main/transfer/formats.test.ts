// Protects: what each simpler format can say survives the way out and in again, and damage is refused with the reason.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { exportOptions } from '#preload/contract/work.ts';
import type { SegmentState } from '#preload/domain/segment.ts';
import { openProjectStudio } from '../testing/open-studio.ts';
import type { TestStudio } from '../testing/open-studio.ts';
import { activityNetResults } from './codecs/activitynet-results.ts';
import { activityNet } from './codecs/activitynet.ts';
import { parseCsv } from './codecs/csv.ts';
import type { Saying } from '#preload/domain/saying.ts';

const parseGroundTruth = (text: string) => activityNet.read!(text, 'x.json');
const parseResults = (text: string) => activityNetResults.read!(text, 'x.json');
const videos = { 'a, "b" 名前.mp4': 'a: 300', 'twin.mp4': 'b: 300', 'twin.mov': 'c: 300' } as const;

async function annotated(): Promise<TestStudio> {
  const studio = await openProjectStudio(['=jump()', 'run, fast', '跳高']);
  const ids = await studio.addVideos(videos);
  for (const [index, videoId] of ids.entries()) {
    for (const classId of [1, 2, 3]) {
      const startUs = 1_234_567 * classId;
      const made = await studio.client.segments.create({ videoId, classId, startUs, endUs: startUs + 777_777 });
      const state = (['accepted', 'proposed', 'rejected'] as const)[(index + classId) % 3]!;
      await studio.client.segments.update({ segmentIds: [made.id], state, note: 'line\n"two"' });
    }
  }
  return studio;
}

async function exported(studio: TestStudio, format: string): Promise<{ text: string; warnings: Saying[] }> {
  const { path, warnings } = await studio.client.transfer.export({
    format,
    options: exportOptions.parse({ states: ['accepted', 'proposed', 'rejected'] }),
    place: studio.targetOf(join(studio.folder, 'out')).token,
    fileName: 'out',
  });
  return { text: readFileSync(path!, 'utf8'), warnings };
}

/** What every format says: video, class name, span, and the state unless it must guess. */
async function said(studio: TestStudio, states: readonly SegmentState[], isStateSaid: boolean) {
  const classes = new Map((await studio.client.classes.list()).map(({ id, name }) => [id, name]));
  const rows = [];
  for (const { id, name } of await studio.client.videos.list()) {
    for (const { classId, startUs, endUs, state, note } of await studio.client.segments.list({ videoId: id })) {
      if (!states.includes(state)) continue;
      rows.push(JSON.stringify([name, classes.get(classId), startUs, endUs, ...(isStateSaid ? [state, note] : [])]));
    }
  }
  return rows.sort();
}

describe.each([
  ['csv', ['accepted', 'proposed', 'rejected'], true],
  ['activitynet', ['accepted', 'proposed'], false],
  ['activitynet-results', ['accepted', 'proposed'], false],
] as const)('%s', (format, states, isStateSaid) => {
  test('comes back as it went, to the microsecond', async () => {
    const from = await annotated();
    const into = await openProjectStudio();
    await into.addVideos(videos);
    const { text, warnings } = await exported(from, format);
    expect(warnings).toHaveLength(isStateSaid ? 0 : 1);
    writeFileSync(join(into.folder, 'in'), text);
    const place = into.placeOf(join(into.folder, 'in')).token;
    const outcome = await into.client.transfer.import({ format, place });
    expect(outcome).toMatchObject({ unchanged: 0, warnings: [] });
    expect(await said(into, states, isStateSaid)).toEqual(await said(from, states, isStateSaid));
    expect(await into.client.transfer.import({ format, place })).toMatchObject({
      addedSegments: 0,
      unchanged: outcome.addedSegments,
    });
  });
});

test('ActivityNet ground truth has what its readers ask for', async () => {
  const { text } = await exported(await annotated(), 'activitynet');
  const document = JSON.parse(text) as { database: Record<string, Record<string, unknown>> };
  expect(document).toMatchObject({ version: 'Cuepoint 0.1.0', taxonomy: [] });
  expect(Object.keys(document.database).sort()).toEqual(['a, "b" 名前', 'twin.mov', 'twin.mp4']);
  for (const video of Object.values(document.database)) {
    expect(video).toMatchObject({ subset: 'validation', duration: 10.01, frame: 300, resolution: '48x32', url: '' });
    for (const annotation of video['annotations'] as { label: string; label_id: number }[]) {
      expect(['=jump()', 'run, fast', '跳高'].indexOf(annotation.label)).toBe(annotation.label_id);
    }
  }
});

describe('damage is refused, and said', () => {
  test.each([
    [parseCsv, 'video,label,start_s\na,b,1', /row 1, end_s/u],
    [parseCsv, 'video,label,start_s,end_s\na,b,1,two', /row 1, end_s: a number is needed/u],
    [parseCsv, 'video,label,start_s,end_s\na,b,2,1', /row 1 must end after it starts/u],
    [parseCsv, 'video,label,start_s,end_s\na,b,1,2,3,4', /6 cells under 4 columns/u],
    [parseCsv, 'video,label,start_s,end_s,state\na,b,1,2,maybe', /row 1, state/u],
    [parseGroundTruth, '{"results": {}}', /database/u],
    [
      parseGroundTruth,
      '{"database": {"v": {"annotations": [{"label": "a"}]}}}',
      /database\.v\.annotations\.0\.segment: a time segment/u,
    ],
    [
      parseGroundTruth,
      '{"database": {"v": {"annotations": [{"label": "a", "segment": [2, 2]}]}}}',
      /annotation 1 of v must end after/u,
    ],
    [parseResults, '{"results": {"v": [{"label": "a", "segment": [1, 2]}]}}', /results\.v\.0\.score/u],
    [parseResults, '', /not JSON/u],
  ])('%# %o', (parse, text, reason) => {
    expect(() => parse(text)).toThrow(
      expect.objectContaining({ code: 'unreadable-annotations', message: expect.stringMatching(reason) }),
    );
  });
});
