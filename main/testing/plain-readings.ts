import { basename } from 'node:path/posix';

/** Video, class, start and end: seconds, or frames with `f` behind them, as `saidRows` writes them. */
export type PlainRow = readonly [video: string, label: string, start: number | string, end: number | string];

/** Whatever JSON holds. */
type Json = ReturnType<typeof JSON.parse>;
type PlainReading = (text: string, file: string, beside: readonly { readonly text: string }[]) => PlainRow[];

const parsed = (text: string): Json => JSON.parse(text.replace(/^\uFEFF/u, ''));
const entries = (value: unknown): [string, Json][] => Object.entries((value ?? {}) as Record<string, Json>);
const list = (value: unknown): Json[] => (value ?? []) as Json[];
const linesOf = (text: string): string[] => text.split(/\r?\n/u).filter((line) => line.trim() !== '');
const stem = (file: string, ending: RegExp): string => file.replace(ending, '');
const frames = (first: number, behind: number) => [`${first}f`, `${behind}f`] as const;

/** Cells of a table; quotes are doubled inside quotes. */
function cellsOf(text: string, delimiter = ','): string[][] {
  const rows: string[][] = [[]];
  const shape = new RegExp(`(?:"((?:[^"]|"")*)"|([^${delimiter}\\r\\n]*))(${delimiter}|\\r?\\n|$)`, 'gu');
  for (const [, quoted, plain, end] of text.matchAll(shape)) {
    rows.at(-1)!.push(quoted?.replaceAll('""', '"') ?? plain!);
    if (end !== delimiter) rows.push([]);
  }
  return rows.filter((row) => row.some((cell) => cell !== ''));
}

function recordsOf(text: string, delimiter?: string): Record<string, string>[] {
  const [header, ...rows] = cellsOf(text.replace(/^\uFEFF/u, ''), delimiter);
  return rows.map((row) => Object.fromEntries(header!.map((key, at) => [key, row[at] ?? ''])));
}

/** `01:02:03.5`, with a comma too. */
const clock = (text: string): number =>
  text
    .replace(',', '.')
    .split(':')
    .reduce((sum, part) => sum * 60 + Number(part), 0);

const unescaped = (text: string): string =>
  text.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

/** Each run of numbers that follow one another, as its first and its last. */
function runsOf(numbers: readonly number[]): [number, number][] {
  const runs: [number, number][] = [];
  for (const one of [...new Set(numbers)].toSorted((a, b) => a - b))
    if (runs.at(-1)?.[1] === one - 1) runs.at(-1)![1] = one;
    else runs.push([one, one]);
  return runs;
}

const grouped = <Row>(rows: readonly Row[], keyOf: (row: Row) => string): Row[][] => [
  ...Map.groupBy(rows, keyOf).values(),
];

/** Names by number or code, as the lists beside a file give them, else as they are. */
function namesBeside(beside: readonly { readonly text: string }[]): (code: string) => string {
  const lines = beside.flatMap(({ text }) => linesOf(text));
  const isCoded = lines.every((line) => /^[a-z]?\d+ /u.test(line));
  const names = new Map(
    lines.map((line, at) => (isCoded ? [line.split(' ')[0]!, line.replace(/^\S+ /u, '')] : [String(at), line])),
  );
  return (code) => names.get(code) ?? code;
}

const segmentsOf = (videos: unknown, listOf: (video: Json) => unknown): PlainRow[] =>
  entries(videos).flatMap(([id, video]) =>
    list(listOf(video)).map(({ label, segment: [from, to] }): PlainRow => [id, label, Number(from), Number(to)]),
  );

/** Every second event of a kind ends what the one before began. */
const pairsOf = <Event extends { readonly key: string; readonly at: number }>(events: readonly Event[]) =>
  grouped(
    events.toSorted((a, b) => a.at - b.at),
    ({ key }) => key,
  ).flatMap((own) => own.flatMap((start, at) => (at % 2 === 0 && own[at + 1] ? [{ start, end: own[at + 1]! }] : [])));

