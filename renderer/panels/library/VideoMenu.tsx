import CheckIcon from '@mui/icons-material/Check';
import AutoAwesomeOutlined from '@mui/icons-material/AutoAwesomeOutlined';
import FindReplaceOutlined from '@mui/icons-material/FindReplaceOutlined';
import LibraryAddOutlined from '@mui/icons-material/LibraryAddOutlined';
import PlaylistRemoveOutlined from '@mui/icons-material/PlaylistRemoveOutlined';
import ShuffleIcon from '@mui/icons-material/Shuffle';
import TuneOutlined from '@mui/icons-material/TuneOutlined';
import Divider from '@mui/material/Divider';
import ListItemIcon from '@mui/material/ListItemIcon';
import ListItemText from '@mui/material/ListItemText';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import type { ReactNode } from 'react';
import { split as splits } from '#preload/domain/split.ts';
import type { Video } from '#preload/domain/video.ts';
import { t } from '../../language/language.ts';
import { runCommand } from '../../shared/commands.ts';
import { readingWords } from '../../shared/reading-words.ts';
import { splitWords } from '../../shared/split-words.ts';

/** What can be done with one video, where its file is and how it is read. */
export function VideoMenu(props: {
  readonly video: Video;
  readonly at: { readonly top: number; readonly left: number };
  readonly onClose: () => void;
}) {
  const item = (command: string, icon: ReactNode, label: string) => (
    <MenuItem
      onClick={() => {
        props.onClose();
        runCommand(command);
      }}
    >
      <ListItemIcon>{icon}</ListItemIcon>
      <ListItemText>{label}</ListItemText>
    </MenuItem>
  );
  return (
    <Menu
      open
      anchorReference="anchorPosition"
      anchorPosition={props.at}
      onClose={props.onClose}
      slotProps={{ list: { 'aria-label': props.video.name } }}
    >
      {item('videos.propose', <AutoAwesomeOutlined fontSize="small" />, t('Propose segments'))}
      {item(
        'videos.relink',
        <FindReplaceOutlined fontSize="small" />,
        props.video.replaced
          ? t('Find the file as it was…')
          : props.video.missing
            ? t('Find the missing file…')
            : t('Point to another copy…'),
      )}
      {props.video.replaced &&
        item('videos.add-replacement', <LibraryAddOutlined fontSize="small" />, t('Add the new file as a video'))}
      {item('videos.reading', <TuneOutlined fontSize="small" />, t('How it is read…'))}
      <Divider />
      {([...splits.options, null] as const).map((split) => (
        <MenuItem
          key={split}
          role="menuitemradio"
          aria-checked={props.video.split === split}
          onClick={() => {
            props.onClose();
            runCommand(`videos.split-${split ?? 'none'}`);
          }}
        >
          <ListItemIcon>{props.video.split === split && <CheckIcon fontSize="small" />}</ListItemIcon>
          <ListItemText>{split === null ? t('No split') : splitWords[split]}</ListItemText>
        </MenuItem>
      ))}
      {item('splits.draw', <ShuffleIcon fontSize="small" />, t('Deal all videos…'))}
      <Divider />
      {item('videos.remove', <PlaylistRemoveOutlined fontSize="small" />, t('Take out of the project'))}
      <Divider />
      <ListItemText
        primary={props.video.location}
        secondary={readingWords(props.video.facts)}
        sx={{ px: 2, maxWidth: 420, m: 0 }}
        slotProps={{
          primary: { sx: { fontSize: 11.5, color: 'text.secondary', wordBreak: 'break-all', userSelect: 'text' } },
          secondary: { sx: { fontSize: 11.5, userSelect: 'text' } },
        }}
      />
    </Menu>
  );
}
