import Box from '@mui/material/Box';
import Divider from '@mui/material/Divider';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { t } from '../../language/language.ts';
import { ariaKeys } from '../../ui/key-caps.ts';
import { KeyCaps } from '../../ui/KeyCaps.tsx';
import { runCommand, useCommands } from '../../shared/commands.ts';
import { useStudio } from '../../shared/studio-state.ts';

/** Commands by their ids, in groups. What cannot be done now is left out. */
const onSegments = [
  ['review.accept', 'review.reject', 'review.relabel'],
  ['player.play-segment', 'player.loop-segment', 'timeline.fit-segment', 'segments.more-like-this'],
  ['segments.start-to-playhead', 'segments.end-to-playhead', 'segments.split', 'segments.merge'],
  ['segments.copy', 'segments.cut', 'segments.paste', 'segments.duplicate'],
  ['segments.lock', 'segments.remove'],
];
const onTime = [
  ['segments.create', 'timeline.mark-in', 'timeline.mark-out', 'segments.label-video'],
  ['segments.paste', 'segments.paste-in-place', 'segments.windows', 'segments.gaps'],
  ['series.add', 'timeline.show-series'],
  ['classes.review', 'classes.solo', 'timeline.select-all'],
  ['timeline.zoom-in', 'timeline.zoom-out', 'timeline.fit-video'],
];

/** What can be done with the selected segments, or, where none is selected, at the playhead. */
export function TimelineMenu(props: {
  readonly at: { readonly top: number; readonly left: number };
  readonly onClose: () => void;
}) {
  const commands = useCommands();
  const studio = useStudio();
  const count = studio.selectedSegmentIds.length;
  const groups = (count > 0 ? onSegments : onTime)
    .map((ids) => ids.flatMap((id) => commands.find((each) => each.id === id) ?? []))
    .map((group) => group.filter((command) => command.enabled?.(studio) !== false))
    .filter((group) => group.length > 0);
  return (
    <Menu
      open
      anchorReference="anchorPosition"
      anchorPosition={props.at}
      onClose={props.onClose}
      slotProps={{ list: { dense: true, 'aria-label': count > 0 ? t('Selected segments') : t('Timeline') } }}
    >
      {groups.flatMap((group, index) => [
        ...(index > 0 ? [<Divider key={`before ${group[0]!.id}`} />] : []),
        ...group.map((command) => (
          <MenuItem
            key={command.id}
            aria-keyshortcuts={command.keys.length > 0 ? ariaKeys(command.keys) : undefined}
            onClick={() => {
              props.onClose();
              // Once the menu is gone, which gives the focus back to the timeline.
              setTimeout(() => runCommand(command.id));
            }}
            sx={{ gap: 3, justifyContent: 'space-between' }}
          >
            {command.label}
            <Box aria-hidden component="span" sx={{ color: 'text.secondary' }}>
              {command.keys[0] !== undefined && <KeyCaps keys={command.keys[0]} />}
            </Box>
          </MenuItem>
        )),
      ])}
    </Menu>
  );
}
