import type { FrameTable } from '#preload/domain/frame-table.ts';
import type { Segment } from '#preload/domain/segment.ts';
import { t } from '../../../language/language.ts';
import { isShown } from '../../../shared/shown-segments.ts';
import { coveredFrames, framesBetween, type PlayedParts } from '../../../playback/played-parts.ts';

/** In the order in which a key goes through them. */
export const playedModes = ['everything', 'segments', 'gaps-fast', 'gaps'] as const;
export const countedStates = ['accepted', 'shown', 'proposed'] as const;
export const gapSpeeds = [2, 4, 8, 16] as const;

/** What a person wants to be played. */
export interface PlayedChoice {
  readonly mode: (typeof playedModes)[number];
  /** Which segments count: accepted ones, those and the shown proposals, or shown proposals alone. */
  readonly of: (typeof countedStates)[number];
  /** How fast what lies between segments is run through. */
  readonly gapSpeed: number;
}

export const everything: PlayedChoice = { mode: 'everything', of: 'shown', gapSpeed: 8 };

export const modeWords: Readonly<Record<PlayedChoice['mode'], string>> = {
  everything: t('Everything'),
  segments: t('Only segments'),
  'gaps-fast': t('Segments, and gaps fast'),
  gaps: t('Only gaps'),
};

/** Of what is shown. */
interface CountedIn {
  /** Proposals below it are hidden. */
  readonly threshold: number;
  /** The class that alone is shown; null: all of them. */
  readonly onlyClassId: number | null;
}

/** Whether a segment counts. Pure. */
const counts = (segment: Segment, of: PlayedChoice['of'], { threshold, onlyClassId }: CountedIn): boolean =>
  (onlyClassId === null || segment.classId === onlyClassId) &&
  (of === 'shown' || segment.state === of) &&
  isShown(segment, { threshold, rejected: false });

/** The parts to play of a video with these segments, sorted by start; null: all of it, also where no part is left. Pure. */
export function playedPartsOf(
  { mode, of, gapSpeed }: PlayedChoice,
  table: FrameTable,
  segments: readonly Segment[],
  shown: CountedIn,
): PlayedParts | null {
  if (mode === 'everything') return null;
  const covered = coveredFrames(
    table,
    segments.filter((segment) => counts(segment, of, shown)),
  );
  if (mode === 'gaps-fast') return { wanted: covered, between: gapSpeed };
  const wanted = mode === 'segments' ? covered : framesBetween(covered, table.frameCount);
  return wanted.length === 0 ? null : { wanted, between: 'skip' };
}
