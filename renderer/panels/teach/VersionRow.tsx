import MoreVert from '@mui/icons-material/MoreVert';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { useState } from 'react';
import type { TunedVersion } from '#preload/domain/tuning.ts';
import { choosePlaces } from '../../app/choose-places.ts';
import { attempt, notify } from '../../app/notices.ts';
import { backend } from '../../backend/client.ts';
import { IconAction } from '../../ui/IconAction.tsx';
import { VersionLine } from './VersionLine.tsx';
import { VersionName } from './VersionName.tsx';
import { momentWords, presetWords, worthWords } from './version-words.ts';

/** One version: its name, when and how it was made, what it is worth, and what can be done with it. */
export function VersionRow(props: {
  readonly version: TunedVersion;
  readonly onUse: () => void;
  /** Left out where there is no other to compare with. */
  readonly onCompare?: () => void;
  readonly onRemove: () => void;
}) {
  const { version } = props;
  const [menuAt, setMenuAt] = useState<HTMLElement | null>(null);
  const [renameNext, setRenameNext] = useState(false);
  const [renaming, setRenaming] = useState(false);
  const startRenaming = (): void => {
    setRenaming(renameNext);
    setRenameNext(false);
  };
  const choose = (action: (() => void) | undefined) => () => {
    setMenuAt(null);
    action?.();
  };
  return (
    <VersionLine
      label={version.name}
      name={<VersionName version={version} renaming={renaming} onDone={() => setRenaming(false)} />}
      facts={[
        `${momentWords(version.createdAt)} · ${presetWords[version.preset].name}`,
        worthWords(version.heldOut),
        ...(version.usable ? [] : [`for the model ${version.model}`]),
      ]}
      live={version.live}
      usable={version.usable}
      onUse={props.onUse}
    >
      <IconAction label={`More about ${version.name}`} onClick={(event) => setMenuAt(event.currentTarget)}>
        <MoreVert fontSize="small" />
      </IconAction>
      <Menu
        anchorEl={menuAt}
        open={menuAt !== null}
        onClose={() => setMenuAt(null)}
        disableRestoreFocus={renameNext}
        // The field of a new name takes the focus, which a menu gives up only once it has gone.
        slotProps={{ transition: { onExited: startRenaming } }}
      >
        <MenuItem onClick={choose(() => setRenameNext(true))}>Rename</MenuItem>
        <MenuItem disabled={props.onCompare === undefined} onClick={choose(props.onCompare)}>
          Compare…
        </MenuItem>
        <MenuItem onClick={choose(() => attempt(exportVersion(version)))}>Export…</MenuItem>
        <MenuItem disabled={version.live} onClick={choose(props.onRemove)}>
          Remove…
        </MenuItem>
      </Menu>
    </VersionLine>
  );
}

async function exportVersion({ id, name }: TunedVersion): Promise<void> {
  const [place] = await choosePlaces('folder');
  if (place === undefined) return;
  const { path } = await backend.tuning.export({ versionId: id, place });
  notify(`${name} was saved as ${path}`, 'success');
}
