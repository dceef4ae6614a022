import { isUntouchedProposal } from '../annotation/replace-proposals.ts';
import type { Span } from '#preload/domain/span.ts';
import type { OpenProject } from '../project/open-project.ts';
import { decidedOf, textOf, type Contribution, type Decided } from './contribution.ts';
import { videoOfCell, type WorkCells } from './work-cells.ts';

/** The number of the contribution that is taken over for a cell, or that it is disputed. */
export type Takers = ReadonlyMap<string, number | 'dispute'>;

/** A part of a contribution. */
export interface Wanted {
  readonly videoIds: ReadonlySet<number>;
  /** Whether all that it says of a video belongs to it, how far it was reviewed too. */
  readonly isWhole: (videoId: number) => boolean;
  readonly isWanted: (decided: Decided) => boolean;
  /** What of a video it speaks of, said or not; null: all of it. */
  readonly parts: (videoId: number) => readonly Span[] | null;
}

/** What each cell of a video holds that people decided, each segment as a text. */
type Said = ReadonlyMap<string, ReadonlySet<string>>;

/** For each cell the contribution that is taken over, or that it is disputed. */
export function speakers(others: readonly Contribution[], cells: WorkCells, before: readonly Decided[]): Takers {
  const here = Map.groupBy(before, ({ videoId, startUs }) => cells.at(videoId, startUs));
  const rows = others.map((other) => rowsByCell(other, cells));
  const all = new Set(rows.flatMap((of) => [...of.keys()]));
  return new Map(
    [...all].map((cell) => {
      const speaking = rows.flatMap((of, index) => (of.has(cell) ? [{ index, said: of.get(cell)! }] : []));
      const [first] = speaking;
      const isOfOneMind = speaking.every(({ said }) => sameSet(said, first!.said));
      const keepsOurs = (here.get(cell) ?? []).every(({ text }) => first!.said.has(text));
      return [cell, isOfOneMind && keepsOurs ? first!.index : 'dispute'] as const;
    }),
  );
}

/** What a contribution says of each cell that it was asked for, of videos that it speaks of. */
function rowsByCell(other: Contribution, cells: WorkCells): Said {
  const rows = new Map<string, Set<string>>();
  for (const cell of askedCells(other, cells)) rows.set(cell, new Set());
  for (const { text, videoId, startUs } of decidedIn(other)) rows.get(cells.at(videoId, startUs))?.add(text);
  return rows;
}

const askedCells = ({ videoIds, asked }: Contribution, cells: WorkCells): string[] =>
  videoIds.flatMap((videoId) => (videoId === null ? [] : cells.of(videoId, asked)));

const decidedIn = (other: Contribution): Decided[] =>
  [...other.said.segments].flatMap((segment) => decidedOf(other, segment) ?? []);

/** What was decided here before anything is merged, of videos that are spoken of. */
export function decidedHere({ database }: OpenProject, others: readonly Contribution[]): Decided[] {
  const classNames = new Map(database.classes.all().map(({ id, name }) => [id, name]));
  const videoIds = new Set(others.flatMap((other) => other.videoIds.flatMap((id) => id ?? [])));
  return [...videoIds].flatMap((videoId) =>
    database.segments
      .ofVideo(videoId)
      .filter((segment) => !isUntouchedProposal(segment))
      .map((segment) => ({
        videoId,
        startUs: segment.startUs,
        text: textOf(segment, classNames.get(segment.classId) ?? ''),
      })),
  );
}

/** What goes beside the project's own: of disputed cells all, of cells that it was not asked for what is new. */
export function besides(other: Contribution, cells: WorkCells, takers: Takers, before: readonly Decided[]): Wanted {
  const known = new Set(before.map(({ videoId, text }) => `${videoId} ${text}`));
  const asked = new Set(askedCells(other, cells));
  const isDisputed = (cell: string): boolean => asked.has(cell) && takers.get(cell) === 'dispute';
  const isStray = ({ videoId, startUs, text }: Decided): boolean =>
    !asked.has(cells.at(videoId, startUs)) && !known.has(`${videoId} ${text}`);
  return {
    videoIds: new Set([
      ...[...asked].filter(isDisputed).map(videoOfCell),
      ...decidedIn(other)
        .filter(isStray)
        .map(({ videoId }) => videoId),
    ]),
    isWhole: () => false,
    isWanted: (decided) => isDisputed(cells.at(decided.videoId, decided.startUs)) || isStray(decided),
    parts: (videoId) => cells.spansOf(videoId, isDisputed),
  };
}

/** What becomes the project's own of the contribution with this number. */
export function takenFrom(index: number, other: Contribution, cells: WorkCells, takers: Takers): Wanted {
  const isTaken = (cell: string): boolean => takers.get(cell) === index;
  return {
    videoIds: new Set(askedCells(other, cells).filter(isTaken).map(videoOfCell)),
    isWhole: (videoId) => !other.asked.has(videoId) && cells.of(videoId, other.asked).every(isTaken),
    isWanted: ({ videoId, startUs }) => isTaken(cells.at(videoId, startUs)),
    parts: (videoId) => cells.spansOf(videoId, isTaken),
  };
}

/** All that it says. */
export const allOf = ({ videoIds, asked }: Contribution): Wanted => ({
  videoIds: new Set(videoIds.flatMap((id) => id ?? [])),
  isWhole: () => true,
  isWanted: () => true,
  parts: (videoId) => asked.get(videoId) ?? null,
});

const sameSet = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean =>
  a.size === b.size && [...a].every((one) => b.has(one));
