import { secondsOf } from '#preload/domain/span.ts';
import { chosenIn, type Format, type FormatOption } from '../format.ts';
import { cutPieces, mmactionLists, shortSideIn, sizeOption, sumOfPieces } from './cut-pieces.ts';
import { planOf } from './media-plan.ts';

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
      const shortSide = shortSideIn(chosen);
      const mayCopy = chosenIn(cutting, chosen) === 'copy' && shortSide === null;
      const texts = mmactionLists(set, pieces, 'videos', ({ path, segments }) => `${path} ${segments[0]!.label}`);
      return { plan: planOf(set, { kind: 'clips', mayCopy, shortSide, pieces, texts }), warnings };
    },
    estimate: (set, { fileBytes }) =>
      sumOfPieces(set, ({ id, facts }, seconds) => (fileBytes(id) * seconds) / secondsOf(facts.endUs)),
  },
};
