import MoreVert from '@mui/icons-material/MoreVert';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { useState } from 'react';
import { t } from '../../language/language.ts';
import { backend } from '../../backend/client.ts';
import { attempt } from '../../shared/notices.ts';
import { IconAction } from '../../ui/IconAction.tsx';
import type { ListedVersion } from './listed-version.ts';
import { exportVersion } from './version-actions.ts';
import { VersionLine } from './VersionLine.tsx';
import { VersionName } from './VersionName.tsx';

/** One version: its name, when and how it was made, what it is worth, and what can be done with it. */
export function VersionRow(props: {
  readonly version: ListedVersion;
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
      label={version.spoken}
      name={
        <VersionName
          name={version.name}
          spoken={version.spoken}
          renaming={renaming}
          onName={(name) => attempt(backend.versions.rename({ versionId: version.key, name }))}
          onDone={() => setRenaming(false)}
        />
      }
      facts={version.facts}
      live={version.live}
      usable={version.usable}
      onUse={props.onUse}
    >
      <IconAction
        label={t('More about {{spoken}}', { spoken: version.spoken })}
        onClick={(event) => setMenuAt(event.currentTarget)}
      >
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
        <MenuItem onClick={choose(() => setRenameNext(true))}>{t('Rename')}</MenuItem>
        <MenuItem disabled={props.onCompare === undefined} onClick={choose(props.onCompare)}>
          {t('Compare…')}
        </MenuItem>
        <MenuItem onClick={choose(() => attempt(exportVersion(version)))}>{t('Export…')}</MenuItem>
        <MenuItem disabled={version.live} onClick={choose(props.onRemove)}>
          {t('Remove…')}
        </MenuItem>
      </Menu>
    </VersionLine>
  );
}
