import AutoAwesomeOutlined from '@mui/icons-material/AutoAwesomeOutlined';
import ExpandMore from '@mui/icons-material/ExpandMore';
import InputOutlined from '@mui/icons-material/InputOutlined';
import OutputOutlined from '@mui/icons-material/OutputOutlined';
import SearchOutlined from '@mui/icons-material/SearchOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Chip from '@mui/material/Chip';
import Menu from '@mui/material/Menu';
import { visuallyHidden } from '@mui/utils';
import MenuItem from '@mui/material/MenuItem';
import { useState } from 'react';
import { t } from '../language/language.ts';
import { PeopleHere } from './PeopleHere.tsx';
import { useProject } from '../backend/project-queries.ts';
import { ariaKeys } from '../ui/key-caps.ts';
import { KeyCaps } from '../ui/KeyCaps.tsx';
import { CommandIcon } from '../shared/CommandIcon.tsx';
import { runCommand, useCommandKeys } from '../shared/commands.ts';
import { tourAnchor } from '../shared/tour-anchors.ts';
import { UndoButtons } from '../shared/UndoButtons.tsx';

const projectMenu = [
  ['project.new', t('New project…')],
  ['project.open', t('Open project…')],
  ['project.close', t('Close project')],
] as const;

/** The strip at the top: the project, undo and redo, the one large verb (propose), what goes in and out. */
export function StudioHeader() {
  const { data: project } = useProject();
  const [menuAt, setMenuAt] = useState<HTMLElement | null>(null);
  const paletteKeys = useCommandKeys('window.palette')[0];
  return (
    <Box
      component="header"
      sx={{
        height: 44,
        flexShrink: 0,
        display: 'flex',
        alignItems: 'center',
        gap: 0.5,
        px: 1,
        borderBottom: 1,
        borderColor: 'divider',
        bgcolor: 'surface.panel',
      }}
    >
      <Box component="h1" sx={visuallyHidden}>
        {project ? t('{{name}} in Cuepoint', { name: project.name }) : 'Cuepoint'}
      </Box>
      <Button
        color="inherit"
        aria-haspopup="menu"
        aria-label={t('Project {{name}}', { name: project?.name ?? '' })}
        title={project?.location}
        endIcon={<ExpandMore fontSize="small" />}
        onClick={(event) => setMenuAt(event.currentTarget)}
        sx={{
          fontSize: 14,
          maxWidth: 280,
          '& .name': { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
        }}
      >
        <span className="name">{project?.name ?? '…'}</span>
      </Button>
      <Menu anchorEl={menuAt} open={menuAt !== null} onClose={() => setMenuAt(null)}>
        {projectMenu.map(([command, label]) => (
          <MenuItem
            key={command}
            onClick={() => {
              setMenuAt(null);
              runCommand(command);
            }}
          >
            {label}
          </MenuItem>
        ))}
      </Menu>
      {project?.readOnly && (
        <Chip label={t('Read-only')} color="warning" variant="outlined" size="small" sx={{ mr: 1 }} />
      )}
      <UndoButtons />
      <Box sx={{ flex: 1, display: 'flex', justifyContent: 'center', minWidth: 0 }}>
        <Button
          color="inherit"
          startIcon={<SearchOutlined fontSize="small" />}
          aria-keyshortcuts={paletteKeys && ariaKeys([paletteKeys])}
          onClick={() => runCommand('window.palette')}
          sx={{
            width: '100%',
            maxWidth: 340,
            justifyContent: 'flex-start',
            color: 'text.secondary',
            fontWeight: 400,
            border: 1,
            borderColor: 'divider',
            bgcolor: 'surface.base',
            whiteSpace: 'nowrap',
            overflow: 'hidden',
          }}
        >
          {t('Do anything…')}
          <Box sx={{ ml: 'auto' }}>{paletteKeys !== undefined && <KeyCaps keys={paletteKeys} />}</Box>
        </Button>
      </Box>
      <PeopleHere />
      <CommandIcon command="transfer.import">
        <InputOutlined fontSize="small" />
      </CommandIcon>
      <CommandIcon command="transfer.export" hold={tourAnchor('export')}>
        <OutputOutlined fontSize="small" />
      </CommandIcon>
      <Button
        ref={tourAnchor('propose')}
        variant="contained"
        startIcon={<AutoAwesomeOutlined fontSize="small" />}
        onClick={() => runCommand('analysis.propose')}
        sx={{ ml: 0.5, flexShrink: 0 }}
      >
        {t('Propose')}
      </Button>
    </Box>
  );
}
