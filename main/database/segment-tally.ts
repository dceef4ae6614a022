import type { Segment, SegmentState } from '#preload/domain/segment.ts';

/** How many segments are in each state; `open`: those proposals that score enough to be shown. */
export type SegmentCounts = Readonly<Record<SegmentState | 'open', number>>;

export const noSegments: SegmentCounts = { proposed: 0, accepted: 0, rejected: 0, open: 0 };

/** What of a segment is counted. */
export type CountedSegment = Pick<Segment, 'videoId' | 'classId' | 'state' | 'score'>;

/** So many segments of one video and class, in sight or not, in one state; `shown` of them score enough, or have no score. */
export interface TalliedGroup {
  readonly videoId: number;
  readonly classId: number;
  readonly state: SegmentState;
  readonly count: number;
  readonly shown: number;
}

type Counts = Record<keyof SegmentCounts, number>;

/**
 * Counts of the segments in sight, kept as rows come and go: a count of all of them anew takes a hundred thousand rows
 * longer than the edit itself. It knows which videos and classes were in sight when it was made, and is made anew after
 * one came or went.
 */
export class SegmentTally {
  readonly minimumScore: number;
  readonly #classIds: ReadonlySet<number>;
  readonly #removedVideoIds: ReadonlySet<number>;
  readonly #ofVideo = new Map<number, Map<number, Counts>>();

  constructor(
    groups: Iterable<TalliedGroup>,
    sight: {
      readonly minimumScore: number;
      readonly classIds: ReadonlySet<number>;
      readonly removedVideoIds: ReadonlySet<number>;
    },
  ) {
    this.minimumScore = sight.minimumScore;
    this.#classIds = sight.classIds;
    this.#removedVideoIds = sight.removedVideoIds;
    for (const { videoId, classId, state, count, shown } of groups) {
      if (!this.#isInSight(videoId, classId)) continue;
      const counts = this.#countsOf(videoId, classId);
      counts[state] += count;
      if (state === 'proposed') counts.open += shown;
    }
  }

  /** How many classes are in sight. */
  get classCount(): number {
    return this.#classIds.size;
  }

  /** A row that is now `after` and was `before`; null where there is none. */
  move(before: CountedSegment | null, after: CountedSegment | null): void {
    if (before !== null) this.#add(before, -1);
    if (after !== null) this.#add(after, 1);
  }

  ofVideo(videoId: number): SegmentCounts {
    return sum(this.#ofVideo.get(videoId)?.values() ?? []);
  }

  ofClass(classId: number): SegmentCounts {
    return sum([...this.#ofVideo.values()].flatMap((ofClass) => ofClass.get(classId) ?? []));
  }

  byVideo(): Map<number, SegmentCounts> {
    return new Map([...this.#ofVideo].map(([videoId, ofClass]) => [videoId, sum(ofClass.values())]));
  }

  byClass(): Map<number, SegmentCounts> {
    const counts = new Map<number, Counts>();
    for (const ofClass of this.#ofVideo.values())
      for (const [classId, own] of ofClass) {
        const total = counts.get(classId) ?? { ...noSegments };
        add(total, own);
        counts.set(classId, total);
      }
    return counts;
  }

  /** Open proposals of one video, one class, both or all. */
  open(videoId: number | null, classId: number | null): number {
    const videos = videoId === null ? [...this.#ofVideo.values()] : [this.#ofVideo.get(videoId) ?? new Map()];
    return videos.reduce(
      (count, ofClass: ReadonlyMap<number, Counts>) =>
        count + (classId === null ? sum(ofClass.values()).open : (ofClass.get(classId)?.open ?? 0)),
      0,
    );
  }

  #add({ videoId, classId, state, score }: CountedSegment, by: 1 | -1): void {
    if (!this.#isInSight(videoId, classId)) return;
    const counts = this.#countsOf(videoId, classId);
    counts[state] += by;
    if (state === 'proposed' && (score === null || score >= this.minimumScore)) counts.open += by;
  }

  #isInSight(videoId: number, classId: number): boolean {
    return this.#classIds.has(classId) && !this.#removedVideoIds.has(videoId);
  }

  #countsOf(videoId: number, classId: number): Counts {
    const ofClass = this.#ofVideo.get(videoId) ?? new Map<number, Counts>();
    this.#ofVideo.set(videoId, ofClass);
    const counts = ofClass.get(classId) ?? { ...noSegments };
    ofClass.set(classId, counts);
    return counts;
  }
}

function sum(all: Iterable<SegmentCounts>): SegmentCounts {
  const total: Counts = { ...noSegments };
  for (const counts of all) add(total, counts);
  return total;
}

function add(total: Counts, counts: SegmentCounts): void {
  total.proposed += counts.proposed;
  total.accepted += counts.accepted;
  total.rejected += counts.rejected;
  total.open += counts.open;
}
