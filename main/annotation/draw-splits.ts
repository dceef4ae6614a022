import { split as splits } from '#preload/domain/split.ts';
import type { Split } from '#preload/domain/split.ts';
import { seededRandom } from '../random/seeded-random.ts';

export type SplitShares = Readonly<Record<Split, number>>;

/** What stays together: one video, or all videos of a source. */
interface Unit {
  readonly videoIds: number[];
  /** Segments of each class. */
  readonly counts: Map<number, number>;
}

interface DrawnVideo {
  readonly id: number;
  /** Videos of one group are never parted. */
  readonly group: string;
  /** Classes of its segments, one entry for each; empty where classes do not matter. */
  readonly classIds: readonly number[];
}

/**
 * Deals videos to the parts of a data set in these shares, the same for the same seed. Iterative stratification
 * (Sechidis, Tsoumakas and Vlahavas 2011, algorithm 1): the rarest class that is left goes first, each of its units to
 * the part that still wants most of it; without classes, to the part that still wants most videos.
 */
export function drawSplits(videos: readonly DrawnVideo[], shares: SplitShares, seed: number): Map<number, Split> {
  const random = seededRandom(seed);
  const open = new Set(shuffled(unitsOf(videos), (count) => random.below(count)));
  const total = splits.options.reduce((sum, one) => sum + shares[one], 0);
  const wanted = (count: number) => new Map(splits.options.map((one) => [one, (count * shares[one]) / total]));
  const wantedVideos = wanted(videos.length);
  const classTotals = new Map<number, number>();
  for (const { counts } of open)
    for (const [id, count] of counts) classTotals.set(id, (classTotals.get(id) ?? 0) + count);
  const wantedOfClass = new Map([...classTotals].map(([id, count]) => [id, wanted(count)]));
  const drawn = new Map<number, Split>();
  const most = (wants: ReadonlyMap<Split, number>, among: readonly Split[]): Split[] => {
    const wish = (one: Split): number => wants.get(one) ?? 0;
    const best = Math.max(...among.map(wish));
    return among.filter((one) => wish(one) === best);
  };
  const able = splits.options.filter((one) => shares[one] > 0);
  const deal = (unit: Unit, first: ReadonlyMap<Split, number>): void => {
    const to = random.pick(most(wantedVideos, most(first, able)));
    open.delete(unit);
    for (const id of unit.videoIds) drawn.set(id, to);
    wantedVideos.set(to, wantedVideos.get(to)! - unit.videoIds.length);
    for (const [id, count] of unit.counts) {
      classTotals.set(id, classTotals.get(id)! - count);
      const wants = wantedOfClass.get(id)!;
      wants.set(to, wants.get(to)! - count);
    }
  };
  for (;;) {
    const left = [...classTotals].filter(([, count]) => count > 0);
    if (left.length === 0) break;
    const [rarest] = left.reduce((a, b) => (b[1] < a[1] ? b : a));
    for (const unit of [...open].filter(({ counts }) => counts.has(rarest))) deal(unit, wantedOfClass.get(rarest)!);
  }
  for (const unit of open) deal(unit, wantedVideos);
  return drawn;
}

function unitsOf(videos: readonly DrawnVideo[]): Unit[] {
  const units = new Map<string, Unit>();
  for (const { id, group, classIds } of videos) {
    const unit = units.get(group) ?? { videoIds: [], counts: new Map<number, number>() };
    units.set(group, unit);
    unit.videoIds.push(id);
    for (const classId of classIds) unit.counts.set(classId, (unit.counts.get(classId) ?? 0) + 1);
  }
  return [...units.values()];
}

/** Fisher and Yates. */
function shuffled<Item>(items: readonly Item[], below: (count: number) => number): Item[] {
  const order = [...items];
  for (let last = order.length - 1; last > 0; last -= 1) {
    const other = below(last + 1);
    [order[last], order[other]] = [order[other]!, order[last]!];
  }
  return order;
}
