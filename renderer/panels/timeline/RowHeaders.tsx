import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import { useEffect, useRef } from 'react';
import { ClassSwatch } from '../../shared/ClassChip.tsx';
import { useStudio } from '../../shared/studio-state.ts';
import { counted } from '#preload/domain/counted.ts';
import { otherLanePx, rowPaddingPx } from './layout-rows.ts';
import { useTimeline } from './timeline-view.ts';
import type { Band, TrackBands } from './track-bands.ts';
import { Spoken } from '../../ui/Spoken.tsx';

/** Names of tracks and classes beside the canvas; a click on a class focuses it. */
export function RowHeaders({ bands }: { readonly bands: TrackBands }) {
  const rows = useTimeline((view) => view.layout.rows);
  const focused = useStudio((studio) => studio.focusedClassId);
  const focusClass = useStudio((studio) => studio.focusClass);
  const scrolled = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const place = (): void => {
      if (scrolled.current) scrolled.current.style.transform = `translateY(${-useTimeline.getState().scrollPx}px)`;
    };
    place();
    return useTimeline.subscribe(place);
  }, []);

  return (
    <Box sx={{ position: 'relative', overflow: 'hidden', minHeight: 0, borderRight: 1, borderColor: 'divider' }}>
      <TrackName band={bands.filmstrip} name="Film" />
      <TrackName band={bands.waveform} name="Sound" />
      <TrackName band={bands.curves} name="Actionness" />
      <Box
        sx={{
          position: 'absolute',
          top: bands.rows.y,
          left: 0,
          right: 0,
          height: bands.rows.heightPx,
          overflow: 'hidden',
        }}
      >
        <div ref={scrolled}>
          {rows.map(({ actionClass, heightPx, segments, others }) => {
            const own = actionClass.id === focused;
            return (
              <ButtonBase
                key={actionClass.id}
                aria-pressed={own}
                title={actionClass.name}
                onClick={() => focusClass(own ? null : actionClass.id)}
                sx={{
                  position: 'relative',
                  display: 'flex',
                  width: '100%',
                  height: heightPx,
                  alignItems: 'flex-start',
                  justifyContent: 'flex-start',
                  gap: 1,
                  pt: '6px',
                  pl: 1.25,
                  pr: 1,
                  borderBottom: 1,
                  borderLeft: 3,
                  borderColor: 'divider',
                  borderLeftColor: own ? actionClass.colour : 'transparent',
                  bgcolor: own ? 'action.selected' : 'transparent',
                  font: 'inherit',
                  fontSize: 12,
                  lineHeight: '14px',
                  fontWeight: own ? 650 : 400,
                  '&:hover': { bgcolor: 'action.hover' },
                }}
              >
                <Box component="span" sx={{ display: 'flex', pt: '1px' }}>
                  <ClassSwatch colour={actionClass.colour} size={11} />
                </Box>
                <Box
                  component="span"
                  sx={{
                    flex: 1,
                    minWidth: 0,
                    textAlign: 'left',
                    overflow: 'hidden',
                    textOverflow: 'ellipsis',
                    whiteSpace: 'nowrap',
                  }}
                >
                  {actionClass.name}
                </Box>
                <Spoken>
                  {`, ${counted(segments.length, 'segment')} shown`}
                  {others.map(({ name, spans }) => `, ${spans.length} by ${name}`)}
                </Spoken>
                <OtherNames names={others.map(({ name }) => name)} />
                {actionClass.digitKey !== null && (
                  <Box component="kbd" aria-hidden sx={{ font: 'inherit', fontSize: 11, color: 'text.secondary' }}>
                    {actionClass.digitKey}
                  </Box>
                )}
              </ButtonBase>
            );
          })}
        </div>
        {rows.length === 0 && (
          <Box sx={{ p: 1.25, fontSize: 12, color: 'text.secondary' }}>No classes yet: type one in the class list.</Box>
        )}
      </Box>
    </Box>
  );
}

/** Who the narrow lanes at the bottom of a row belong to. */
const OtherNames = ({ names }: { readonly names: readonly string[] }) => (
  <Box
    aria-hidden
    component="span"
    sx={{
      position: 'absolute',
      bottom: rowPaddingPx,
      right: 8,
      fontSize: 9,
      textAlign: 'right',
      color: 'text.secondary',
    }}
  >
    {names.map((name) => (
      <Box key={name} component="span" sx={{ display: 'block', height: otherLanePx, lineHeight: `${otherLanePx}px` }}>
        {name}
      </Box>
    ))}
  </Box>
);

const TrackName = ({ band, name }: { readonly band: Band | null; readonly name: string }) =>
  band && (
    <Box
      aria-hidden
      sx={{
        position: 'absolute',
        top: band.y,
        left: 0,
        right: 0,
        height: band.heightPx,
        px: 1.5,
        display: 'flex',
        alignItems: 'center',
        fontSize: 11,
        color: 'text.secondary',
        borderBottom: 1,
        borderColor: 'divider',
      }}
    >
      {name}
    </Box>
  );
