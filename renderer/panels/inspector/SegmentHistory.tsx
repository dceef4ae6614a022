import { useQuery } from '@tanstack/react-query';
import { api } from '../../backend/client.ts';
import { t } from '../../language/language.ts';
import { foldModelRuns } from '../../shared/fold-model-runs.ts';
import { HistoryEntryRow } from '../../shared/HistoryEntryRow.tsx';
import { useMinuteClock } from '../../ui/minute-clock.ts';
import { VirtualList } from '../../ui/VirtualList.tsx';
import { DetailsPart } from './DetailsPart.tsx';

/** What has happened to a segment; nothing where nothing has. That it was scored anew again and again is one row. */
export function SegmentHistory({ segmentId }: { readonly segmentId: number }) {
  const { data: history = [] } = useQuery(api.history.list.queryOptions({ input: { segmentId, limit: 50 } }));
  const now = useMinuteClock();
  return (
    history.length > 0 && (
      <DetailsPart label={t('History of this segment')}>
        <VirtualList
          label={t('Edits of this segment, newest first')}
          items={foldModelRuns(history)}
          keyOf={(entry) => entry.id}
          rowHeight={29}
          sx={{ mx: -1.5, maxHeight: 232 }}
        >
          {(entry) => <HistoryEntryRow entry={entry} now={now} />}
        </VirtualList>
      </DetailsPart>
    )
  );
}
