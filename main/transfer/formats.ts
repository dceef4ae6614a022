import { activityNetResults } from './codecs/activitynet-results.ts';
import { activityNet } from './codecs/activitynet.ts';
import { coco } from './codecs/coco.ts';
import { csv } from './codecs/csv.ts';
import { kinetics } from './codecs/kinetics.ts';
import { mmaction2 } from './codecs/mmaction2.ts';
import type { Format } from './format.ts';

/** The formats that annotations come and go in. A new one is a codec in `codecs/` and a row here. */
export const formats: readonly Format[] = [coco, activityNet, activityNetResults, mmaction2, kinetics, csv];
