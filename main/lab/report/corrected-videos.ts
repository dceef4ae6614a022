import { seededRandom } from '#main/random/seeded-random.ts';
import type { Correction, ReviewedVideo } from '#main/pipeline/tune/training-shots.ts';
import type { FilmedVideo } from './filmed-video.ts';

/** What an annotator has done with some videos. */
export interface Corrected {
  readonly corrections: readonly Correction[];
  readonly reviewed: readonly ReviewedVideo[];
}

type LabelledVideo = Pick<FilmedVideo, 'videoId' | 'actions' | 'table'>;

/** The first `shots` occurrences of each class accepted, in the order of the videos. */
export function correctionsOf(videos: readonly LabelledVideo[], classIds: readonly number[], shots: number): Corrected {
  const left = new Map(classIds.map((id) => [id, shots]));
  return accepted(videos, ({ classId }) => {
    const remaining = left.get(classId) ?? 0;
    left.set(classId, remaining - 1);
    return remaining > 0;
  });
}

/** The first `count` occurrences of whatever class accepted, in the order of the videos. */
export function firstCorrections(videos: readonly LabelledVideo[], count: number): Corrected {
  let left = count;
  return accepted(videos, () => {
    left -= 1;
    return left >= 0;
  });
}

/** A video counts as reviewed completely once all that happens in it is accepted. */
function accepted(
  videos: readonly LabelledVideo[],
  isAccepted: (action: LabelledVideo['actions'][number]) => boolean,
): Corrected {
  const corrections: Correction[] = [];
  const reviewed: ReviewedVideo[] = [];
  for (const { videoId, actions, table } of videos) {
    const own = actions.filter(isAccepted);
    corrections.push(...own.map((action) => ({ ...action, videoId, decision: 'accepted' as const })));
    if (own.length === actions.length) reviewed.push({ videoId, span: { startUs: 0, endUs: table.lastEndUs } });
  }
  return { corrections, reviewed };
}

/** Each end moved by up to `share` of the length, either way. */
export function withNoisyEdges({ corrections, reviewed }: Corrected, share: number, seed: number): Corrected {
  const random = seededRandom(seed);
  return {
    reviewed,
    corrections: corrections.map((correction) => {
      const reach = share * (correction.endUs - correction.startUs);
      const startUs = Math.max(0, Math.round(correction.startUs + random.between(-reach, reach)));
      return { ...correction, startUs, endUs: Math.round(correction.endUs + random.between(-reach, reach)) };
    }),
  };
}

/** A share of the corrections, rounded up, under the name of another class. */
export function withWrongLabels(
  { corrections, reviewed }: Corrected,
  classIds: readonly number[],
  share: number,
  seed: number,
): Corrected {
  const random = seededRandom(seed);
  const wrong = new Set<number>();
  while (wrong.size < Math.ceil(share * corrections.length)) wrong.add(random.below(corrections.length));
  return {
    reviewed,
    corrections: corrections.map((correction, index) =>
      wrong.has(index)
        ? { ...correction, classId: random.pick(classIds.filter((id) => id !== correction.classId)) }
        : correction,
    ),
  };
}
