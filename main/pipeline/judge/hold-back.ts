import type { ProjectEvidence, VideoEvidence } from '../learn/evidence.ts';
import { joinRows, rowAt, type Rows } from '../learn/rows.ts';

/** A proposal that overlaps a forgotten occurrence this much would tell of it. */
const tellsOf = 0.1;

/** The evidence as if nobody had looked at some videos: they stay, unlabelled, as they are when they are localised. */
export const withoutVideos = (evidence: ProjectEvidence, held: ReadonlySet<number>): ProjectEvidence => ({
  ...evidence,
  videos: evidence.videos.map((video) =>
    held.has(video.videoId)
      ? { ...video, shots: [], shotSpans: rowsKept(video.shotSpans, () => false), reviewed: null }
      : video,
  ),
});

/** The evidence as if nobody had marked some classes yet, and whatever shows one of them had not been looked at. */
export function withoutClasses(evidence: ProjectEvidence, held: ReadonlySet<number>): ProjectEvidence {
  if (held.size === 0) return evidence;
  const columns = evidence.classIds.flatMap((classId, column) => (held.has(classId) ? [column] : []));
  const videos = evidence.videos.map((video): VideoEvidence => {
    const kept = video.shots.map(({ classIds }) => !classIds.some((classId) => held.has(classId)));
    const { reviewed } = video;
    const isClear = (row: number): boolean =>
      columns.every((column) => rowAt(reviewed!.overlaps, row)[column]! < tellsOf);
    return {
      ...shotsKept(video, (at) => kept[at]!),
      reviewed:
        reviewed === null
          ? null
          : {
              ...rowsKept(reviewed, isClear),
              qualities: reviewed.qualities.filter((_, row) => isClear(row)),
              lengthsS: reviewed.lengthsS.filter((_, row) => isClear(row)),
              overlaps: keptOf(reviewed.overlaps, isClear),
            },
    };
  });
  return { ...evidence, videos };
}

/** The evidence as if nobody had looked at some videos, nor marked some classes. */
export const withoutBoth = (
  evidence: ProjectEvidence,
  videos: readonly number[],
  classes: readonly number[],
): ProjectEvidence => withoutClasses(withoutVideos(evidence, new Set(videos)), new Set(classes));

/** The evidence without one correction. */
export const withoutShot = (evidence: ProjectEvidence, videoId: number, index: number): ProjectEvidence => ({
  ...evidence,
  videos: evidence.videos.map((video) => (video.videoId === videoId ? shotsKept(video, (at) => at !== index) : video)),
});

const shotsKept = (video: VideoEvidence, isKept: (at: number) => boolean): VideoEvidence => ({
  ...video,
  shots: video.shots.filter((_, at) => isKept(at)),
  shotSpans: rowsKept(video.shotSpans, isKept),
});

const rowsKept = ({ texts, codes }: VideoEvidence['shotSpans'], isKept: (row: number) => boolean) => ({
  texts: keptOf(texts, isKept),
  codes: keptOf(codes, isKept),
});

function keptOf(rows: Rows, isKept: (row: number) => boolean): Rows {
  const kept = Array.from({ length: rows.count }, (_, row) => row).filter(isKept);
  return joinRows(
    kept.map((row) => ({ count: 1, width: rows.width, values: rowAt(rows, row) })),
    rows.width,
  );
}
