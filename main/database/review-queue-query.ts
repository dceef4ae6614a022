import type { ReviewFilter, ReviewOrder } from '#preload/domain/review-queue.ts';

/** A row's segments are of a class and a video that are there. */
export const inSight = `JOIN classes ON classes.id = segments.class_id AND classes.removed = 0
  JOIN videos ON videos.id = segments.video_id AND videos.removed = 0`;

/**
 * As good as drawn by lot, and the same while scores change: by place and class, multiplied by odd numbers that spread
 * over 2³² (Knuth, TAOCP 3, 6.4). Each `draw` begins elsewhere in it.
 */
const lot = `(segments.start_us / 1000 * 2654435761 + segments.end_us / 1000 * 2246822519
  + segments.video_id * 1640531527 + segments.class_id * 3266489917)`;

const lots = 4294967295;

const best = 'segments.score DESC NULLS LAST';

const scoresEnough = `(segments.state <> 'proposed' OR segments.score IS NULL OR segments.score >= @threshold)`;

/** Whether another such one covers half of it or more, looked for no further back than the longest segment reaches. */
const isCoveredBy = (such: string): string => `EXISTS (SELECT 1 FROM segments AS other
  JOIN classes AS named ON named.id = other.class_id AND named.removed = 0
  WHERE other.video_id = segments.video_id AND other.start_us < segments.end_us
    AND other.start_us > segments.start_us - (SELECT max(end_us - start_us) FROM segments)
    AND ${such}
    AND 2 * (min(other.end_us, segments.end_us) - max(other.start_us, segments.start_us))
      >= segments.end_us - segments.start_us)`;
const nothingElseStands = `NOT ${isCoveredBy(`(other.state <> 'proposed' OR other.score >= @threshold)`)}`;
const isDecidedHere = isCoveredBy(`other.state <> 'proposed'`);

/** How far round all lots the decisions are by now. */
const decidedLots = `(SELECT count(*) FILTER (WHERE segments.state <> 'proposed') * ${lots} / max(count(*), 1)
  FROM segments WHERE ${scoresEnough})`;

/** How much more probable the model holds another class than the one it has; NULL where there is no ranking. */
const modelDoubts = `(SELECT max(value ->> 'probability') FILTER (WHERE value ->> 'classId' <> segments.class_id)
    - coalesce(max(value ->> 'probability') FILTER (WHERE value ->> 'classId' = segments.class_id), 0)
  FROM json_each(segments.ranking))`;

/** Which segments an annotator's layer has as well. Of classes that were merged since, as of what they became. */
const layersAgree = `RECURSIVE become (said, id) AS (
    SELECT DISTINCT class_id, class_id FROM layer_segments
    UNION
    SELECT said, merged_into FROM become JOIN classes USING (id) WHERE removed = 1 AND merged_into IS NOT NULL),
  theirs AS MATERIALIZED (
    SELECT layer_id, video_id, become.id AS class_id, body ->> 'startUs' AS start_us, body ->> 'endUs' AS end_us
    FROM layer_segments JOIN become ON said = class_id WHERE body ->> 'state' = 'accepted'),
  agreed AS MATERIALIZED (
    SELECT DISTINCT segments.id, theirs.layer_id FROM theirs JOIN segments ON segments.video_id = theirs.video_id
      AND segments.class_id = theirs.class_id AND 2 * (min(segments.end_us, theirs.end_us) - max(segments.start_us, theirs.start_us))
        >= max(segments.end_us, theirs.end_us) - min(segments.start_us, theirs.start_us))`;

const layersDisagree = `EXISTS (SELECT 1 FROM layer_videos AS asked
  JOIN layers ON layers.id = asked.layer_id AND layers.removed = 0
  WHERE asked.video_id = segments.video_id
    AND (asked.parts IS NULL OR EXISTS (SELECT 1 FROM json_each(asked.parts)
      WHERE segments.start_us >= value ->> 'startUs' AND segments.start_us < value ->> 'endUs'))
    AND (segments.id, asked.layer_id) NOT IN (SELECT id, layer_id FROM agreed))`;

