import { chosenIn, type Format, type FormatOption } from '../format.ts';
import type { AnnotationSet } from '../annotation-set.ts';
import { cutPieces, mmactionLists, sizeOption } from './cut-pieces.ts';
import { plainPlan } from './media-plan.ts';

const cutting: FormatOption = {
  id: 'cutting',
  name: 'Cutting',
  description: 'how clips are cut',
  choices: [
    {
      id: 'copy',
      name: 'Copied where that is exact',
      description:
        'Frames stay as they are stored where a segment begins at a keyframe and needs no other; else encoded.',
    },
    { id: 'encode', name: 'All encoded', description: 'Every clip alike: H.264, upright, square pixels.' },
  ],
};

/** A film per segment, in a folder for each class. */
export const clips: Format = {
  id: 'clips',
  name: 'Clips per class (MP4)',
  extensions: ['mp4'],
  description:
    'A folder per class with a film for each segment, cut on its frame boundaries, sound included; MMAction2’s lists, and clips.csv in the columns of Kinetics.',
  layout: 'folder',
  keeps: ['times to the frame', 'overlaps', 'classes without segments', 'splits'],
  options: [cutting, sizeOption],
  media: {
    plan: (set) => {
      const { pieces, warnings } = cutPieces(set, '.mp4');
      const chosen = set.options.formatOptions;
      const texts = mmactionLists(set, pieces, 'videos', ({ path, segments }) => `${path} ${segments[0]!.label}`);
      return {
        plan: {
          ...plainPlan,
          kind: 'clips',
          mayCopy: chosenIn(cutting, chosen) === 'copy' && shortSideIn(chosen) === null,
          shortSide: shortSideIn(chosen),
          samplingFps: set.samplingFps,
          version: set.version,
          classes: set.classes.map(({ name }) => name),
          pieces: [...pieces],
          texts,
        },
        warnings,
      };
    },
    estimate: (set, { fileBytes }) => {
      const shortSide = shortSideIn(set.options.formatOptions);
      return sumOfSegments(set, ({ video, seconds }) => {
        const { width, height, endUs } = video.facts;
        const scale = shortSide === null ? 1 : Math.min(1, shortSide / Math.min(width, height)) ** 2;
        return (fileBytes(video.id) * seconds * scale) / (endUs / 1_000_000);
      });
    },
  },
};

/** Null: as they are. */
export const shortSideIn = (chosen: Readonly<Record<string, string>>): number | null => {
  const size = chosenIn(sizeOption, chosen);
  return size === 'original' ? null : Number(size);
};

/** What the segments that are held come to, each by itself. */
export function sumOfSegments(
  { videos, segments }: AnnotationSet,
  of: (one: { readonly video: AnnotationSet['videos'][number]; readonly seconds: number }) => number,
): number {
  const byId = new Map(videos.map((video) => [video.id, video]));
  return segments
    .filter(({ state }) => state !== 'rejected')
    .reduce(
      (sum, { videoId, startUs, endUs }) =>
        sum + of({ video: byId.get(videoId)!, seconds: (endUs - startUs) / 1_000_000 }),
      0,
    );
}
