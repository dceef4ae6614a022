import Box from '@mui/material/Box';
import { create } from 'zustand';
import { ClassName } from '../../shared/ClassChip.tsx';
import { useLongerThanPoint } from '../../backend/longer-than-point.ts';
import { useClassesById } from '../../backend/project-queries.ts';
import { formatTimecode } from '../../ui/timecode.ts';
import { digitsFont, whileMouseWorks } from '../../shared/theme.ts';
import type { Hit } from './hit-test.ts';
import { shortDuration } from '../../ui/durations.ts';
import { percent } from '../../ui/quantities.ts';
import { t } from '../../language/language.ts';
import { segmentStateSaid } from '../../shared/segment-words.ts';

/** What the pointer rests on; set at pointer rate, read by the tooltip alone. */
export const useHovered = create<{
  readonly hovered: { readonly hit: Hit; readonly clientX: number; readonly clientY: number } | null;
}>(() => ({ hovered: null }));

const madeBy = { human: t('drawn by hand'), model: t('proposed by'), import: t('imported') } as const;

/** Class, times, state and maker of the segment under the pointer. */
export function SegmentTooltip() {
  const hovered = useHovered((state) => state.hovered);
  const classes = useClassesById();
  const isLonger = useLongerThanPoint(hovered?.hit.kind === 'segment' ? hovered.hit.segment : null);
  if (hovered?.hit.kind !== 'segment') return null;
  const { segment } = hovered.hit;
  const { source } = segment;
  // One from before its class was made points is as long as it was.
  const isPoint = classes.get(segment.classId)?.kind === 'point' && !isLonger;
  return (
    <Box
      role="presentation"
      sx={{
        ...whileMouseWorks,
        position: 'fixed',
        zIndex: 'tooltip',
        pointerEvents: 'none',
        left: Math.min(hovered.clientX + 14, globalThis.innerWidth - 270),
        bottom: globalThis.innerHeight - hovered.clientY + 14,
        width: 'max-content',
        maxWidth: 256,
        px: 1.25,
        py: 0.75,
        borderRadius: 1.5,
        border: 1,
        borderColor: 'divider',
        bgcolor: 'background.paper',
        boxShadow: 4,
        fontSize: 12,
        lineHeight: 1.5,
      }}
    >
      <Box sx={{ fontWeight: 650, display: 'flex' }}>
        <ClassName whole of={classes.get(segment.classId)} />
      </Box>
      <Box sx={{ fontFamily: digitsFont, fontSize: 11 }}>
        {formatTimecode(segment.startUs)}
        {!isPoint && ` – ${formatTimecode(segment.endUs)}`}
      </Box>
      <Box sx={{ color: 'text.secondary' }}>
        {isPoint ? t('one frame') : shortDuration(segment.endUs - segment.startUs)} · {segmentStateSaid[segment.state]}
        {segment.locked && t(' · locked')}
        {segment.score !== null && ` ${t('· score {{score}}', { score: percent(segment.score) })}`}
      </Box>
      <Box sx={{ color: 'text.secondary', overflowWrap: 'anywhere' }}>
        {madeBy[source.kind]}
        {source.kind === 'model' && ` ${source.model}, ${source.version}`}
        {source.kind === 'model' && source.scorer && t(', X-CLIP {{model}}', { model: source.scorer.model })}
        {source.kind === 'import' && ` ${t('from {{format}}', { format: source.format })}`}
      </Box>
      {segment.note !== '' && <Box>{segment.note}</Box>}
    </Box>
  );
}
