import CheckCircle from '@mui/icons-material/CheckCircle';
import CancelOutlined from '@mui/icons-material/CancelOutlined';
import Box from '@mui/material/Box';
import type { MouseEventHandler } from 'react';
import type { Segment } from '#preload/domain/segment.ts';
import type { Video } from '#preload/domain/video.ts';
import type { CountedClass } from '../../backend/project-queries.ts';
import { ClassName } from '../../shared/ClassChip.tsx';
import { LoopingClip } from '../../shared/LoopingClip.tsx';
import type { Verdict } from '../../shared/review-queue.ts';
import { digitsFont } from '../../shared/theme.ts';
import { shortDuration } from '../../ui/durations.ts';
import { percent } from '../../ui/quantities.ts';
import { formatShortTime } from '../../ui/timecode.ts';
import { optionAttributes, type OptionPlace } from '../../ui/VirtualListbox.tsx';

export const cardGapPx = 8;
export const captionPx = 38;

/** A segment of the grid: its clip, what it is, where it is from, and for a moment what was decided. */
export function ClipCard(props: {
  readonly segment: Segment;
  readonly actionClass: CountedClass | undefined;
  readonly video: Video | undefined;
  readonly place: Pick<OptionPlace, 'id' | 'index' | 'count' | 'selected'>;
  readonly isActive: boolean;
  readonly verdict: Verdict | null;
  readonly leftPx: number;
  readonly topPx: number;
  readonly widthPx: number;
  readonly onClick: MouseEventHandler;
}) {
  const { segment, actionClass, video, place, verdict } = props;
  const score = segment.score === null ? '' : percent(segment.score);
  const at = `${formatShortTime(segment.startUs, 1)} · ${shortDuration(segment.endUs - segment.startUs)}`;
  return (
    <Box
      {...optionAttributes(place)}
      aria-label={[actionClass?.name, score, at, video?.name, verdict].filter(Boolean).join(', ')}
      onClick={props.onClick}
      style={{ left: props.leftPx, top: props.topPx, width: props.widthPx }}
      sx={{
        position: 'absolute',
        borderRadius: 1,
        overflow: 'hidden',
        cursor: 'pointer',
        bgcolor: place.selected ? 'action.selected' : 'surface.raised',
        outline: (theme) =>
          props.isActive
            ? `2px solid ${theme.palette.primary.main}`
            : place.selected
              ? `1px solid ${theme.palette.primary.main}`
              : `1px solid ${theme.palette.divider}`,
        ...(verdict !== null && { opacity: 0.45 }),
      }}
    >
      <LoopingClip span={segment} video={video} />
      {(place.selected || verdict !== null) && (
        <Box
          aria-hidden
          sx={{
            position: 'absolute',
            top: 4,
            right: 4,
            display: 'flex',
            borderRadius: '50%',
            bgcolor: 'surface.panel',
            color: verdict === 'rejected' ? 'error.main' : verdict === null ? 'primary.main' : 'success.main',
          }}
        >
          {verdict === 'rejected' ? <CancelOutlined fontSize="small" /> : <CheckCircle fontSize="small" />}
        </Box>
      )}
      <Box sx={{ height: captionPx, px: 0.75, py: 0.25, fontSize: 12, lineHeight: 1.35 }}>
        <Box sx={{ display: 'flex', gap: 0.5, alignItems: 'baseline' }}>
          <Box sx={{ flex: 1, minWidth: 0, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }}>
            <ClassName of={actionClass} />
          </Box>
          <Box sx={{ fontFamily: digitsFont, fontSize: 11.5, color: 'text.secondary' }}>{score}</Box>
        </Box>
        <Box
          title={video?.name}
          sx={{
            fontSize: 11,
            color: 'text.secondary',
            overflow: 'hidden',
            textOverflow: 'ellipsis',
            whiteSpace: 'nowrap',
          }}
        >
          {at} · {video?.name}
        </Box>
      </Box>
    </Box>
  );
}