function cuesOf(text: string, video: string): PlainRow[] {
  return [...text.matchAll(/^(\S+)\s+-->\s+(\S+).*\n((?:(?!.*-->).*\S.*(?:\n|$))*)/gmu)].map(
    ([, from, to, cue]): PlainRow => [
      video,
      unescaped(
        cue!
          .replaceAll(/<[^>]*>/gu, '')
          .trim()
          .replaceAll(/\s*\n\s*/gu, ' '),
      ),
      clock(from!),
      clock(to!),
    ],
  );
}

function cocoRows(text: string): PlainRow[] {
  const { videos, images, annotations, categories } = parsed(text) as Record<string, Json[]>;
  const names = new Map(list(categories).map(({ id, name }) => [id, name]));
  const imageOf = new Map(list(images).map((image) => [image['id'], image]));
  const videoOf = new Map((videos ?? images!).map((video) => [video['id'], video['file_name'] ?? video['name']]));
  const placed = list(annotations)
    .filter(({ category_id }) => names.has(category_id))
    .map((one) => ({
      one,
      label: names.get(one['category_id'])!,
      video: videoOf.get(one['video_id'] ?? imageOf.get(one['image_id'])?.['video_id'] ?? one['image_id'])!,
    }));
  const boxes = placed.filter(({ one }) => one['segment'] === undefined);
  const trackOf = ({ one, video, label }: (typeof boxes)[number]) =>
    JSON.stringify([video, label, one['track_id'] ?? one['instance_id'] ?? one['id']]);
  return [
    ...placed
      .filter(({ one }) => one['segment'] !== undefined)
      .map(({ one, video, label }): PlainRow => [video, label, one['segment'][0], one['segment'][1]]),
    ...grouped(boxes, trackOf).map((track): PlainRow => {
      const at = track.flatMap(({ one }) => {
        const image = imageOf.get(one['image_id']);
        return one['bboxes'] === undefined
          ? [Number(image?.['frame_index'] ?? image?.['frame_id'])]
          : list(one['bboxes']).flatMap((box, index) => (box === null ? [] : [index]));
      });
      return [track[0]!.video, track[0]!.label, ...frames(Math.min(...at), Math.max(...at) + 1)];
    }),
  ];
}

function textGridRows(text: string, video: string): PlainRow[] {
  const spoken = (label: string): boolean => label.trim() !== '';
  const isLong = text.includes('intervals [1]');
  const found = isLong
    ? text.matchAll(/intervals \[\d+\]:\s*xmin = (\S+)\s*xmax = (\S+)\s*text = "((?:[^"]|"")*)"/gu)
    : text
        .replaceAll(/"TextTier"[\s\S]*?(?="IntervalTier"|$)/gu, '')
        .matchAll(/^(-?[\d.]+) *\r?\n(-?[\d.]+) *\r?\n"((?:[^"]|"")*)"/gmu);
  return [...found].flatMap(([, from, to, label]): PlainRow[] =>
    spoken(label!) ? [[video, label!.replaceAll('""', '"').trim(), Number(from), Number(to)]] : [],
  );
}

function cvatRows(text: string, file: string): PlainRow[] {
  const video = /<source>(.+?)<\/source>/u.exec(text)?.[1] ?? /<name>(.*?)<\/name>/u.exec(text)?.[1] ?? file;
  return [...text.matchAll(/^ {1,2}<track\b[^>]*? label="([^"]*)"[^>]*>([\s\S]*?)^ {1,2}<\/track>/gmu)].flatMap(
    ([, label, shapes]) => {
      const told = [...shapes!.split('<track')[0]!.matchAll(/<\w+ [^>]*?\bframe="(\d+)"[^>]*? outside="(\d)"/gu)]
        .map(([, frame, outside]) => ({ frame: Number(frame), isOutside: outside === '1' }))
        .toSorted((a, b) => a.frame - b.frame);
      // Where it shows anew: the first time, and after it was outside.
      const starts = told.filter(({ isOutside }, at) => !isOutside && (at === 0 || told[at - 1]!.isOutside));
      return starts.map(({ frame }): PlainRow => {
        const end = told.find((one) => one.isOutside && one.frame > frame)?.frame ?? told.at(-1)!.frame + 1;
        return [video, unescaped(label!), ...frames(frame, end)];
      });
    },
  );
}

