import type { Span } from '#preload/domain/span.ts';
import type { SyntheticAction } from '../propose/synthetic-video.ts';
import type { Correction, ReviewedVideo } from './training-shots.ts';

/** A video of a synthetic world, numbered. */
interface SyntheticFilm extends Pick<Span, 'endUs'> {
  readonly videoId: number;
  readonly actions: readonly SyntheticAction[];
}

/** What is known once a person has looked through these films to the end and accepted all that happens in them. */
export const lookedThrough = (
  films: readonly SyntheticFilm[],
  classIds: readonly number[],
): { readonly corrections: Correction[]; readonly reviewed: ReviewedVideo[] } => ({
  corrections: films.flatMap(({ videoId, actions }) =>
    actions.map(({ startUs, endUs, classIndex }): Correction => ({
      videoId,
      startUs,
      endUs,
      classId: classIds[classIndex]!,
      decision: 'accepted',
    })),
  ),
  reviewed: films.map(({ videoId, endUs }) => ({ videoId, span: { startUs: 0, endUs } })),
});
