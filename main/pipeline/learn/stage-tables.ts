import type { StageTable } from '../feature-store/stage-store.ts';
import type { Proposal } from '../propose/propose-segments.ts';
import type { SampleGrid } from '../propose/sample-grid.ts';
import { localisationConstants } from '../propose/localisation-constants.ts';
import { defaultLocalisationSettings } from '../propose/localisation-settings.ts';
import { codeWidth, type BlockBasis } from './block-basis.ts';
import type { DescribedSpans } from './evidence.ts';
import type { SampleRange } from './describe-video.ts';
import { rowAt, rowsOf, type Rows } from './rows.ts';

// Proposals, described spans and bases as matrices that are kept on the disk, exactly as they were computed.

/**
 * Part of every key of what is kept. To be raised with each change of how proposals are found or spans described; the
 * settings and constants tell of themselves.
 */
export const stageMethod = JSON.stringify([4, defaultLocalisationSettings.proposal, localisationConstants]);

const isRange = (start: number, end: number, sampleCount: number): boolean =>
  Number.isInteger(start) && Number.isInteger(end) && start >= 0 && start < end && end <= sampleCount;

const proposalColumns = 4;

/** `[P, 4]`: first and one-past-last sample, quality, score. */
export const tableOfProposals = (proposals: readonly Proposal[]): Rows =>
  rowsOf(proposals.length, proposalColumns, (row, out) => {
    const { startSample, endSample, quality, score } = proposals[row]!;
    out.set([startSample, endSample, quality, score]);
  });

/** Null for what is no table of proposals of such a video. */
export function proposalsOfTable(table: StageTable, { count, edgesUs }: SampleGrid): Proposal[] | null {
  if (table.width !== proposalColumns) return null;
  const proposals: Proposal[] = [];
  for (let row = 0; row < table.count; row += 1) {
    const [startSample, endSample, quality, score] = table.values.subarray(
      row * proposalColumns,
      (row + 1) * proposalColumns,
    ) as unknown as [number, number, number, number];
    if (!isRange(startSample, endSample, count)) return null;
    const [startUs, endUs] = [edgesUs[startSample]!, edgesUs[endSample]!];
    proposals.push({ startUs, endUs, startSample, endSample, quality, score });
  }
  return proposals;
}

/** Spans of a video in the terms of a basis, to be looked up by their samples. */
export interface DescribedTable {
  readonly ranges: readonly SampleRange[];
  /** One row for each range. */
  readonly spans: DescribedSpans;
}

const rangeColumns = 2;

/** `[n, 2 + K + M + R]`: first and one-past-last sample, what the names say, the code. */
export const tableOfSpans = ({ ranges, spans: { texts, codes } }: DescribedTable): Rows =>
  rowsOf(ranges.length, rangeColumns + texts.width + codes.width, (row, out) => {
    out.set(ranges[row]!);
    out.set(rowAt(texts, row), rangeColumns);
    out.set(rowAt(codes, row), rangeColumns + texts.width);
  });

/** Null for what is no table of spans of so many samples. @param columns K + M. */
export function spansOfTable(
  table: StageTable,
  columns: number,
  basis: BlockBasis,
  { count: sampleCount }: SampleGrid,
): DescribedTable | null {
  const width = codeWidth(basis);
  if (table.width !== rangeColumns + columns + width) return null;
  const count = table.count;
  const partOf = (row: number, from: number, size: number): Float64Array =>
    table.values.subarray(row * table.width + from, row * table.width + from + size);
  const ranges = Array.from({ length: count }, (_, row): SampleRange => {
    const [start, end] = partOf(row, 0, rangeColumns);
    return [start!, end!];
  });
  if (!ranges.every(([start, end]) => isRange(start, end, sampleCount))) return null;
  return {
    ranges,
    spans: {
      texts: rowsOf(count, columns, (row, out) => out.set(partOf(row, rangeColumns, columns))),
      codes: rowsOf(count, width, (row, out) => out.set(partOf(row, rangeColumns + columns, width))),
    },
  };
}

/** `[B, rank D]`; of width 0 where every direction is kept. */
export const tableOfBasis = ({ blocks, directions, rank, dim }: BlockBasis): Rows =>
  rowsOf(blocks, directions === null ? 0 : rank * dim, (block, out) => out.set(directions?.[block] ?? []));

/** Null for what is no basis of features of `dim` numbers. */
export function basisOfTable({ count: blocks, width, values }: StageTable, dim: number): BlockBasis | null {
  if (width === 0) return { dim, blocks, rank: dim, directions: null };
  const rank = width / dim;
  if (blocks === 0 || !Number.isInteger(rank)) return null;
  const directions = Array.from({ length: blocks }, (_, block) => values.slice(block * width, (block + 1) * width));
  return { dim, blocks, rank, directions };
}
