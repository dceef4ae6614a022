import path from 'node:path';
import { describeSpans, rangeOf, type SampleRange } from '#main/pipeline/learn/describe-video.ts';
import type { BlockBasis } from '#main/pipeline/learn/block-basis.ts';
import type { DescribedSpans } from '#main/pipeline/learn/evidence.ts';
import { rowAt, rowsOf, type Rows } from '#main/pipeline/learn/rows.ts';
import { spansOfTable, stageMethod, tableOfSpans, type DescribedTable } from '#main/pipeline/learn/stage-tables.ts';
import { keepStageBehind, readStage } from '#main/pipeline/feature-store/stage-store.ts';
import { samplesIn } from '#main/pipeline/propose/sample-grid.ts';
import type { Span } from '#preload/domain/span.ts';
import type { Kept } from '../memory/ports.ts';
import type { IndexedMedia } from '../vocabulary.ts';
import type { Asked, ClassQuestion } from './class-question.ts';
import {
  computedAnew,
  describerWithin,
  openVideo,
  stagedVideo,
  videoKey,
  type StagedVideo,
  type Told,
  type WithStages,
} from './staged-video.ts';

export interface WithDescribed extends WithStages {
  /** Proposals and shots in the terms in which corrections speak of them. */
  readonly described: Kept<DescribedTable>;
}

/** A basis, and its name: equal bases have equal keys. */
export interface NamedBasis {
  readonly basis: BlockBasis;
  readonly basisKey: string;
}

/** A video's proposals, with what learning knows of them. */
export interface DescribedVideo {
  readonly staged: StagedVideo;
  readonly table: DescribedTable;
}

/**
 * A video's proposals, and shots, in terms of a basis: from memory or the disk. Its features are read only where spans
 * are missing, as those of a new shot are, and what was missing is kept with the rest.
 */
export async function describedVideo(
  memory: WithDescribed,
  asked: Asked,
  media: IndexedMedia,
  question: ClassQuestion,
  { basis, basisKey }: NamedBasis,
  shots: readonly Span[],
  signal: AbortSignal,
): Promise<Told<DescribedVideo>> {
  const { value: staged, warnings } = await stagedVideo(memory, asked, media, question, signal);
  const { key: features, name } = videoKey(question, media);
  const memoryKey = `${basisKey}\0${name}`;
  const stageKey = { kind: 'spans', features, question: JSON.stringify([stageMethod, basisKey]) } as const;
  const told = [...warnings];
  const known = memory.described.get(memoryKey) ?? (await stored());
  const wanted = distinct([...staged.proposals.map(rangeOf), ...shots.map((shot) => samplesIn(staged.grid, shot))]);
  const isKnown = rowFinder(known?.ranges ?? []);
  const missing = wanted.filter((range) => isKnown(range) === undefined);
  if (known !== null && missing.length === 0) {
    memory.described.set(memoryKey, known, bytesOf(known));
    return { value: { staged, table: known }, warnings: told };
  }
  const opened = await openVideo(memory, asked, media, question, signal);
  const added = neighbours(missing).map((ranges): DescribedTable => {
    const around = hullOf(ranges);
    const inside = ranges.map(([start, end]): SampleRange => [start - around[0], end - around[0]]);
    const describer = describerWithin(opened, question.dim, around);
    return { ranges, spans: describeSpans(inside, describer, basis, question.classSet) };
  });
  const table = { ranges: wanted, spans: spansAmong(known === null ? added : [known, ...added], wanted) };
  memory.described.set(memoryKey, table, bytesOf(table));
  keepStageBehind(asked.featuresFolder, stageKey, tableOfSpans(table));
  return { value: { staged, table }, warnings: told };

  async function stored(): Promise<DescribedTable | null> {
    const found = await readStage(asked.featuresFolder, stageKey);
    const { classEmbeddings, backgroundEmbeddings } = question.classSet;
    const columns = (classEmbeddings.length + backgroundEmbeddings.length) / question.dim;
    const sound =
      found.state === 'there' && found.table !== null ? spansOfTable(found.table, columns, basis, staged.grid) : null;
    if (sound === null) told.push(...computedAnew(found, path.basename(media.path)));
    return sound;
  }
}

/** Rows of spans that are in a table. Fails with `RangeError` for any other span. */
export const spansOf = (table: DescribedTable, ranges: readonly SampleRange[]): DescribedSpans =>
  spansAmong([table], ranges);

function spansAmong(tables: readonly DescribedTable[], ranges: readonly SampleRange[]): DescribedSpans {
  const finders = tables.map((table) => rowFinder(table.ranges));
  const places = ranges.map((range) => {
    const at = finders.findIndex((find) => find(range) !== undefined);
    if (at < 0) throw new RangeError(`samples [${range.join(', ')}) were not described`);
    return { spans: tables[at]!.spans, row: finders[at]!(range)! };
  });
  const [first] = tables;
  const rows = (part: keyof DescribedSpans): Rows =>
    rowsOf(ranges.length, first!.spans[part].width, (row, out) => {
      const place = places[row]!;
      out.set(rowAt(place.spans[part], place.row));
    });
  return { texts: rows('texts'), codes: rows('codes') };
}

/** Unlike for unlike ranges: no video has as many samples. */
const nameOf = ([start, end]: SampleRange): number => start * 2 ** 26 + end;

function rowFinder(ranges: readonly SampleRange[]): (range: SampleRange) => number | undefined {
  const rows = new Map(ranges.map((range, row) => [nameOf(range), row]));
  return (range) => rows.get(nameOf(range));
}

/** Those that overlap or touch together: what is far apart is described without all that lies between. */
function neighbours(ranges: readonly SampleRange[]): SampleRange[][] {
  const groups: SampleRange[][] = [];
  let reach = -1;
  for (const range of ranges.toSorted((a, b) => a[0] - b[0])) {
    if (groups.length > 0 && range[0] <= reach) groups.at(-1)!.push(range);
    else groups.push([range]);
    reach = Math.max(reach, range[1]);
  }
  return groups;
}

/** The samples from the first to the last of all. */
const hullOf = (ranges: readonly SampleRange[]): SampleRange =>
  ranges.reduce(([start, end], [from, to]) => [Math.min(start, from), Math.max(end, to)], ranges[0] ?? [0, 0]);

const distinct = (ranges: readonly SampleRange[]): SampleRange[] => [
  ...new Map(ranges.map((range) => [nameOf(range), range])).values(),
];

/** A range takes about as much as an object. */
const bytesPerRange = 100;

const bytesOf = ({ ranges, spans }: DescribedTable): number =>
  spans.codes.values.byteLength + spans.texts.values.byteLength + bytesPerRange * ranges.length;
