import type { ImportedAnnotations } from '../transfer/annotation-set.ts';

/** What a codec read, a row each: video, class, start and end, in seconds or, with `f` behind them, in frames. */
export const saidRows = ({ videos, classes, segments }: ImportedAnnotations) =>
  segments.map((segment) => [
    videos[segment.video]!.fileName,
    segment.class === null ? null : classes[segment.class]!.name,
    ...('startS' in segment ? [segment.startS, segment.endS] : [`${segment.startFrame}f`, `${segment.endFrame}f`]),
  ]);
