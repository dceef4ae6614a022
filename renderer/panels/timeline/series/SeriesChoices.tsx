import MenuItem from '@mui/material/MenuItem';
import { t } from '../../../language/language.ts';
import { attempt } from '../../../shared/notices.ts';
import { MenuChoice, MenuHeading } from '../../../ui/MenuChoice.tsx';
import { changeTrack, useRecordings } from './recordings.ts';
import { chooseTable } from './series-dialogs.ts';

/** Which sensors of a video are shown, in a menu; and another one. */
export function SeriesChoices({ videoId, onAdd }: { readonly videoId: number; readonly onAdd: () => void }) {
  const recordings = useRecordings(videoId);
  return [
    ...(recordings.length > 0 ? [<MenuHeading key="sensors">{t('Sensors')}</MenuHeading>] : []),
    ...recordings.flatMap((recording) =>
      recording.tracks.map((track) => (
        <MenuChoice
          key={`${recording.id}:${track.column}`}
          kind="checkbox"
          chosen={track.look !== 'hidden'}
          onClick={() => changeTrack(recording, track.column, { look: track.look === 'hidden' ? 'full' : 'hidden' })}
        >
          {track.name}
        </MenuChoice>
      )),
    ),
    <MenuItem
      key="add"
      onClick={() => {
        onAdd();
        setTimeout(() => attempt(chooseTable()));
      }}
    >
      {t('Add values of a sensor…')}
    </MenuItem>,
  ];
}
