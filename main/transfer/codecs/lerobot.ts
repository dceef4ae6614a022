import { say, type Saying } from '#preload/domain/saying.ts';
import { basename } from 'node:path/posix';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { z } from 'zod';
import { secondsOf } from '#preload/domain/span.ts';
import type { AnnotationSet, ImportedAnnotations, NamedText, WrittenFolder } from '../annotation-set.ts';
import type { Format } from '../format.ts';
import { frameRuns } from './frame-runs.ts';
import { heldSegments, type HeldVideo } from './held-segments.ts';
import { isRecord, parseJson } from './json-file.ts';
import { SegmentRows } from './segment-rows.ts';
import { inLine } from './row-places.ts';

export const leRobot: Format = {
  id: 'lerobot',
  name: 'LeRobot subtasks',
  extensions: ['jsonl', 'parquet'],
  description:
    'What is done when in each episode: lists of subtasks in meta/episodes (2.1 in JSON lines, 3 in Parquet), read also from the subtask_index of every frame; written as meta/episodes.jsonl and meta/subtasks.parquet. Choose the folder of the data set.',
  layout: 'folder',
  keeps: ['times to the frame', 'overlaps', 'classes without segments'],
  companions: /^(info\.json|subtasks\.(parquet|jsonl)|tasks\.(parquet|jsonl)|episodes_stats\.jsonl)$/u,
  tellsOthers: /(^|\/)meta\/episodes(\.jsonl|\/.*\.parquet)$/u,
  columnsOfParquet:
    /^(episode_index|frame_index|length|subtask|subtask_index|__index_level_0__|(sparse_|dense_)?subtask_(names|start_frames|end_frames)|videos\/.+\/(chunk_index|file_index|from_timestamp))$/u,
  read,
  write,
};

const format = say('subtasks of LeRobot');

const episode = z.object({
  episode_index: z.int().nonnegative(),
  /** Ours: the file name of the video. */
  video: z.string().optional(),
  /** In frames. */
  length: z.int().positive().optional().catch(undefined),
});
const frameRow = z.object({ episode_index: z.int().nonnegative(), frame_index: z.int(), subtask_index: z.int() });
const names = z.array(z.string());
const frames = z.array(z.number());
const info = z.looseObject({
  fps: z.number().positive().optional().catch(undefined),
  chunks_size: z.int().positive().catch(1000),
  video_path: z.string().optional().catch(undefined),
  features: z.record(z.string(), z.unknown()).catch({}),
});
type Info = z.infer<typeof info>;

/** A video that shows an episode, and where in it that begins. */
interface Shown {
  readonly video: string;
  readonly firstFrame: number;
}

function read(text: string, file: string, companions: readonly NamedText[] = []): ImportedAnnotations {
  const { facts, subtasks, episodes } = toldBeside(companions);
  const rows = new SegmentRows('lerobot');
  for (const name of subtasks.values()) rows.label(name);
  const framesOf = new Map<string, { readonly row: z.infer<typeof frameRow>; readonly frames: number[] }>();
  for (const [index, line] of text.split(/\r?\n/u).entries()) {
    if (line.trim() === '') continue;
    const at = inLine(index + 1);
    const row = jsonOf(line);
    if (!isRecord(row)) {
      rows.refuse(at, say('a line is an object of JSON'));
    } else if ('frame_index' in row && 'subtask_index' in row) {
      const told = rows.checks.read(frameRow, row, { place: at });
      const isListed = Object.keys(episodes.get(told?.episode_index ?? -1) ?? {}).some((key) =>
        key.endsWith('subtask_names'),
      );
      if (told === null || told.subtask_index < 0 || isListed) continue;
      const key = `${told.episode_index} ${told.subtask_index}`;
      const run = framesOf.get(key) ?? { row: told, frames: [] };
      framesOf.set(key, run);
      run.frames.push(told.frame_index);
    } else addEpisode(row, at, facts, rows);
  }
  for (const { row, frames: list } of framesOf.values())
    for (const run of frameRuns(list))
      for (const { video, firstFrame } of shownIn(episodes.get(row.episode_index) ?? row, facts, row.episode_index))
        rows.add({
          place: say('frame {{startFrame}} of episode {{episode}}', {
            startFrame: String(run.startFrame),
            episode: String(row.episode_index),
          }),
          video,
          label: subtasks.get(row.subtask_index) ?? String(row.subtask_index),
          startFrame: firstFrame + run.startFrame,
          endFrame: firstFrame + run.endFrame,
        });
  return rows.done(file, format);
}

