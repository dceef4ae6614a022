import RedoOutlined from '@mui/icons-material/RedoOutlined';
import UndoOutlined from '@mui/icons-material/UndoOutlined';
import { useQuery } from '@tanstack/react-query';
import type { Told } from '#preload/domain/saying.ts';
import { api } from '../backend/client.ts';
import { t } from '../language/language.ts';
import { said } from '../language/said.ts';
import { IconAction } from '../ui/IconAction.tsx';
import { runCommand, useCommandKeys } from './commands.ts';

/** Undo and redo, each saying what it would take back or do again. */
export function UndoButtons() {
  const { data: history } = useQuery(api.history.state.queryOptions());
  const undoKeys = useCommandKeys('history.undo');
  const redoKeys = useCommandKeys('history.redo');
  const label = (verb: string, what: Told | null | undefined): string =>
    what == null ? verb : `${verb}: ${said(what)}`;
  return (
    <>
      <IconAction
        label={label(t('Undo'), history?.undo)}
        keys={undoKeys}
        disabled={history?.undo == null}
        onClick={() => runCommand('history.undo')}
      >
        <UndoOutlined fontSize="small" />
      </IconAction>
      <IconAction
        label={label(t('Redo'), history?.redo)}
        keys={redoKeys}
        disabled={history?.redo == null}
        onClick={() => runCommand('history.redo')}
      >
        <RedoOutlined fontSize="small" />
      </IconAction>
    </>
  );
}
