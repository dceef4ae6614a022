import type { ReadingChoice } from '#preload/domain/video-facts.ts';
import { t } from '../../language/language.ts';
import { notify } from '../../shared/notices.ts';
import { backend } from '../../backend/client.ts';

/** Starts importing what was chosen or dropped; nothing where that is nothing. Rejects with a failure. */
export async function addVideos(places: readonly string[], reading?: ReadingChoice): Promise<void> {
  if (places.length === 0) return;
  const { jobIds } = await backend.videos.add({ places: [...places], ...(reading && { reading }) });
  if (jobIds.length === 0) notify(t('There is no new video in what you chose.'), 'info');
}
