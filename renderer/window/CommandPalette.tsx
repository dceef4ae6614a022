import Box from '@mui/material/Box';
import Dialog from '@mui/material/Dialog';
import InputBase from '@mui/material/InputBase';
import { useEffect, useId, useMemo, useState, type KeyboardEvent } from 'react';
import { t } from '../language/language.ts';
import { KeyCaps } from '../ui/KeyCaps.tsx';
import { useRowHeight } from '../ui/row-height.ts';
import { ListOption, optionId, VirtualListbox } from '../ui/VirtualListbox.tsx';
import type { findHelp as findHelpIn } from '../panels/help/find-help.ts';
import type { Command } from '../shared/command.ts';
import { execute, runCommand, useCommands } from '../shared/commands.ts';
import { helpFinds, paletteFinds, segmentFinds } from './palette-finds.ts';
import { rankCommands } from './rank-commands.ts';
import { useStudio } from '../shared/studio-state.ts';
import { groupNames } from '../shared/command.ts';

const rowHeight = 34;
const optionName = 'palette';

const withoutProject: ReadonlySet<string> = new Set([
  'project.new',
  'project.open',
  'window.models',
  'window.settings',
  'window.keys',
]);

type FindHelp = typeof findHelpIn;
const mostHelp = 5;

/** Every command by its name, and what the project and the help hold: type a few letters, Enter runs the first that fits. */
export function CommandPalette({
  onClose,
  hasProject,
}: {
  readonly onClose: () => void;
  readonly hasProject: boolean;
}) {
  const listId = useId();
  const [typed, setTyped] = useState('');
  const [active, setActive] = useState(0);
  const shownRowHeight = useRowHeight(rowHeight);
  const studio = useStudio();
  const able = useCommands().filter(
    (command) =>
      command.hidden !== true &&
      command.id !== 'window.palette' &&
      (hasProject || withoutProject.has(command.id)) &&
      command.enabled?.(studio) !== false,
  );
  // Of thousands of videos only those that were meant.
  const finds = useMemo(() => (typed.trim() === '' ? [] : paletteFinds(hasProject)), [typed, hasProject]);
  const segments = useMemo(() => (hasProject ? segmentFinds(typed) : []), [typed, hasProject]);
  const [findHelp, setFindHelp] = useState<FindHelp | null>(null);
  useEffect(() => {
    let closed = false;
    // Its chapters are large and seldom needed.
    void import('../panels/help/find-help.ts').then((help) => closed || setFindHelp(() => help.findHelp));
    return () => {
      closed = true;
    };
  }, []);
  const help = useMemo(() => helpFinds((findHelp?.(typed, 'exactly') ?? []).slice(0, mostHelp)), [findHelp, typed]);
  // What is found is at the end: a command by its name comes first.
  const found = [...rankCommands([...able, ...finds, ...segments], typed), ...help];
  const run = (command: Command | undefined): void => {
    onClose();
    // After the dialog is gone: the command may open another, or move the focus.
    if (command) setTimeout(() => (command.id.startsWith('find.') ? execute(command) : runCommand(command.id)));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0 && found.length > 0) {
      event.preventDefault();
      setActive((active + step + found.length) % found.length);
    } else if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      event.preventDefault();
      run(found[active]);
    }
  };
  return (
    <Dialog
      open
      onClose={onClose}
      fullWidth
      maxWidth="sm"
      sx={{ '& .MuiDialog-container': { alignItems: 'flex-start', pt: '10vh' } }}
      slotProps={{ paper: { 'aria-label': t('Command palette'), sx: { maxHeight: '70vh', m: 0 } } }}
    >
      <InputBase
        autoFocus
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setActive(0);
        }}
        onKeyDown={onKeyDown}
        placeholder={t('What do you want to do?')}
        slotProps={{
          input: {
            role: 'combobox',
            'aria-label': t('Command'),
            'aria-expanded': true,
            'aria-controls': listId,
            'aria-activedescendant': found[active] && optionId(optionName, found[active].id),
          },
        }}
        sx={{ px: 2, py: 1.25, fontSize: 15, borderBottom: 1, borderColor: 'divider' }}
      />
      <VirtualListbox
        fieldsListId={listId}
        label={t('Commands')}
        name={optionName}
        items={found}
        keyOf={(command) => command.id}
        rowHeight={rowHeight}
        activeIndex={active}
        sx={{ height: `min(${found.length * shownRowHeight}px, 55vh)`, overflowY: 'auto' }}
      >
        {(command, place) => (
          <ListOption
            key={command.id}
            place={place}
            keys={command.keys}
            onClick={() => run(command)}
            sx={{ px: 2, fontSize: 13 }}
          >
            <Box sx={{ flex: 1 }}>{command.label}</Box>
            <Box sx={{ color: 'text.secondary', fontSize: 12 }}>{groupNames[command.group]}</Box>
            <Box sx={{ minWidth: 84, display: 'flex', justifyContent: 'flex-end', color: 'text.secondary' }}>
              {command.keys[0] !== undefined && <KeyCaps keys={command.keys[0]} />}
            </Box>
          </ListOption>
        )}
      </VirtualListbox>
      {found.length === 0 && (
        <Box sx={{ px: 2, py: 1.5, fontSize: 13, color: 'text.secondary' }}>{t('Nothing has that name.')}</Box>
      )}
    </Dialog>
  );
}
