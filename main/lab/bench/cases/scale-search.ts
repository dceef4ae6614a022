import { mkdir, rm, statfs } from 'node:fs/promises';
import path from 'node:path';
import { searchStretches } from '#main/engine/localising/search-stretches.ts';
import { StretchIndexes } from '#main/engine/memory/stretch-indexes.ts';
import type { TaughtVideo } from '#main/engine/vocabulary.ts';
import type { FeatureKey } from '#main/pipeline/feature-store/feature-key.ts';
import { FeatureStore } from '#main/pipeline/feature-store/feature-store.ts';
import { momentsOf } from '#main/pipeline/retrieve/moments-in-video.ts';
import type { Moment } from '#main/pipeline/retrieve/search-moments.ts';
import { defaultSearchSettings } from '#main/pipeline/retrieve/search-settings.ts';
import { similarities } from '#main/pipeline/vectors/similarity.ts';
import { normaliseRows } from '#native-models/features/unit-rows.ts';
import { microsecondsPerSecond } from '#preload/domain/span.ts';
import type { Bench, BenchContext, BenchRow } from '../bench-case.ts';
import { archiveHours, compared, growth, measured, median, type AtHours } from '../bench-case.ts';
import { footageFeatures, footageWorld, isotropicFeatures, textAbout } from '../footage-features.ts';

const dim = 512;
const samplingFps = 4;
const rows = 3600 * samplingFps;
const endUs = 3600 * microsecondsPerSecond;
const timesUs = Float64Array.from({ length: rows }, (_, row) => (row * microsecondsPerSecond) / samplingFps);
const top = 10;
const queriesOfAKind = 20;
/** Each query is asked so often; the median counts. */
const repeats = 3;
/** A moment counts as found where one of the same video has its peak no further away. */
const sameUs = microsecondsPerSecond;

interface Query {
  readonly row: Float32Array;
  /** The best moments of all hours so far, by comparing every feature. */
  best: Moment<number>[];
  /** The same of features that were halved, where they are compared too. */
  bestOfHalves: Moment<number>[];
}

interface Source {
  readonly video: TaughtVideo;
  readonly key: FeatureKey;
}

/** An hour in float16. */
const bytesOfHour = rows * dim * 2;

/**
 * Searching in 10, 100 and 1,000 hours of made-up features of 512 numbers, 4 a second, or in those of `--hours`: by
 * stretches, and by comparing every feature; and how the cost grows with the hours. Hours are made one by one and kept on
 * the disk in float16, 15 MB each; one at a time is in memory, with what searching keeps.
 */
export const scaleSearchBench: Bench = {
  name: 'scale-search',
  async run(context: BenchContext): Promise<BenchRow[]> {
    const sizes = context.hours ?? archiveHours;
    const world = footageWorld(dim, context.seed);
    const footage = (video: number) => footageFeatures(world, video, rows);
    const isotropic = (video: number) => isotropicFeatures(world, video, rows);
    return [
      ...(await searchArchive(context, 'films', footage, sizes, (number) => textAbout(world, number))),
      ...(await searchArchive(context, 'isotropic', isotropic, [10], (number) =>
        isotropic(10_000 + number).slice(0, dim),
      )),
    ];
  },
};

async function searchArchive(
  { scratchFolder, say }: BenchContext,
  kind: string,
  featuresOf: (video: number) => Float32Array,
  sizes: readonly number[],
  textOf: (number: number) => Float32Array,
): Promise<BenchRow[]> {
  const folder = path.join(scratchFolder, kind);
  await mkdir(folder, { recursive: true });
  const { bavail, bsize } = await statfs(folder);
  const wanted = 1.1 * bytesOfHour * sizes.at(-1)!;
  if (bavail * bsize < wanted)
    throw new Error(
      `${sizes.at(-1)} hours take ${Math.ceil(wanted / 1e9)} GB in ${folder}, where ${Math.floor((bavail * bsize) / 1e9)} GB are free: make room, point TMPDIR elsewhere, or ask for fewer (--hours 10,100).`,
    );
  const store = new FeatureStore(folder);
  const queries = Array.from({ length: 2 * queriesOfAKind }, (_, number): Query => {
    const row = number < queriesOfAKind ? textOf(number) : meanOfStretch(featuresOf(number - queriesOfAKind), number);
    return { row, best: [], bestOfHalves: [] };
  });
  const rowsOfQueries = Float32Array.from(queries.flatMap(({ row }) => [...row]));
  const stored: Source[] = [];
  const result: BenchRow[] = [];
  let comparedMs = 0;
  let before: SearchCost | null = null;
  for (const size of sizes) {
    for (let video = stored.length; video < size; video += 1) {
      if (video % 10 === 0) say(`${kind}: hour ${video + 1} of ${sizes.at(-1)}`);
      const features = featuresOf(video);
      const checksum = `${kind} ${video}`;
      const how = { modelHash: 'bench', preprocessingHash: '', samplingFps, numbers: 'float16' } as const;
      const key: FeatureKey = { videoChecksum: checksum, ...how };
      await store.take(key, { features, timesUs, dim });
      stored.push({ video: { videoId: video, name: checksum, checksum, endUs }, key });
      const startMs = performance.now();
      const found = compareAll(rowsOfQueries, features, video);
      comparedMs += (performance.now() - startMs) / queries.length;
      queries.forEach((query, at) => (query.best = better(query.best, found[at]!)));
      if (size > sizes[0]!) continue;
      const ofHalves = compareAll(rowsOfQueries, Float32Array.from(new Float16Array(features)), video);
      queries.forEach((query, at) => (query.bestOfHalves = better(query.bestOfHalves, ofHalves[at]!)));
    }
    const name = `${size} h of ${kind}, ${size * rows} features of ${dim}`;
    const { rows: searched, cpuMs, bytes } = await searchHours(folder, stored, queries, name, comparedMs);
    result.push(...searched);
    const cost: SearchCost = {
      'the processor time of a query': { hours: size, value: cpuMs },
      'comparing every feature': { hours: size, value: comparedMs },
      'the memory that searching keeps': { hours: size, value: bytes },
    };
    if (before !== null)
      for (const [what, now] of Object.entries(cost)) result.push(growth(name, what, before[what]!, now));
    before = cost;
    if (size === sizes[0]) result.push(...lossOfHalves(`${size} h of ${kind}`, queries));
  }
  await rm(folder, { recursive: true, force: true });
  return result;
}

