import { aspects, type Format } from '../format.ts';
import { cocoBoxes } from './coco-boxes.ts';
import { formatCoco } from './format-coco.ts';
import { parseCoco } from './parse-coco.ts';

export const coco: Format = {
  id: 'coco',
  name: 'COCO-style JSON',
  extensions: ['json'],
  description:
    'Everything about the segments, readable by pycocotools: one image per video, time segments in seconds, temporal or full-frame boxes. Read also from tracks of boxes: TAO, CocoVID, KWCOCO, YouTube-VIS.',
  layout: 'file',
  keeps: aspects,
  options: [cocoBoxes],
  read: parseCoco,
  write: formatCoco,
};
