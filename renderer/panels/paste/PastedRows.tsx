import Box from '@mui/material/Box';
import type { PastedTable } from '#preload/domain/new-segment.ts';
import { t } from '../../language/language.ts';
import { useClassesById } from '../../backend/project-queries.ts';
import { ClassName } from '../../shared/ClassChip.tsx';
import { formatTimecode } from '../../ui/timecode.ts';
import { VirtualList } from '../../ui/VirtualList.tsx';
import { segmentStateSaid } from '../../shared/segment-words.ts';

/** Each segment as it would be, its times on frames of the video. */
export function PastedRows({ rows }: { readonly rows: PastedTable['rows'] }) {
  const classes = useClassesById();
  if (rows.length === 0) return null;
  const items = rows.map((row, index) => ({ row, index }));
  return (
    <Box sx={{ height: 220, display: 'flex', border: 1, borderColor: 'divider', borderRadius: 1 }}>
      <VirtualList label={t('Segments that would be made')} items={items} keyOf={({ index }) => index} rowHeight={28}>
        {({ row }) => (
          <Box
            sx={{
              display: 'grid',
              gridTemplateColumns: 'minmax(80px, 1.4fr) minmax(180px, 1fr) 76px minmax(0, 1fr)',
              gap: 1.5,
              px: 1.5,
              py: 0.5,
              fontSize: 12.5,
              alignItems: 'center',
            }}
          >
            {typeof row.class === 'number' ? (
              <ClassName of={classes.get(row.class)} />
            ) : (
              <Box component="span" sx={{ overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }}>
                {row.class}{' '}
                <Box component="span" sx={{ color: 'warning.main' }}>
                  {t('new')}
                </Box>
              </Box>
            )}
            <span>
              {formatTimecode(row.startUs)} – {formatTimecode(row.endUs)}
            </span>
            <Box component="span" sx={{ color: 'text.secondary' }}>
              {segmentStateSaid[row.state]}
            </Box>
            <Box
              component="span"
              sx={{ color: row.cut ? 'warning.main' : 'text.secondary', overflow: 'hidden', textOverflow: 'ellipsis' }}
            >
              {row.cut ? t('cut at the edge of the video') : row.note}
            </Box>
          </Box>
        )}
      </VirtualList>
    </Box>
  );
}