interface Told {
  readonly facts: Info;
  /** Names by number. */
  readonly subtasks: ReadonlyMap<number, string>;
  readonly episodes: ReadonlyMap<number, Record<string, unknown>>;
}

/** By what lies beside the files of a folder: it is the same for thousands of them. */
const toldBy = new WeakMap<readonly NamedText[], Told>();

function toldBeside(companions: readonly NamedText[]): Told {
  const known = toldBy.get(companions);
  if (known !== undefined) return known;
  const said = companions.find(({ name }) => basename(name) === 'info.json');
  const told = {
    facts: info.parse(said === undefined ? {} : (jsonOf(said.text) ?? {})),
    subtasks: subtaskNames(companions),
    episodes: episodeRows(companions),
  };
  toldBy.set(companions, told);
  return told;
}

/** Coarse and fine subtasks lie beside each other; the plain columns repeat the coarse ones where both are there. */
function addEpisode(row: Record<string, unknown>, at: Saying, facts: Info, rows: SegmentRows): void {
  const told = rows.checks.read(episode, row, { place: at });
  if (told === null) return;
  const shown = shownIn(row, facts, told.episode_index);
  for (const { video } of shown) rows.video(video);
  const kinds = 'sparse_subtask_names' in row ? ['sparse_', 'dense_'] : ['', 'dense_'];
  for (const kind of kinds) {
    const [labels, starts, ends] = ['names', 'start_frames', 'end_frames'].map((key) => row[`${kind}subtask_${key}`]);
    if (labels == null) continue;
    const lists = z.tuple([names, frames, frames]).safeParse([labels, starts, ends]);
    if (!lists.success || lists.data.some((list) => list.length !== lists.data[0].length)) {
      rows.refuse(
        say('{{at}}, {{kind}}subtask_names', { at, kind }),
        say('names, first and last frames of subtasks are lists of one length'),
      );
      continue;
    }
    const [all, first, last] = lists.data;
    // The last frame is part of a subtask, unless each is said to begin with the last of the one before.
    const isJoined =
      told.video === undefined && all.length > 1 && first.slice(1).every((frame, before) => frame === last[before]);
    for (const [index, label] of all.entries()) {
      const endFrame = Math.min(last[index]! + (isJoined ? 0 : 1), told.length ?? Infinity);
      for (const { video, firstFrame } of shown)
        rows.add({
          place: say('{{at}}, {{kind}}subtask {{index}}', { at, kind, index: String(index + 1) }),
          video,
          label,
          startFrame: firstFrame + first[index]!,
          endFrame: firstFrame + endFrame,
        });
    }
  }
}

/** The films of an episode: as we write it, a stretch of one for each camera (3), or a file for each camera (2.1). */
function shownIn(
  row: Record<string, unknown>,
  { fps, chunks_size, video_path, features }: Info,
  number: number,
): Shown[] {
  if (typeof row['video'] === 'string') return [{ video: row['video'], firstFrame: 0 }];
  const joined = Object.keys(row).flatMap((key) => /^videos\/(.+)\/file_index$/u.exec(key)?.[1] ?? []);
  if (joined.length > 0)
    return joined.map((camera) => {
      const [chunk, file, from] = ['chunk_index', 'file_index', 'from_timestamp'].map((key) =>
        Number(row[`videos/${camera}/${key}`] ?? 0),
      );
      const path = video_path ?? 'videos/{video_key}/chunk-{chunk_index:03d}/file-{file_index:03d}.mp4';
      return {
        video: filled(path, { video_key: camera, chunk_index: chunk!, file_index: file! }),
        firstFrame: Math.round(from! * (fps ?? usualFps)),
      };
    });
  const cameras = Object.keys(features).filter((key) => {
    const feature = features[key];
    return isRecord(feature) && feature['dtype'] === 'video';
  });
  const path = video_path ?? 'videos/chunk-{episode_chunk:03d}/{video_key}/episode_{episode_index:06d}.mp4';
  const numbers = { episode_chunk: Math.floor(number / chunks_size), episode_index: number };
  return cameras.length === 0
    ? [{ video: filled('episode_{episode_index:06d}', numbers), firstFrame: 0 }]
    : cameras.map((camera) => ({ video: filled(path, { ...numbers, video_key: camera }), firstFrame: 0 }));
}

