import { addresses } from '#preload/contract/contract.ts';
import { t } from '../../language/language.ts';
import { failureIn } from '../../backend/failures.ts';
import { Failure } from '#preload/domain/failure.ts';
import { verbatim } from '#preload/domain/saying.ts';
import { playhead } from '../../playback/playback.ts';
import { notify } from '../../shared/notices.ts';
import { readPicture, UnreadablePicture } from '../../shared/searched-picture.ts';
import { showPanel } from '../../shared/show-panel.ts';
import { useStudio } from '../../shared/studio-state.ts';

/** As wide as pictures are searched for. */
const frameWidth = 640;

/** Searches for moments like a picture; of one that cannot be read the person is told why. */
export async function searchPicture(file: Blob, name: string): Promise<void> {
  try {
    useStudio.getState().show({ searchedLike: await readPicture(file, name) });
  } catch (error) {
    if (!(error instanceof UnreadablePicture)) throw error;
    notify(error.message, 'error');
  }
}

/** Searches for moments like the frame that the player shows. Rejects where it cannot be decoded. */
export async function searchThisFrame(): Promise<void> {
  const { videoId, table, frame } = playhead.getState();
  if (videoId === null || table === null) return;
  const response = await fetch(addresses.thumbnail(videoId, table.startUs(frame), frameWidth));
  if (!response.ok)
    throw await failureIn(response, new Failure('unreadable-video', verbatim(t('This frame could not be decoded.'))));
  await searchPicture(await response.blob(), t('frame {{frame}}', { frame: String(frame) }));
  showPanel('search');
}
