import { chosenIn, type Format, type FormatOption } from '../format.ts';
import { shortSideIn, sumOfSegments } from './clips.ts';
import { cutPieces, mmactionLists, sizeOption } from './cut-pieces.ts';
import { plainPlan } from './media-plan.ts';

const pictures: FormatOption = {
  id: 'pictures',
  name: 'Pictures',
  description: 'how pictures are stored',
  choices: [
    { id: 'jpg', name: 'JPEG', description: 'FFmpeg’s best quality.' },
    { id: 'png', name: 'PNG', description: 'Pixel for pixel, several times as large.' },
  ],
};

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
      return {
        plan: {
          ...plainPlan,
          kind: 'frames',
          pictures: chosenIn(pictures, chosen) === 'png' ? 'png' : 'jpg',
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
    estimate: (set) => {
      const shortSide = shortSideIn(set.options.formatOptions);
      const kind = chosenIn(pictures, set.options.formatOptions) === 'png' ? 'png' : 'jpg';
      return sumOfSegments(set, ({ video, seconds }) => {
        const { width, height, averageFps } = video.facts;
        const scale = shortSide === null ? 1 : Math.min(1, shortSide / Math.min(width, height));
        return seconds * averageFps * width * height * scale ** 2 * bytesOfPixel[kind];
      });
    },
  },
};