/** Of data sets that do not say. */
const usualFps = 30;

/** A path with its places filled in, as Python formats them: `{episode_index:06d}`. */
const filled = (path: string, values: Readonly<Record<string, string | number>>): string =>
  path.replaceAll(/\{(\w+)(?::0?(\d+)d)?\}/gu, (whole, key: string, digits: string | undefined) =>
    Object.hasOwn(values, key) ? String(values[key]).padStart(Number(digits ?? 0), '0') : whole,
  );

/** What the list of episodes says of each. */
function episodeRows(companions: readonly NamedText[]): Map<number, Record<string, unknown>> {
  const texts = companions.filter(({ name }) => leRobot.tellsOthers!.test(name)).map(({ text }) => text);
  const lines = texts.flatMap((text) => text.split(/\r?\n/u)).map(jsonOf);
  return new Map(
    lines.flatMap((row): [number, Record<string, unknown>][] =>
      isRecord(row) && typeof row['episode_index'] === 'number' ? [[row['episode_index'], row]] : [],
    ),
  );
}

/** Names by number. */
function subtaskNames(companions: readonly NamedText[]): Map<number, string> {
  const table = companions.find(({ name }) => basename(name).startsWith('subtasks.'));
  const rows = (table?.text ?? '').split(/\r?\n/u).flatMap((line): [number, string][] => {
    const row = jsonOf(line);
    if (!isRecord(row)) return [];
    const name = row['subtask'] ?? row['__index_level_0__'];
    return typeof name === 'string' && typeof row['subtask_index'] === 'number' ? [[row['subtask_index'], name]] : [];
  });
  return new Map(rows.toSorted(([a], [b]) => a - b));
}

function jsonOf(line: string): unknown {
  try {
    return parseJson(line);
  } catch {
    return null;
  }
}

/** Episodes as the data set counts them, where the videos are called so; else as the videos come. */
function write(set: AnnotationSet): WrittenFolder {
  const { videos, warnings } = heldSegments(set);
  const counted = videos.map(({ key }) => Number(/episode_(\d+)$/u.exec(key)?.[1] ?? Number.NaN));
  const areEpisodes = counted.every((number) => !Number.isNaN(number)) && new Set(counted).size === counted.length;
  const lineOf = ({ video, name, segments }: HeldVideo, index: number): string =>
    `${JSON.stringify({
      episode_index: areEpisodes ? counted[index]! : index,
      video: name,
      length: video.facts.frameCount,
      subtask_names: segments.map(({ label }) => label),
      subtask_start_frames: segments.map(({ startFrame }) => startFrame),
      subtask_end_frames: inclusive(segments),
      subtask_start_times: segments.map(({ startUs }) => secondsOf(startUs)),
      subtask_end_times: segments.map(({ endUs }) => secondsOf(endUs)),
    })}\n`;
  return {
    files: [{ name: 'meta/episodes.jsonl', text: videos.map(lineOf).join('') }],
    binaries: [{ name: 'meta/subtasks.parquet', bytes: subtaskTable(set) }],
    warnings,
  };
}

const inclusive = (segments: HeldVideo['segments']): number[] => segments.map(({ endFrame }) => endFrame - 1);

/** As pandas keeps it and LeRobot reads it: the name is the index, its place among the rows its number. */
function subtaskTable({ classes, version }: AnnotationSet): Uint8Array {
  const column = (name: string, pandas: string, numpy: string) => ({
    name,
    field_name: name,
    pandas_type: pandas,
    numpy_type: numpy,
    metadata: null,
  });
  const pandas = {
    index_columns: ['subtask'],
    column_indexes: [],
    columns: [column('subtask_index', 'int64', 'int64'), column('subtask', 'unicode', 'object')],
    creator: { library: 'Cuepoint', version },
    pandas_version: '2.0.0',
  };
  return new Uint8Array(
    parquetWriteBuffer({
      columnData: [
        { name: 'subtask_index', data: classes.map((_, index) => BigInt(index)), type: 'INT64', nullable: false },
        { name: 'subtask', data: classes.map(({ name }) => name), type: 'STRING', nullable: false },
      ],
      kvMetadata: [{ key: 'pandas', value: JSON.stringify(pandas) }],
      codec: 'UNCOMPRESSED',
      createdBy: 'Cuepoint',
    }),
  );
}
