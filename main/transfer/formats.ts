import { activityNet } from './codecs/activitynet.ts';
import { activityNetResults } from './codecs/activitynet-results.ts';
import { ava } from './codecs/ava.ts';
import { boris } from './codecs/boris.ts';
import { borisAggregated } from './codecs/boris-aggregated.ts';
import { borisTabular } from './codecs/boris-tabular.ts';
import { charades } from './codecs/charades.ts';
import { coco } from './codecs/coco.ts';
import { cocoResults } from './codecs/coco-results.ts';
import { csv } from './codecs/csv.ts';
import { cvat } from './codecs/cvat.ts';
import { datumaro } from './codecs/datumaro.ts';
import { dive } from './codecs/dive.ts';
import { elan } from './codecs/elan.ts';
import { epicKitchens } from './codecs/epic-kitchens.ts';
import { fiftyOne } from './codecs/fiftyone.ts';
import { frameWise } from './codecs/frame-wise.ts';
import { hacsClips } from './codecs/hacs-clips.ts';
import { kinetics } from './codecs/kinetics.ts';
import { labelStudio } from './codecs/label-studio.ts';
import { leRobot } from './codecs/lerobot.ts';
import { losslessCutCsv } from './codecs/losslesscut-csv.ts';
import { losslessCutLlc } from './codecs/losslesscut-llc.ts';
import { mmaction2 } from './codecs/mmaction2.ts';
import { mmaction2Rawframes } from './codecs/mmaction2-rawframes.ts';
import { mmaction2Videos } from './codecs/mmaction2-videos.ts';
import { srt } from './codecs/srt.ts';
import { textGrid } from './codecs/textgrid.ts';
import { thumos14 } from './codecs/thumos14.ts';
import { via3 } from './codecs/via3.ts';
import { via3Csv } from './codecs/via3-csv.ts';
import { viameCsv } from './codecs/viame-csv.ts';
import { webVtt } from './codecs/webvtt.ts';
import { xAnyLabeling } from './codecs/x-anylabeling.ts';
import type { Format } from './format.ts';
import { clips } from './media/clips.ts';
import { features } from './media/features.ts';
import { frames } from './media/frames.ts';

/** The formats that annotations come and go in. A new one is a codec in `codecs/` and a row here. */
export const formats: readonly Format[] = [
  coco,
  cocoResults,
  csv,
  activityNet,
  activityNetResults,
  mmaction2,
  mmaction2Rawframes,
  mmaction2Videos,
  kinetics,
  thumos14,
  epicKitchens,
  charades,
  ava,
  hacsClips,
  fiftyOne,
  labelStudio,
  cvat,
  datumaro,
  dive,
  viameCsv,
  boris,
  borisAggregated,
  borisTabular,
  elan,
  via3,
  via3Csv,
  xAnyLabeling,
  losslessCutCsv,
  losslessCutLlc,
  webVtt,
  srt,
  textGrid,
  frameWise,
  leRobot,
  clips,
  frames,
  features,
];
