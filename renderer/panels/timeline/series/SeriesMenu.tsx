import Divider from '@mui/material/Divider';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import type { ListedRecording } from '#preload/contract/recordings.ts';
import { ownUsOf } from '#preload/domain/recording.ts';
import { t } from '../../../language/language.ts';
import { backend } from '../../../backend/client.ts';
import { playhead } from '../../../playback/playback.ts';
import { choosePlaces } from '../../../shared/choose-places.ts';
import { attempt } from '../../../shared/notices.ts';
import { MenuChoice } from '../../../ui/MenuChoice.tsx';
import { useTimeline } from '../timeline-view.ts';
import { changeTrack, moveRecording, removeTrack, useReadingJobs, useRecordings } from './recordings.ts';
import { askAbout } from './series-dialogs.ts';

/** Where a menu about a track opens; `videoUs` is the time under the pointer, where one asked. */
export interface SeriesMenuPlace {
  readonly key: string;
  readonly top: number;
  readonly left: number;
  readonly videoUs: number | null;
}

/** Puts the moment that is at one time of the video to another. */
const moveFromTo = (recording: ListedRecording, fromUs: number, toUs: number): void =>
  moveRecording(recording, recording.offsetUs + toUs - fromUs);

/** What can be done with a track of a sensor. */
export function SeriesMenu(props: {
  readonly videoId: number;
  readonly at: SeriesMenuPlace;
  readonly onClose: () => void;
}) {
  const { at, onClose } = props;
  const recordings = useRecordings(props.videoId);
  const jobOf = useReadingJobs();
  const [recordingId, column] = at.key.split(':').map(Number);
  const recording = recordings.find(({ id }) => id === recordingId);
  const track = recording?.tracks.find((each) => each.column === column);
  if (!recording || !track) return null;
  const doing = (work: () => void) => () => {
    onClose();
    // Once the menu is gone, which gives the focus back.
    setTimeout(work);
  };
  const byFrame = (frames: number): void => {
    const { table } = useTimeline.getState();
    if (table)
      moveRecording(
        recording,
        recording.offsetUs + frames * Math.round((table.lastEndUs - table.firstStartUs) / table.frameCount),
      );
  };
  const hereUs = at.videoUs;
  const isRead = recording.facts !== null;
  const jobState = jobOf(recording)?.state;
  const waits = jobState === 'queued' || jobState === 'running';
  return (
    <Menu
      open
      anchorReference="anchorPosition"
      anchorPosition={at}
      onClose={onClose}
      slotProps={{
        list: { dense: true, 'aria-label': t('{{name}} of {{name2}}', { name: track.name, name2: recording.name }) },
      }}
    >
      {recording.file === 'missing' && (
        <MenuItem
          onClick={doing(() =>
            attempt(
              choosePlaces('table').then(async ([place]) => {
                if (place !== undefined) await backend.recordings.replaceFile({ recordingId: recording.id, place });
              }),
            ),
          )}
        >
          {t('Find {{name}} again…', { name: recording.name })}
        </MenuItem>
      )}
      {recording.file === 'changed' && (
        <MenuItem onClick={doing(() => attempt(backend.recordings.replaceFile({ recordingId: recording.id })))}>
          {t('Take the new content of {{name}}', { name: recording.name })}
        </MenuItem>
      )}
      {!isRead && !waits && recording.file === 'there' && (
        <MenuItem onClick={doing(() => attempt(backend.recordings.readAgain({ recordingId: recording.id })))}>
          {t('Read {{name}} now', { name: recording.name })}
        </MenuItem>
      )}
      {hereUs !== null && isRead && ownUsOf(recording, hereUs) >= 0 && (
        <MenuItem onClick={doing(() => moveFromTo(recording, hereUs, playhead.getState().timeUs))}>
          {t('What is here is at the playhead')}
        </MenuItem>
      )}
      <MenuItem onClick={doing(() => byFrame(-1))}>{t('Earlier by a frame')}</MenuItem>
      <MenuItem onClick={doing(() => byFrame(1))}>{t('Later by a frame')}</MenuItem>
      <MenuItem onClick={doing(() => askAbout('recording-clock', recording.id))}>{t('Its place in time…')}</MenuItem>
      <Divider />
      <MenuItem onClick={doing(() => askAbout('recording-track', recording.id, track.column))}>
        {t('Name, colour and scale…')}
      </MenuItem>
      <MenuChoice
        kind="checkbox"
        chosen={track.look === 'low'}
        onClick={doing(() => changeTrack(recording, track.column, { look: track.look === 'low' ? 'full' : 'low' }))}
      >
        {t('Low')}
      </MenuChoice>
      <MenuItem onClick={doing(() => changeTrack(recording, track.column, { look: 'hidden' }))}>{t('Hide')}</MenuItem>
      <MenuItem onClick={doing(() => askAbout('recording', recording.id))}>{t('Columns and how it is read…')}</MenuItem>
      <Divider />
      <MenuItem onClick={doing(() => removeTrack(recording, track.column))}>
        {t('Remove {{name}}', { name: track.name })}
      </MenuItem>
      {recording.tracks.length > 1 && (
        <MenuItem onClick={doing(() => attempt(backend.recordings.remove({ recordingId: recording.id })))}>
          {t('Remove {{name}}, all of it', { name: recording.name })}
        </MenuItem>
      )}
    </Menu>
  );
}
