import Box from '@mui/material/Box';
import { useMemo } from 'react';
import type { Segment } from '#preload/domain/segment.ts';
import { t } from '../../language/language.ts';
import { firstAbove, reachOf } from '../../shared/interval-lookup.ts';
import { useScoreThreshold } from '../../shared/score-threshold.ts';
import { isShown } from '../../shared/shown-segments.ts';
import { useClassesById, useSegments } from '../../backend/project-queries.ts';
import { rowsOf } from '../../backend/segment-order.ts';
import { usePlayhead } from '../../playback/playback.ts';
import { percent } from '../../ui/quantities.ts';

/** Those going on at a time, found without a look at each: the playhead moves at display rate. */
function segmentsAt(segments: readonly Segment[], reachUs: Float64Array, timeUs: number): Segment[] {
  const going: Segment[] = [];
  for (
    let index = firstAbove(reachUs, timeUs);
    index < segments.length && segments[index]!.startUs <= timeUs;
    index += 1
  )
    if (timeUs < segments[index]!.endUs) going.push(segments[index]!);
  return going;
}

const noSegments: readonly Segment[] = [];
const mostLabels = 6;

/** Which actions are going on at the frame on screen: accepted ones filled, proposals outlined. */
export function LabelsOnNow({ videoId }: { readonly videoId: number }) {
  const { data: segments = noSegments } = useSegments(videoId);
  const classes = useClassesById();
  const threshold = useScoreThreshold();
  const reachUs = useMemo(() => reachOf(segments), [segments]);
  // A string, so that the component is drawn again only when the set changes, not at every frame.
  const now = usePlayhead(({ timeUs }) =>
    segmentsAt(segments, reachUs, timeUs)
      // Asked of those alone that are going on: of all there may be a hundred thousand, and each edit brings a new list.
      .filter((segment) => isShown(segment, { threshold, rejected: false }))
      .map((segment) => segment.id)
      .join(),
  );
  const labels = useMemo(() => {
    const perClass = new Map<number, Segment>();
    for (const segment of rowsOf(segments, now.split(',').map(Number)).values()) {
      const before = perClass.get(segment.classId);
      if (!before || (before.state === 'proposed' && segment.state === 'accepted'))
        perClass.set(segment.classId, segment);
    }
    return [...perClass.values()];
  }, [now, segments]);

  return (
    <Box
      component="ul"
      aria-label={t('Actions at this frame')}
      sx={{
        position: 'absolute',
        left: 8,
        right: 8,
        bottom: 'calc(8px + var(--over-picture, 0px))',
        m: 0,
        p: 0,
        display: 'flex',
        flexWrap: 'wrap',
        gap: 0.5,
        listStyle: 'none',
        pointerEvents: 'none',
      }}
    >
      {labels.slice(0, mostLabels).map((segment) => {
        const actionClass = classes.get(segment.classId);
        if (!actionClass) return null;
        const accepted = segment.state === 'accepted';
        return (
          <Box
            component="li"
            key={segment.classId}
            sx={{
              display: 'flex',
              alignItems: 'center',
              gap: 0.75,
              maxWidth: 240,
              px: 0.875,
              borderRadius: 1,
              fontSize: 12,
              lineHeight: '20px',
              color: '#fff',
              bgcolor: 'rgba(0, 0, 0, 0.62)',
            }}
          >
            <Box
              component="span"
              sx={{
                width: 9,
                height: 9,
                flexShrink: 0,
                borderRadius: '2px',
                border: `2px solid ${actionClass.colour}`,
                bgcolor: accepted ? actionClass.colour : 'transparent',
              }}
            />
            <Box component="span" sx={{ overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }}>
              {actionClass.name}
            </Box>
            {!accepted && segment.score !== null && (
              <Box component="span" sx={{ opacity: 0.75, fontVariantNumeric: 'tabular-nums' }}>
                {percent(segment.score)}
              </Box>
            )}
          </Box>
        );
      })}
      {labels.length > mostLabels && (
        <Box
          component="li"
          sx={{
            px: 0.75,
            borderRadius: 1,
            fontSize: 12,
            lineHeight: '20px',
            color: '#fff',
            bgcolor: 'rgba(0, 0, 0, 0.62)',
          }}
        >
          +{labels.length - mostLabels}
        </Box>
      )}
    </Box>
  );
}