/**
 * What a file says, read in a few lines that know the codecs as little as a person with a text editor does: whatever is a
 * segment of time in it, also an impossible one. By format.
 */
export const plainReadings: Readonly<Record<string, PlainReading>> = {
  coco: (text) => cocoRows(text),
  csv: (text) =>
    recordsOf(text).map((row) => [row['video']!, row['label']!, Number(row['start_s']), Number(row['end_s'])]),
  activitynet: (text) => segmentsOf(parsed(text)['database'], (video) => video['annotations']),
  'activitynet-results': (text) => segmentsOf(parsed(text)['results'], (video) => video),
  mmaction2: (text) => segmentsOf(parsed(text), (video) => video['annotations']),
  kinetics: (text) =>
    text.startsWith('{')
      ? segmentsOf(parsed(text), ({ annotations }) => [annotations])
      : recordsOf(text).map((row) => [
          row['youtube_id']!,
          row['label']!,
          Number(row['time_start']),
          Number(row['time_end']),
        ]),
  'hacs-clips': (text) =>
    recordsOf(text).map((row) => [row['youtube_id']!, row['classname']!, Number(row['start']), Number(row['end'])]),
  thumos14: (text, file) =>
    linesOf(text).map((line): PlainRow => {
      const [, video, from, to] = /^(.+?) +(\S+) +(\S+) *$/u.exec(line)!;
      const label = decodeURIComponent(stem(basename(file), /(?:_(?:train|val|test))?\.txt$/u));
      return [video!, label, Number(from), Number(to)];
    }),
  'epic-kitchens': (text) =>
    recordsOf(text).map((row) => [
      row['video_id']!,
      [row['verb']!, row['noun']!].filter(Boolean).join(' '),
      clock(row['start_timestamp']!),
      clock(row['stop_timestamp']!),
    ]),
  charades: (text, _, beside) =>
    recordsOf(text).flatMap((row) =>
      row['actions']!.split(';').flatMap((action): PlainRow[] => {
        const [code, from, to] = action.trim().split(' ');
        return code === '' ? [] : [[row['id']!, namesBeside(beside)(code!), Number(from), Number(to)]];
      }),
    ),
  ava: (text, _, beside) => {
    const names = new Map(
      beside
        .flatMap((one) => one.text.match(/\{[^}]*\}/gu) ?? [])
        .map((item) => [/id: (\d+)/u.exec(item)![1]!, JSON.parse(/name: (".*")/u.exec(item)![1]!) as string]),
    );
    const rows = cellsOf(text).filter((row) => row[6] !== '');
    return grouped(rows, ([video, , , , , , action, person]) => JSON.stringify([video, action, person])).flatMap(
      (own) =>
        runsOf(own.map((row) => Number(row[1]))).map(([first, last]): PlainRow => [
          own[0]![0]!,
          names.get(own[0]![6]!) ?? own[0]![6]!,
          first - 0.5,
          last + 0.5,
        ]),
    );
  },
  'mmaction2-rawframes': (text, _, beside) =>
    linesOf(text).map((line): PlainRow => {
      const [, folder, first, count, label] = /^(.+) (\d+) (\d+) (\d+)$/u.exec(line)!;
      return [folder!, namesBeside(beside)(label!), ...frames(Number(first), Number(first) + Number(count))];
    }),
  'mmaction2-videos': (text, _, beside) =>
    linesOf(text).flatMap((line) => {
      const [, video, labels] = /^(.+?)((?: \d+)+)$/u.exec(line)!;
      return labels!
        .trim()
        .split(' ')
        .map((label): PlainRow => [video!, namesBeside(beside)(label), ...frames(0, Infinity)]);
    }),
  fiftyone: (text) =>
    entries(parsed(text)['labels']).flatMap(([video, own]) =>
      list(own).map(({ label, support, timestamps }): PlainRow =>
        support ? [video, label, ...frames(support[0] - 1, support[1])] : [video, label, timestamps[0], timestamps[1]],
      ),
    ),
  'label-studio': (text) =>
    [parsed(text)].flat().flatMap(({ data, annotations, predictions }) =>
      [...list(annotations), ...list(predictions)].flatMap(({ result }) =>
        list(result).flatMap(({ value }: { value: Json }): PlainRow[] => {
          const { ranges, timelinelabels, sequence, labels } = value as Record<string, Json[]>;
          const path = decodeURIComponent(/d=(.+)/u.exec(data['video'])?.[1] ?? data['video']);
          const video = path.replace(/(\/upload\/.*\/)[0-9a-f]{8}-/u, '$1');
          if (ranges)
            return [[video, timelinelabels![0] as never, ...frames(ranges[0]!['start'] - 1, ranges[0]!['end'])]];
          if (!sequence) return [];
          const shown = sequence.map(({ frame }) => frame as number);
          return [[video, labels![0] as never, ...frames(Math.min(...shown) - 1, Math.max(...shown))]];
        }),
      ),
    ),
  cvat: cvatRows,
  datumaro: (text) => {
    const { items, categories } = parsed(text) as Record<string, Json>;
    return list(items).flatMap(({ annotations, video }) =>
      list(annotations).map(({ label_id: label }): PlainRow => [
        video['path'],
        categories!['label']['labels'][label]['name'],
        ...frames(video['start_frame'], video['end_frame'] + 1),
      ]),
    );
  },
  dive: (text, file) =>
    entries(parsed(text)['tracks']).map(([, { begin, end, confidencePairs: pairs }]) => [
      stem(file, /\.json$/u),
      list(pairs).toSorted((a, b) => b[1] - a[1])[0]![0],
      ...frames(begin, end + 1),
    ]),
  'viame-csv': (text, file) => {
    const rows = cellsOf(text.replaceAll(/^#.*\n/gmu, ''));
    return grouped(rows, ([track]) => track!).map((own) => {
      const at = own.map((row) => Number(row[2]));
      const pairs = own.at(-1)!.slice(9).join('\t').split('\t(')[0]!.split('\t');
      const best = pairs.reduce(
        (top, one, index) => (index % 2 === 1 && Number(one) > Number(pairs[top]) ? index : top),
        1,
      );
      return [stem(file, /\.csv$/u), pairs[best - 1]!, ...frames(Math.min(...at), Math.max(...at) + 1)];
    });
  },
  boris: (text) => {
    const { observations, behaviors_conf: conf } = parsed(text) as Record<string, Json>;
    const states = new Set(entries(conf).flatMap(([, { code, type }]) => (type === 'State event' ? [code] : [])));
    return entries(observations).flatMap(([, { file, events, media_info: info }]) => {
      const [video, next] = list(file['1']) as unknown as string[];
      const own = video === undefined ? [] : list(events).filter((event) => states.has(event[2]));
      const timed = own.map((event) => ({
        at: event[0] as number,
        key: JSON.stringify([event[1], event[2], event[3]]),
        label: event[2] as string,
      }));
      const lengthS = next === undefined ? Infinity : (info['length'][video!] as number);
      return pairsOf(timed).map(({ start, end }): PlainRow =>
        start.at < lengthS
          ? [video!, start.label, start.at, end.at]
          : [next!, start.label, start.at - lengthS, end.at - lengthS],
      );
    });
  },
  'boris-aggregated': (text) =>
    recordsOf(text, '\t')
      .filter((row) => ['STATE', 'POINT'].includes(row['Behavior type']!))
      .map((row) => {
        const startS = Number(row['Start (s)']);
        // A point has no length of its own.
        const endS = row['Behavior type'] === 'POINT' ? startS + 0.001 : Number(row['Stop (s)']);
        return [row['Media file']!, row['Behavior']!, startS, endS];
      }),
  'boris-tabular': (text) => {
    const rows = recordsOf(text.slice(text.search(/^Time\t/mu)), '\t').filter((row) => row['Status'] !== 'POINT');
    const events = rows.map((row) => ({ at: Number(row['Time']), key: `${row['Behavior']} ${row['Subject']}`, row }));
    return pairsOf(events).map(({ start: { row, at }, end }) => [
      row['Media file path']!,
      row['Behavior']!,
      at,
      end.at,
    ]);
  },
  elan: (text, file) => {
    const media = [...text.matchAll(/MEDIA_URL="([^"]*)"/gu)].map(([, url]) =>
      decodeURIComponent(url!.replace('file://', '')),
    );
    const slots = new Map(
      [...text.matchAll(/TIME_SLOT_ID="([^"]+)" TIME_VALUE="(\d+)"/gu)].map(([, id, ms]) => [id, Number(ms) / 1000]),
    );
    const told = text.matchAll(
      /TIME_SLOT_REF1="([^"]+)" TIME_SLOT_REF2="([^"]+)"[^>]*>\s*<ANNOTATION_VALUE>([\s\S]*?)<\//gu,
    );
    const video = media.find((url) => /\.mp[g4]$/u.test(url)) ?? media[0] ?? stem(file, /\.eaf$/u);
    return [...told].flatMap(([, from, to, label]): PlainRow[] => {
      const [start, end] = [slots.get(from), slots.get(to)];
      return start === undefined || end === undefined ? [] : [[video, unescaped(label!.trim()), start, end]];
    });
  },
  via3: (text) => {
    const { file, view, metadata, attribute } = parsed(text) as Record<string, Json>;
    return entries(metadata).flatMap(([, { vid, z, av }]) =>
      entries(av).map(([aid, value]): PlainRow => [
        file![view![vid]['fid_list'][0]]['fname'],
        attribute![aid as never]['options'][value as never] ?? value,
        z[0],
        z[1],
      ]),
    );
  },
  'via3-csv': (text) => {
    const [, names] = /CSV_HEADER = (.*)/u.exec(text)!;
    return recordsOf(`${names!}\n${text.replaceAll(/^#.*\n/gmu, '')}`).map((row) => [
      (JSON.parse(row['file_list']!) as string[])[0]!,
      Object.values(JSON.parse(row['metadata']!) as Record<string, string>)[0]!,
      Number(row['temporal_segment_start']),
      Number(row['temporal_segment_end']),
    ]);
  },
  'x-anylabeling': (text) => {
    const { video, segments } = parsed(text) as Record<string, Json>;
    return list(segments).map((one): PlainRow => [
      video as never,
      one['label'],
      one['start_ms'] / 1000,
      one['end_ms'] / 1000,
    ]);
  },
  'losslesscut-csv': (text, file) =>
    cellsOf(text).map(([from, to, label]) => [stem(file, /\.csv$/u), label!, Number(from), Number(to)]),
  'losslesscut-llc': (text) => {
    const video = /"mediaFileName": "(.*?)",/u.exec(text)![1]!;
    const cuts = text.matchAll(/"start": ([\d.]+),\s*"end": ([\d.]+),\s*"name": ("(?:[^"\\]|\\.)*")/gu);
    return [...cuts].map(([, from, to, label]) => [video, JSON.parse(label!) as string, Number(from), Number(to)]);
  },
  lerobot: (text) =>
    linesOf(text).flatMap((line): PlainRow[] => {
      const episode = parsed(line);
      return list(episode.subtask_names).map((label, at) => [
        episode.video,
        label,
        ...frames(episode.subtask_start_frames[at], episode.subtask_end_frames[at] + 1),
      ]);
    }),
  webvtt: (text, file) => cuesOf(text, stem(file, /\.vtt$/u)),
  srt: (text, file) => cuesOf(text, stem(file, /\.srt$/u)),
  textgrid: (text, file) => textGridRows(text, stem(file, /\.TextGrid$/u)),
  'frame-wise': (text, file) => {
    const names = text.replace(/\r?\n$/u, '').split(/\r?\n/u);
    return [...new Set(names)]
      .filter((label) => label !== 'background' && label !== 'SIL')
      .flatMap((label) =>
        runsOf(names.flatMap((name, at) => (name === label ? [at] : []))).map(([first, last]): PlainRow => [
          stem(file, /\.txt$/u),
          label,
          ...frames(first, last + 1),
        ]),
      );
  },
};

/** Rows in an order of their own, so that two readings can be compared; seconds to the microsecond. */
export const inOrder = (rows: readonly (readonly (string | number | null)[])[]): string[] =>
  rows
    .map((row) => JSON.stringify(row.map((cell) => (typeof cell === 'number' ? Number(cell.toFixed(6)) : cell))))
    .sort();
