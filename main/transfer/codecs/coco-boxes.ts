import type { FormatOption } from '../format.ts';

/** COCO asks for a box of every annotation and knows no time: what stands in it decides what its IoU means. */
export const cocoBoxes: FormatOption = {
  id: 'box',
  name: 'Boxes',
  description: 'what COCO boxes hold',
  choices: [
    { id: 'temporal', name: 'Temporal', description: 'COCO’s IoU is then temporal IoU.' },
    { id: 'full-frame', name: 'Full frame', description: 'COCO’s IoU then ignores time.' },
  ],
};