/** What grows with the hours, by what it is. */
type SearchCost = Readonly<Record<string, AtHours>>;

/** The best moments of an hour for each query, by comparing every feature. */
function compareAll(queries: Float32Array, features: Float32Array, videoId: number): Moment<number>[][] {
  const count = queries.length / dim;
  const products = similarities(features, queries, dim);
  return Array.from({ length: count }, (_, query) => {
    const similarity = Float32Array.from({ length: rows }, (__, row) => products[row * count + query]!);
    const settings = { ...defaultSearchSettings, top };
    return momentsOf(similarity, timesUs, endUs, settings).map((moment) => ({ videoId, ...moment }));
  });
}

const better = (best: readonly Moment<number>[], found: readonly Moment<number>[]): Moment<number>[] =>
  [...best, ...found].toSorted((a, b) => b.score - a.score).slice(0, top);

async function searchHours(
  folder: string,
  stored: readonly Source[],
  queries: readonly Query[],
  name: string,
  comparedMs: number,
): Promise<{ readonly rows: BenchRow[]; readonly cpuMs: number; readonly bytes: number }> {
  const store = new FeatureStore(folder);
  const searched = {
    featuresFolder: folder,
    stored,
    modules: [],
    read: async ({ key }: Source) => {
      const found = await store.open(key);
      if (found.state !== 'complete') throw new Error('the features of the bench are gone');
      return found.video;
    },
  };
  const ask = async (stretches: StretchIndexes, { row }: Query) => {
    const control = { signal: new AbortController().signal, report: () => undefined };
    const found = await searchStretches({ stretches }, searched, row, top, control);
    if (found === null) throw new Error('USearch does not load here');
    return found.moments;
  };
  const seconds = async (work: () => Promise<unknown>): Promise<number> => {
    const startMs = performance.now();
    await work();
    return (performance.now() - startMs) / 1000;
  };
  const making = await seconds(async () => {
    await using made = new StretchIndexes(Infinity);
    await ask(made, queries[0]!);
  });
  await using stretches = new StretchIndexes(Infinity);
  const loading = await seconds(() => ask(stretches, queries[0]!));
  const millis: number[] = [];
  let cpuMs = 0;
  let [found, wanted] = [0, 0];
  for (const query of queries) {
    const moments = await ask(stretches, query);
    wanted += query.best.length;
    found += query.best.filter((one) => moments.some((other) => isSame(one, other))).length;
    const times: number[] = [];
    const before = process.cpuUsage();
    for (let repeat = 0; repeat < repeats; repeat += 1) times.push(1000 * (await seconds(() => ask(stretches, query))));
    const used = process.cpuUsage(before);
    cpuMs += (used.user + used.system) / 1000 / repeats / queries.length;
    millis.push(median(times));
  }
  const first = stored[0]!.key;
  const { videoChecksum: _, ...how } = first;
  const index = (await stretches.of(JSON.stringify([folder, how, []]), dim))!;
  const measurements = [
    compared(
      name,
      'ms a query by stretches, the median, against comparing every feature in memory',
      median(millis),
      comparedMs,
    ),
    measured(name, 'ms of the slowest query', Math.max(...millis)),
    measured(name, 'ms of processor time a query, all cores together', cpuMs),
    measured(name, `share of the best ${top} moments that are found`, found / wanted),
    measured(name, 'stretches', index.rowCount),
    measured(name, 'MB of memory that searching keeps', index.bytes / 1e6),
    measured(name, 'MB of memory of the whole bench so far, at most', process.resourceUsage().maxRSS / 1000),
    measured(name, 's to read what was kept, once', loading),
    measured(name, 's to make it of what came since the smaller archive, once', making),
  ];
  return { rows: measurements, cpuMs, bytes: index.bytes };
}

function lossOfHalves(name: string, queries: readonly Query[]): BenchRow[] {
  const all = queries.flatMap(({ best, bestOfHalves }) =>
    best.map((one) => bestOfHalves.find((other) => isSame(one, other))),
  );
  const scores = queries.flatMap(({ best, bestOfHalves }) =>
    best.flatMap((one) =>
      bestOfHalves.filter((other) => isSame(one, other)).map(({ score }) => Math.abs(score - one.score)),
    ),
  );
  return [
    measured(
      name,
      `share of the best ${top} moments that float16 keeps`,
      all.filter((one) => one !== undefined).length / all.length,
    ),
    measured(name, 'by how much float16 changes a score, at most', Math.max(...scores)),
  ];
}

const isSame = (one: Moment<number>, other: Moment<number>): boolean =>
  one.videoId === other.videoId && Math.abs(one.peakUs - other.peakUs) <= sameUs;

/** What "more like this" asks for: the mean of three seconds. */
function meanOfStretch(features: Float32Array, number: number): Float32Array {
  const from = (number * 1009) % (rows - 12);
  const mean = new Float32Array(dim);
  for (let at = from * dim; at < (from + 12) * dim; at += 1) mean[at % dim]! += features[at]!;
  return normaliseRows(mean, dim);
}
