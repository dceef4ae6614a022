import type { Studio } from '../studio/studio.ts';
import { analysisHandlers } from './analysis.ts';
import { attributeHandlers } from './attributes.ts';
import { classHandlers } from './classes.ts';
import { historyHandlers } from './history.ts';
import { os } from './implementer.ts';
import { jobHandlers } from './jobs.ts';
import { layerHandlers } from './layers.ts';
import { modelHandlers } from './models.ts';
import { peopleHandlers } from './people.ts';
import { placeHandlers } from './places.ts';
import { projectHandlers } from './projects.ts';
import { qualityHandlers } from './quality.ts';
import { recordingHandlers } from './recordings.ts';
import { reviewHandlers } from './reviews.ts';
import { segmentHandlers } from './segments.ts';
import { shardHandlers } from './shards.ts';
import { splitHandlers } from './splits.ts';
import { studioHandlers } from './studio.ts';
import { transferHandlers } from './transfer.ts';
import { tuningHandlers } from './tuning.ts';
import { versionHandlers } from './versions.ts';
import { videoHandlers } from './videos.ts';

/** Every handler of the contract; one that is missing or answers another type does not compile. */
export const createRouter = (studio: Studio) =>
  os.router({
    studio: studioHandlers(studio),
    people: peopleHandlers(studio),
    places: placeHandlers(studio),
    projects: projectHandlers(studio),
    videos: videoHandlers(studio),
    classes: classHandlers(studio),
    attributes: attributeHandlers(studio),
    recordings: recordingHandlers(studio),
    segments: segmentHandlers(studio),
    reviews: reviewHandlers(studio),
    splits: splitHandlers(studio),
    layers: layerHandlers(studio),
    history: historyHandlers(studio),
    analysis: analysisHandlers(studio),
    shards: shardHandlers(studio),
    jobs: jobHandlers(studio),
    models: modelHandlers(studio),
    transfer: transferHandlers(studio),
    tuning: tuningHandlers(studio),
    quality: qualityHandlers(studio),
    versions: versionHandlers(studio),
  });
