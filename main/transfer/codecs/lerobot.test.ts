// Protects: subtasks of LeRobot's data sets of both layouts are segments of the films that show the episodes, for each camera,
// and what we write comes back through Parquet.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { expect, test } from 'vitest';
import { saidRows } from '../../testing/said-rows.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { readAnnotations } from '../read-annotations.ts';
import { leRobot } from './lerobot.ts';
import { english } from '#preload/domain/saying.ts';

function folderOf(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = temporaryFolder();
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

const table = (columnData: Parameters<typeof parquetWriteBuffer>[0]['columnData']): Uint8Array =>
  new Uint8Array(parquetWriteBuffer({ columnData }));

async function rowsOf(files: Readonly<Record<string, string | Uint8Array>>) {
  const { imported } = await readAnnotations(leRobot, folderOf(files));
  return {
    rows: saidRows({
      classes: imported.classes,
      videos: imported.videos,
      segments: [...imported.segments],
      faults: [...imported.faults],
    }),
    faults: [...imported.faults].map(({ place, reason }) => `${english(place)}: ${english(reason)}`),
  };
}

test('2.1: lists of episodes in lines of JSON, a film for each episode and camera', async () => {
  const info = {
    fps: 30,
    chunks_size: 1000,
    features: { 'observation.images.top': { dtype: 'video' }, action: { dtype: 'float32' } },
  };
  const episodes = [
    {
      episode_index: 0,
      tasks: ['tidy'],
      length: 90,
      subtask_names: ['reach', 'grasp'],
      subtask_start_frames: [0, 30],
      subtask_end_frames: [29, 89],
    },
    {
      episode_index: 1001,
      length: 60,
      subtask_names: ['reach', 'grasp'],
      subtask_start_frames: [0, 20],
      subtask_end_frames: [20, 60],
    },
    { episode_index: 2, length: 60, subtask_names: ['reach'], subtask_start_frames: [], subtask_end_frames: [] },
    { episode_index: 3, length: 60, tasks: [] },
  ];
  const { rows, faults } = await rowsOf({
    'meta/info.json': JSON.stringify(info),
    'meta/episodes.jsonl': episodes.map((one) => `${JSON.stringify(one)}\n`).join(''),
    'meta/tasks.jsonl': '{"task_index": 0, "task": "tidy"}\n',
  });
  const film = (chunk: string, number: string) => `videos/chunk-${chunk}/observation.images.top/episode_${number}.mp4`;
  expect(rows).toEqual([
    [film('000', '000000'), 'reach', '0f', '30f'],
    [film('000', '000000'), 'grasp', '30f', '90f'],
    [film('001', '001001'), 'reach', '0f', '20f'],
    [film('001', '001001'), 'grasp', '20f', '60f'],
  ]);
  expect(faults).toEqual([
    'meta/episodes.jsonl, line 3, subtask_names: names, first and last frames of subtasks are lists of one length',
  ]);
});

test('3: subtask_index of every frame, and names in Parquet; an episode is a stretch of a film', async () => {
  const frameCount = 8;
  const numbers = (values: readonly number[]): bigint[] => values.map(BigInt);
  const { rows, faults } = await rowsOf({
    'meta/info.json': JSON.stringify({ codebase_version: 'v3.0', fps: 10 }),
    'meta/subtasks.parquet': table([
      { name: 'subtask_index', data: numbers([0, 1]), type: 'INT64' },
      { name: '__index_level_0__', data: ['reach', 'grasp'], type: 'STRING' },
    ]),
    'meta/episodes/chunk-000/file-000.parquet': table([
      { name: 'episode_index', data: numbers([0, 1]), type: 'INT64' },
      { name: 'videos/cam/chunk_index', data: numbers([0, 0]), type: 'INT64' },
      { name: 'videos/cam/file_index', data: numbers([7, 7]), type: 'INT64' },
      { name: 'videos/cam/from_timestamp', data: [0, 0.4], type: 'DOUBLE' },
    ]),
    'data/chunk-000/file-000.parquet': table([
      { name: 'episode_index', data: numbers([0, 0, 0, 0, 1, 1, 1, 1]), type: 'INT64' },
      { name: 'frame_index', data: numbers([0, 1, 2, 3, 0, 1, 2, 3]), type: 'INT64' },
      { name: 'subtask_index', data: numbers([0, 0, 1, 1, 1, 1, 0, -1]), type: 'INT64' },
      { name: 'action', data: Array.from({ length: frameCount }, () => [0.5, 1]) },
    ]),
  });
  const film = 'videos/cam/chunk-000/file-007.mp4';
  expect(rows).toEqual([
    [film, 'reach', '0f', '2f'],
    [film, 'grasp', '2f', '4f'],
    [film, 'grasp', '4f', '6f'],
    [film, 'reach', '6f', '7f'],
  ]);
  expect(faults).toEqual([]);
});

test.each([
  ['no Parquet', { 'data/file-000.parquet': Uint8Array.of(1, 2, 3) }],
  ['a Parquet cut off', { 'data/file-000.parquet': table([{ name: 'x', data: [1] }]).slice(0, 20) }],
  ['no JSON', { 'meta/episodes.jsonl': 'hello\n[1]\n' }],
])('%s is refused', async (_what, files) => {
  await expect(rowsOf(files)).rejects.toMatchObject({ code: 'unreadable-annotations' });
});
