import { setImmediate } from 'node:timers/promises';
import { drawsOfVideos, reachOf } from '#main/pipeline/judge/draws-of-videos.ts';
import { RankedSegments, type RankedVideo } from '#main/pipeline/judge/ranked-segments.ts';
import { measuredTIoUs, type Estimate } from '#preload/domain/quality.ts';
import type { AveragePrecisions, MeasuredVideo } from './measurement.ts';

/**
 * Average precision of each class and mAP, with how far they would move had other videos of the kind been reviewed. Between
 * two draws others are answered; throws what `signal` was aborted with.
 */
export async function averagePrecisions(
  videos: readonly MeasuredVideo[],
  classIds: readonly number[],
  signal: AbortSignal,
): Promise<AveragePrecisions> {
  const ranked = new RankedSegments(
    videos.map((video) => rankedVideo(video, classIds)),
    classIds.length,
  );
  const all = new Float64Array(videos.length).fill(1);
  const { judgedClasses } = ranked;
  const perTIoU = classIds.map((_, index) => ranked.averagePrecisions(index, all));
  const drawn: { readonly all: number[]; readonly ofClass: readonly number[][] } = {
    all: [],
    ofClass: classIds.map(() => []),
  };
  if (videos.length > 1) {
    for (const weights of drawsOfVideos(videos.length)) {
      await setImmediate();
      signal.throwIfAborted();
      const values = judgedClasses.flatMap((index) => {
        const value = ranked.averagePrecision(index, weights);
        if (value === null) return [];
        drawn.ofClass[index]!.push(value);
        return value;
      });
      drawn.all.push(meanOf(values));
    }
  }
  const map = measuredTIoUs.map((_, tIoU) => meanOf(judgedClasses.map((index) => perTIoU[index]![tIoU]!)));
  return {
    map,
    averageMap: estimateOf(meanOf(map), drawn.all, videos.length),
    classes: classIds.map((classId, index) => {
      const values = perTIoU[index]!;
      const average = values && estimateOf(meanOf(values), drawn.ofClass[index]!, ranked.videosWith(index));
      return { classId, perTIoU: values, average };
    }),
  };
}

/** The whole of such a video is reviewed. */
const whole = { startUs: Number.MIN_SAFE_INTEGER, endUs: Number.MAX_SAFE_INTEGER };

function rankedVideo({ videoId, occurrences, proposals }: MeasuredVideo, classIds: readonly number[]): RankedVideo {
  const row = new Map(classIds.map((classId, index) => [classId, index]));
  return {
    truth: {
      videoId,
      occurrences: occurrences.map((one) => ({ ...one, classIndex: row.get(one.classId)! })),
      rejected: [],
      reviewed: whole,
    },
    segments: proposals.map((one) => ({ ...one, classIndex: row.get(one.classId)! })),
  };
}

function estimateOf(value: number, drawn: readonly number[], videoCount: number): Estimate {
  if (videoCount < 2 || drawn.length < 2) return { value, low: null, high: null };
  const reach = reachOf(drawn, videoCount);
  return { value, low: Math.max(0, value - reach), high: Math.min(1, value + reach) };
}

const meanOf = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((a, b) => a + b, 0) / values.length;