interface OrderQuery {
  readonly by: string;
  /** What it is about; above the threshold, where it says nothing. */
  readonly holds?: string;
  readonly with?: string;
}

const orders: Readonly<Record<ReviewOrder, OrderQuery>> = {
  confident: { by: best },
  uncertain: { by: 'abs(coalesce(segments.score, 0.5) - 0.5)' },
  // The report holds it against the others: no cleverer order of those tried taught more. What is decided already teaches
  // little again; and since proposals change with each lesson, those with the lowest lots would ever be the newest, of places
  // that are as unclear as before: so the lots go round as decisions do.
  'teaches-most': { by: `${isDecidedHere}, ${lot} - ${decidedLots} & ${lots}` },
  'class-balanced': { by: `row_number() OVER (PARTITION BY segments.class_id ORDER BY ${best}, segments.id)` },
  'in-order': { by: 'segments.video_id, segments.start_us' },
  random: { by: `${lot} + @draw * 2654435761 & ${lots}` },
  missed: {
    by: best,
    holds: `segments.state = 'proposed' AND segments.score < @threshold AND ${nothingElseStands}`,
  },
  disagreement: {
    by: `(segments.state = 'proposed' OR ${layersDisagree}) DESC, ${modelDoubts} DESC NULLS LAST`,
    holds: `(segments.state = 'accepted' AND (${modelDoubts} > 0 OR ${layersDisagree})
      OR segments.state = 'proposed' AND segments.source ->> 'format' = 'layers')`,
    with: layersAgree,
  },
};

/** What is asked of the queue. */
export interface QueueQuery extends ReviewFilter {
  readonly order: ReviewOrder;
  /** Which lot is drawn. */
  readonly draw: number;
  /** The project's threshold. */
  readonly threshold: number;
  readonly limit: number;
}

/** The statement's parameters by name. */
export type QueueParameters = Readonly<Record<string, string | number | null>>;

/** Whether it holds nothing but what the tally counts as open. */
export const isTallied = ({ order, states, scores, madeBy, annotator }: QueueQuery): boolean =>
  orders[order].holds === undefined &&
  states.every((state) => state === 'proposed') &&
  scores === null &&
  madeBy === null &&
  annotator === null;

/** A statement for the ids of segments in their order, or for how many there are in all. */
export function queueStatement(query: QueueQuery, what: 'ids' | 'count'): { text: string; given: QueueParameters } {
  const { states, classIds, videoId, scores, madeBy, annotator, threshold, draw, limit } = query;
  const { by, holds, with: before } = orders[query.order];
  const conditions = [
    'segments.state IN (SELECT value FROM json_each(@states))',
    holds ?? (scores === null ? scoresEnough : null),
    scores && 'segments.score BETWEEN @from AND @to',
    videoId === null ? null : 'segments.video_id = @videoId',
    classIds && 'segments.class_id IN (SELECT value FROM json_each(@classIds))',
    madeBy && `segments.source ->> 'kind' = @madeBy`,
    annotator && 'segments.annotator = @annotator',
  ].filter((condition) => condition !== null);
  // Of all videos and classes every row is read: quicker in the order in which they lie than by way of an index.
  const isAll = videoId === null && classIds === null;
  const rest = `FROM segments ${isAll ? 'NOT INDEXED' : ''} ${inSight} WHERE ${conditions.join(' AND ')}`;
  const text =
    what === 'count'
      ? `SELECT count(*) AS total ${rest}`
      : `SELECT segments.id ${rest} ORDER BY ${by}, segments.video_id, segments.start_us, segments.id LIMIT @limit`;
  return {
    text: before === undefined ? text : `WITH ${before} ${text}`,
    given: {
      states: JSON.stringify(states),
      classIds: JSON.stringify(classIds),
      videoId,
      from: scores?.from ?? null,
      to: scores?.to ?? null,
      madeBy,
      annotator,
      threshold,
      draw,
      limit,
    },
  };
}
