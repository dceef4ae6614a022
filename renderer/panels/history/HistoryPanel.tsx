import FlagOutlined from '@mui/icons-material/FlagOutlined';
import HistoryOutlined from '@mui/icons-material/HistoryOutlined';
import { useQuery } from '@tanstack/react-query';
import { t } from '../../language/language.ts';
import { runCommand } from '../../shared/commands.ts';
import { UndoButtons } from '../../shared/UndoButtons.tsx';
import { FailureNote } from '../../shared/FailureNote.tsx';
import { useStudio } from '../../shared/studio-state.ts';
import { useMinuteClock } from '../../ui/minute-clock.ts';
import { HistoryEntryRow } from '../../shared/HistoryEntryRow.tsx';
import { api } from '../../backend/client.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { PanelFrame } from '../../ui/PanelFrame.tsx';
import { RowsSkeleton } from '../../ui/RowsSkeleton.tsx';
import { VirtualList } from '../../ui/VirtualList.tsx';
import { IconAction } from '../../ui/IconAction.tsx';
import { foldModelRuns } from '../../shared/fold-model-runs.ts';
import { RestorePointRow } from './RestorePointRow.tsx';
import { withPoints } from './with-points.ts';

/**
 * Everything that was done to the annotations, by people, models and imports; undo and redo walk along the people's part.
 * Restore points stand where they were set.
 */
export function HistoryPanel() {
  const history = useQuery(api.history.list.queryOptions({ input: { limit: 200 } }));
  const points = useQuery(api.history.points.queryOptions());
  const now = useMinuteClock();
  const rows = history.data && withPoints(foldModelRuns(history.data), points.data ?? []);
  return (
    <PanelFrame
      title={t('History')}
      scope="history"
      tools={
        <>
          <IconAction label={t('Set a restore point')} onClick={() => runCommand('history.set-point')}>
            <FlagOutlined fontSize="small" />
          </IconAction>
          <UndoButtons />
        </>
      }
    >
      {history.isError ? (
        <FailureNote error={history.error} onRetry={() => void history.refetch()} />
      ) : rows === undefined ? (
        <RowsSkeleton rows={6} height={28} label={t('Loading the history')} />
      ) : rows.length === 0 ? (
        <EmptyState icon={<HistoryOutlined />} title={t('Nothing done yet')}>
          {t('Each edit is kept here and can be undone, also after a restart.')}
        </EmptyState>
      ) : (
        <VirtualList
          label={t('Edits, newest first')}
          items={rows}
          keyOf={({ key }) => key}
          rowHeight={29}
          sx={{ py: 0.5 }}
        >
          {({ entry, point }) =>
            point === null ? (
              <HistoryEntryRow entry={entry} now={now} />
            ) : (
              <RestorePointRow
                point={point}
                now={now}
                onLook={() => useStudio.getState().show({ lookedAtPoint: point.id })}
              />
            )
          }
        </VirtualList>
      )}
    </PanelFrame>
  );
}
