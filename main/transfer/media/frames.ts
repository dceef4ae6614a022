import { chosenIn, type Format, type FormatOption } from '../format.ts';
import { cutPieces, mmactionLists, shortSideIn, sizeOption, sumOfPieces } from './cut-pieces.ts';
import { planOf, type MediaPlan } from './media-plan.ts';

const pictures: FormatOption = {
  id: 'pictures',
  name: 'Pictures',
  description: 'how pictures are stored',
  choices: [
    { id: 'jpg', name: 'JPEG', description: 'FFmpeg’s best quality.' },
    { id: 'png', name: 'PNG', description: 'Pixel for pixel, several times as large.' },
  ],
};

const kindIn = (chosen: Readonly<Record<string, string>>): MediaPlan['pictures'] =>
  chosenIn(pictures, chosen) === 'png' ? 'png' : 'jpg';

/** Bytes that a pixel takes, about, of ordinary film. */
const bytesOfPixel = { jpg: 0.35, png: 1.6 } as const;

/** Every frame of every segment as a picture, as MMAction2 reads raw frames. */
export const frames: Format = {
  id: 'frames',
  name: 'Frames per class (pictures)',
  extensions: ['jpg', 'png'],
  description:
    'A folder per class, in it one for each segment with its frames as img_00001 and on; MMAction2’s lists of raw frames, and frames.csv in the columns of Kinetics.',
  layout: 'folder',
  keeps: ['times to the frame', 'overlaps', 'classes without segments', 'splits'],
  options: [pictures, sizeOption],
  media: {
    plan: (set) => {
      const { pieces, warnings } = cutPieces(set, '');
      const chosen = set.options.formatOptions;
      const texts = mmactionLists(
        set,
        pieces,
        'rawframes',
        ({ path, startFrame, endFrame, segments }) => `${path} ${endFrame - startFrame} ${segments[0]!.label}`,
      );
      const plan = planOf(set, {
        kind: 'frames',
        pictures: kindIn(chosen),
        shortSide: shortSideIn(chosen),
        pieces,
        texts,
      });
      return { plan, warnings };
    },
    estimate: (set) => {
      const bytes = bytesOfPixel[kindIn(set.options.formatOptions)];
      return sumOfPieces(
        set,
        ({ facts: { width, height, averageFps } }, seconds) => seconds * averageFps * width * height * bytes,
      );
    },
  },
};
