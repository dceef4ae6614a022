import CheckCircle from '@mui/icons-material/CheckCircle';
import MoreVert from '@mui/icons-material/MoreVert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { useState } from 'react';
import type { TunedVersion } from '#preload/domain/tuning.ts';
import { choosePlaces } from '../../app/choose-places.ts';
import { attempt, notify } from '../../app/notices.ts';
import { backend } from '../../backend/client.ts';
import { IconAction } from '../../ui/IconAction.tsx';
import { VersionName } from './VersionName.tsx';
import { momentWords, percentWords, presetWords } from './version-words.ts';

/** One version: its name, when and how it was made, what it is worth, and what can be done with it. */
export function VersionRow(props: {
  readonly version: TunedVersion;
  readonly onUse: () => void;
  readonly onCompare: () => void;
  readonly onRemove: () => void;
}) {
  const { version } = props;
  const [menuAt, setMenuAt] = useState<HTMLElement | null>(null);
  const [renaming, setRenaming] = useState(false);
  const { tuned } = version.heldOut;
  const choose = (action: () => void) => () => {
    setMenuAt(null);
    action();
  };
  return (
    <Box component="li" aria-label={version.name} aria-current={version.live ? 'true' : undefined} sx={versionRowSx}>
      <Mark live={version.live} />
      <Box sx={{ flex: 1, minWidth: 0 }}>
        <Box sx={{ display: 'flex', minWidth: 0 }}>
          <VersionName version={version} renaming={renaming} onDone={() => setRenaming(false)} />
        </Box>
        <Box sx={factSx}>
          {momentWords(version.createdAt)} · {presetWords[version.preset].name}
        </Box>
        <Box sx={factSx}>
          {tuned.count === 0
            ? 'nothing held back to check it on'
            : `${percentWords(tuned.accuracy)} right · log loss ${tuned.logLoss.toFixed(3)}`}
          {!version.usable && ` · for ${version.model}`}
        </Box>
      </Box>
      {!version.live && (
        <Button color="inherit" disabled={!version.usable} aria-label={`Use ${version.name}`} onClick={props.onUse}>
          Use
        </Button>
      )}
      <IconAction label={`More about ${version.name}`} onClick={(event) => setMenuAt(event.currentTarget)}>
        <MoreVert fontSize="small" />
      </IconAction>
      <Menu
        anchorEl={menuAt}
        open={menuAt !== null}
        onClose={() => setMenuAt(null)}
        // The field of a new name takes the focus; a closing menu must not take it back.
        disableRestoreFocus={renaming}
      >
        <MenuItem onClick={choose(() => setRenaming(true))}>Rename</MenuItem>
        <MenuItem onClick={choose(props.onCompare)}>Compare…</MenuItem>
        <MenuItem onClick={choose(() => attempt(exportVersion(version)))}>Export…</MenuItem>
        <MenuItem disabled={version.live} onClick={choose(props.onRemove)}>
          Remove…
        </MenuItem>
      </Menu>
    </Box>
  );
}

/** Names alone and what corrections say at once: what there is before any teaching, and always to go back to. */
export function ZeroShotRow({ live, onUse }: { readonly live: boolean; readonly onUse: () => void }) {
  return (
    <Box component="li" aria-label="Zero-shot" aria-current={live ? 'true' : undefined} sx={versionRowSx}>
      <Mark live={live} />
      <Box sx={{ flex: 1, minWidth: 0 }}>
        <Box sx={{ fontWeight: 550 }}>Zero-shot</Box>
        <Box sx={factSx}>the names as typed, and corrections at once</Box>
      </Box>
      {!live && (
        <Button color="inherit" aria-label="Go back to zero-shot" onClick={onUse}>
          Use
        </Button>
      )}
    </Box>
  );
}

function Mark({ live }: { readonly live: boolean }) {
  return (
    <Box sx={{ width: 18, display: 'flex', alignSelf: 'flex-start', pt: '2px' }}>
      {live && <CheckCircle titleAccess="in use" sx={{ fontSize: 16, color: 'success.main' }} />}
    </Box>
  );
}

async function exportVersion({ id, name }: TunedVersion): Promise<void> {
  const [place] = await choosePlaces('folder');
  if (place === undefined) return;
  const { path } = await backend.tuning.export({ versionId: id, place });
  notify(`${name} was saved as ${path}`, 'success');
}

const versionRowSx = {
  display: 'flex',
  alignItems: 'center',
  gap: 0.5,
  minHeight: 60,
  py: 0.5,
  borderTop: 1,
  borderColor: 'divider',
  fontSize: 13,
} as const;

const factSx = {
  fontSize: 11.5,
  color: 'text.secondary',
  overflow: 'hidden',
  textOverflow: 'ellipsis',
  whiteSpace: 'nowrap',
} as const;
