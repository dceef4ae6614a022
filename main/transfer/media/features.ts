import { Failure } from '#preload/domain/failure.ts';
import { say } from '#preload/domain/saying.ts';
import { secondsOf } from '#preload/domain/span.ts';
import type { AnnotationSet } from '../annotation-set.ts';
import { activityNet } from '../codecs/activitynet.ts';
import { heldSegments } from '../codecs/held-segments.ts';
import { chosenIn, type Format, type FormatOption } from '../format.ts';
import { planOf, type MediaPlan } from './media-plan.ts';
import { distinctSafeNames } from './safe-names.ts';

const numbers: FormatOption = {
  id: 'numbers',
  name: 'Numbers',
  description: 'how precise numbers are',
  choices: [
    { id: 'float32', name: 'float32', description: 'As they were computed.' },
    { id: 'float16', name: 'float16', description: 'Half the size; enough for training.' },
  ],
};

const packing: FormatOption = {
  id: 'packing',
  name: 'Files',
  description: 'how arrays are packed',
  choices: [
    {
      id: 'npy',
      name: 'npy',
      description: 'Features [N, D] and their times, a file each, as OpenTAD and ActionFormer read them.',
    },
    { id: 'npz', name: 'npz', description: 'One file per video: features, times, segments, labels and classes.' },
  ],
};

const chosenNumbers = ({ options }: AnnotationSet): MediaPlan['numbers'] =>
  chosenIn(numbers, options.formatOptions) === 'float16' ? 'float16' : 'float32';

/** Frame features of whole videos beside their segments, for models of the time in between. */
export const features: Format = {
  id: 'features',
  name: 'Features (numpy)',
  extensions: ['npy', 'npz'],
  description:
    'Frame features of each video as numpy arrays [N, D] with their times, annotations.json as ActionFormer and OpenTAD read it, and features.json with model, sampling, feat_stride and num_frames. What is not computed yet is computed first.',
  layout: 'folder',
  keeps: ['times to the frame', 'overlaps', 'classes without segments', 'splits'],
  options: [packing, numbers],
  media: {
    plan: (set) => {
      const { videos, warnings } = heldSegments(set);
      const stems = distinctSafeNames(videos.map(({ key }) => key));
      // Loaders find the features of a video by its name among the annotations, so both are called the same.
      const named = { ...set, videos: set.videos.map((video, index) => ({ ...video, name: `${stems[index]!}.mp4` })) };
      const { text } = activityNet.write!(named) as { readonly text: string };
      const kind = chosenIn(packing, set.options.formatOptions) === 'npz' ? 'npz' : 'npy';
      const pieces = videos.map(({ video, key, segments }, index) => ({
        path: `features/${stems[index]!}.${kind}`,
        videoId: video.id,
        checksum: video.checksum,
        video: key,
        split: video.split,
        startFrame: 0,
        endFrame: video.facts.frameCount,
        startUs: video.facts.firstFrameUs,
        endUs: video.facts.endUs,
        segments: segments.map(({ startUs, endUs, labelId }) => ({ startUs, endUs, label: labelId })),
      }));
      const { model } = set;
      if (model === undefined)
        throw new Failure('bad-input', say('No model is chosen for this project: features are those of its model.'));
      return {
        plan: planOf(set, {
          kind: 'features',
          numbers: chosenNumbers(set),
          packing: kind,
          model,
          pieces,
          texts: [{ name: 'annotations.json', text }],
        }),
        warnings,
      };
    },
    estimate: (set, { featureDim }) => {
      const bytesOfNumber = chosenNumbers(set) === 'float16' ? 2 : 4;
      return set.videos.reduce((sum, { facts }) => {
        const rows = secondsOf(facts.endUs) * set.samplingFps;
        return sum + rows * (featureDim * bytesOfNumber + 8);
      }, 0);
    },
  },
};
