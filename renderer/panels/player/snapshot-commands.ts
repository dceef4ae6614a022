import { addresses } from '#preload/contract/contract.ts';
import { Failure } from '#preload/domain/failure.ts';
import { verbatim } from '#preload/domain/saying.ts';
import { t } from '../../language/language.ts';
import type { Command } from '../../shared/command.ts';
import { notify } from '../../shared/notices.ts';
import { backend } from '../../backend/client.ts';
import { failureIn } from '../../backend/failures.ts';
import { playhead } from '../../playback/playback.ts';
import { usePlayerPreferences } from './player-preferences.ts';
import { isPlain } from './picture/picture-look.ts';

const loaded = (): boolean => playhead.getState().table !== null;

/** Said where what is on screen is not what is kept. */
const asFilmed = (): string =>
  isPlain(usePlayerPreferences.getState().look) ? '' : t(' As filmed, not as lightened here.');

async function save(): Promise<void> {
  const { videoId, frame } = playhead.getState();
  if (videoId === null) return;
  const { name, location } = await backend.videos.snapshot({ videoId, frame });
  const copyPath = { label: t('Copy its path'), run: () => void navigator.clipboard.writeText(location) };
  notify(
    t('Saved {{name}} in the project’s exports/snapshots.{{asFilmed}}', { name, asFilmed: asFilmed() }),
    'success',
    copyPath,
  );
}

async function pngOf(videoId: number, frame: number): Promise<Blob> {
  const response = await fetch(addresses.picture(videoId, frame));
  if (!response.ok)
    throw await failureIn(response, new Failure('unreadable-video', verbatim(t('This frame could not be decoded.'))));
  return response.blob();
}

async function copy(): Promise<void> {
  const { videoId, frame } = playhead.getState();
  if (videoId === null) return;
  // Handed over as a promise: the browser lets a page copy for as long as the key press is fresh.
  await navigator.clipboard.write([new ClipboardItem({ 'image/png': pngOf(videoId, frame) })]);
  notify(
    t('Frame {{frame}} copied as a picture.{{asFilmed}}', { frame: String(frame), asFilmed: asFilmed() }),
    'success',
  );
}

/** The frame on screen as a picture, decoded from its file at its own size. */
export const snapshotCommands: readonly Command[] = [
  {
    id: 'player.snapshot',
    label: t('Save the frame as a picture'),
    group: 'Player',
    keys: ['Alt+X'],
    enabled: loaded,
    run: save,
  },
  {
    id: 'player.copy-frame',
    label: t('Copy the frame as a picture'),
    group: 'Player',
    keys: ['Alt+Shift+X'],
    enabled: loaded,
    run: copy,
  },
];
