import Box from '@mui/material/Box';
import { useMemo } from 'react';
import type { PresentWindow } from '#preload/contract/people.ts';
import { useOthers } from '../../backend/people.ts';
import { nameOf } from '../../shared/people-words.ts';
import { PersonAvatar } from '../../ui/PersonAvatar.tsx';
import { laneY, shownLane } from './layout-rows.ts';
import { xOf } from './time-scale.ts';
import { useTimeline } from './timeline-view.ts';
import type { Band } from './track-bands.ts';

/** Of one person's selection no more than this is marked. */
const mostMarked = 20;
const avatarPx = 16;

/** What others have selected in this video, as frames with their sign over the rows. Nothing of it can be grabbed. */
export function PeopleMarkers({ videoId, rows }: { readonly videoId: number; readonly rows: Band }) {
  const others = useOthers();
  const here = useMemo(
    () => others.filter((each) => each.videoId === videoId && each.segmentIds.length > 0),
    [others, videoId],
  );
  return here.length === 0 ? null : <Markers here={here} band={rows} />;
}

/** Apart, so that a window without others does not listen to the timeline's every move. */
function Markers({ here, band }: { readonly here: readonly PresentWindow[]; readonly band: Band }) {
  const { rows } = useTimeline((view) => view.layout);
  const scale = useTimeline((view) => view.scale);
  const scrollPx = useTimeline((view) => view.scrollPx);
  const found = useMemo(() => {
    const whose = new Map(
      here.flatMap((each) => each.segmentIds.slice(0, mostMarked).map((id) => [id, each] as const)),
    );
    return rows.flatMap((row) =>
      row.segments.flatMap((segment, index) => {
        const person = whose.get(segment.id);
        return person ? { segment, person, y: laneY(row, shownLane(row, index)), lanePx: row.lanePx } : [];
      }),
    );
  }, [rows, here]);
  const places = found.flatMap(({ segment, person, y, lanePx }) => {
    const left = xOf(scale, segment.startUs);
    const width = Math.max(3, (segment.endUs - segment.startUs) / scale.usPerPx);
    if (left > scale.widthPx || left + width < 0) return [];
    return { id: segment.id, person, left, width, top: y - scrollPx, height: lanePx - 1 };
  });
  return (
    <Box
      data-testid="people-markers"
      sx={{
        position: 'absolute',
        left: 0,
        right: 0,
        top: band.y,
        height: band.heightPx,
        overflow: 'hidden',
        pointerEvents: 'none',
      }}
    >
      {places.map(({ id, person, left, width, top, height }) => (
        <Box
          key={id}
          data-segment={id}
          data-person={nameOf(person)}
          sx={{
            position: 'absolute',
            border: '2px dashed',
            borderColor: 'text.primary',
            borderRadius: 0.75,
            boxSizing: 'border-box',
          }}
          style={{ left, top, width, height }}
        >
          <Box
            sx={{ position: 'absolute', top: '50%', transform: 'translateY(-50%)' }}
            style={{ left: Math.max(1, 2 - left) }}
          >
            <PersonAvatar name={nameOf(person)} size={avatarPx} />
          </Box>
        </Box>
      ))}
    </Box>
  );
}
