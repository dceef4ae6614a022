import HistoryOutlined from '@mui/icons-material/HistoryOutlined';
import { useQuery } from '@tanstack/react-query';
import { UndoButtons } from '../../shared/UndoButtons.tsx';
import { FailureNote } from '../../shared/FailureNote.tsx';
import { useMinuteClock } from '../../ui/minute-clock.ts';
import { HistoryEntryRow } from '../../shared/HistoryEntryRow.tsx';
import { api } from '../../backend/client.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { PanelFrame } from '../../ui/PanelFrame.tsx';
import { RowsSkeleton } from '../../ui/RowsSkeleton.tsx';
import { VirtualList } from '../../ui/VirtualList.tsx';
import { foldModelRuns } from './fold-model-runs.ts';

/** Everything that was done to the annotations, by people, models and imports; undo and redo walk along the people's part. */
export function HistoryPanel() {
  const history = useQuery(api.history.list.queryOptions({ input: { limit: 200 } }));
  const now = useMinuteClock();
  return (
    <PanelFrame title="History" scope="history" tools={<UndoButtons />}>
      {history.isError ? (
        <FailureNote error={history.error} onRetry={() => void history.refetch()} />
      ) : !history.data ? (
        <RowsSkeleton rows={6} height={28} label="Loading the history" />
      ) : history.data.length === 0 ? (
        <EmptyState icon={<HistoryOutlined />} title="Nothing done yet">
          Each edit is kept here and can be undone, also after a restart.
        </EmptyState>
      ) : (
        <VirtualList
          label="Edits, newest first"
          items={foldModelRuns(history.data)}
          keyOf={(entry) => entry.id}
          rowHeight={29}
          sx={{ py: 0.5 }}
        >
          {(entry) => <HistoryEntryRow entry={entry} now={now} />}
        </VirtualList>
      )}
    </PanelFrame>
  );
}
