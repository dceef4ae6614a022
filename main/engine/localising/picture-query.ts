import { preprocessImage } from '#native-models/image/preprocess-image.ts';
import { openFrameEncoder } from '../memory/frame-encoder.ts';
import type { GivenPicture, SearchInput } from '../vocabulary.ts';
import { liveVersion } from './live-version.ts';
import type { SearchQuery } from './search-query.ts';
import { seenStill, type WithDenseFeatures } from './seen-features.ts';
import type { WithModels } from '../memory/ports.ts';
import type { WithTunedRows } from './tuned-classes.ts';

/**
 * A picture as it is compared with frame features: through the image encoder, and then, as a clip that stands still,
 * through the temporal modules that those pass through. Pictures are compared as they are seen for names that were taught.
 */
export async function pictureQuery(
  memory: WithModels & WithDenseFeatures & WithTunedRows,
  { rgb, width, height }: GivenPicture,
  { model, settings, versionFile = null }: Pick<SearchInput, 'model' | 'settings' | 'versionFile'>,
): Promise<SearchQuery> {
  const encoder = await openFrameEncoder(memory, model);
  const pixels = Float32Array.from(preprocessImage(rgb, width, height, encoder.preprocessing));
  const { features } = await encoder.encode(pixels, 1);
  const { version, warnings } = await liveVersion(memory, model, settings.samplingFps, versionFile);
  const still = features.slice(0, encoder.dim);
  return { embedding: await seenStill(memory, { model, ...settings, version }, still), version, warnings };
}
