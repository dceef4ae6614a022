import HistoryOutlined from '@mui/icons-material/HistoryOutlined';
import Box from '@mui/material/Box';
import { useQuery } from '@tanstack/react-query';
import { UndoButtons } from '../../shared/UndoButtons.tsx';
import { FailureNote } from '../../shared/FailureNote.tsx';
import { HistoryList } from '../../shared/HistoryList.tsx';
import { api } from '../../backend/client.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { PanelFrame } from '../../ui/PanelFrame.tsx';
import { RowsSkeleton } from '../../ui/RowsSkeleton.tsx';

/** Everything that was done to the annotations, by people, models and imports; undo and redo walk along the people's part. */
export function HistoryPanel() {
  const history = useQuery(api.history.list.queryOptions({ input: { limit: 200 } }));
  return (
    <PanelFrame title="History" scope="review" tools={<UndoButtons />}>
      {history.isError ? (
        <FailureNote error={history.error} onRetry={() => void history.refetch()} />
      ) : !history.data ? (
        <RowsSkeleton rows={6} height={28} label="Loading the history" />
      ) : history.data.length === 0 ? (
        <EmptyState icon={<HistoryOutlined />} title="Nothing done yet">
          Each edit is kept here and can be undone, also after a restart.
        </EmptyState>
      ) : (
        <Box tabIndex={0} sx={{ overflowY: 'auto', flex: 1, minHeight: 0, py: 0.5 }}>
          <HistoryList entries={history.data} label="Edits, newest first" />
        </Box>
      )}
    </PanelFrame>
  );
}
