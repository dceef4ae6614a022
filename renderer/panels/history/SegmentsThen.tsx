import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import Typography from '@mui/material/Typography';
import type { LookBack } from '#preload/contract/history.ts';
import { t } from '../../language/language.ts';
import { showMoment } from '../../shared/show-moment.ts';
import { shortDuration } from '../../ui/durations.ts';
import { formatShortTime } from '../../ui/timecode.ts';
import { VirtualList } from '../../ui/VirtualList.tsx';
import { segmentStateSaid } from '../../shared/segment-words.ts';

const words = { back: t('comes back'), gone: t('goes away'), changed: t('was otherwise') } as const;

/** The segments that differ, as they were then; choosing one shows its place in its video. */
export function SegmentsThen({ seen, onShown }: { readonly seen: LookBack; readonly onShown: () => void }) {
  const { segments, segmentCount } = seen;
  return (
    <Box sx={{ display: 'grid', gap: 0.5 }}>
      <Typography variant="subtitle2">
        {t('As it was then{{segments}}', {
          segments:
            segments.length < segmentCount
              ? t(': the first {{segments}} of {{segmentCount}}', { segments: segments.length, segmentCount })
              : '',
        })}
      </Typography>
      <Box sx={{ height: Math.min(220, 30 * segments.length), display: 'flex', border: 1, borderColor: 'divider' }}>
        <VirtualList label={t('Segments as they were')} items={segments} keyOf={({ id }) => id} rowHeight={30}>
          {(row) => (
            <ButtonBase
              sx={{
                width: '100%',
                display: 'flex',
                gap: 1.5,
                px: 1,
                py: 0.5,
                font: 'inherit',
                fontSize: 12.5,
                textAlign: 'start',
              }}
              onClick={() => {
                showMoment(row.videoId, row, 'seek');
                onShown();
              }}
            >
              <Box sx={{ width: 96, flexShrink: 0, color: 'text.secondary' }}>{words[row.becomes]}</Box>
              <Box sx={{ flex: 1, minWidth: 0, overflowWrap: 'anywhere' }}>
                {row.className}, {segmentStateSaid[row.state]}
              </Box>
              <Box sx={{ color: 'text.secondary', overflowWrap: 'anywhere' }}>
                {row.videoName} · {formatShortTime(row.startUs, 1)} · {shortDuration(row.endUs - row.startUs)}
              </Box>
            </ButtonBase>
          )}
        </VirtualList>
      </Box>
    </Box>
  );
}
