import Box from '@mui/material/Box';
import { useEffect, useMemo, useRef } from 'react';
import { t } from '../../language/language.ts';
import { useClassesById } from '../../backend/project-queries.ts';
import { useStudio } from '../../shared/studio-state.ts';
import { RowHeader } from './RowHeader.tsx';
import { SeriesHeader } from './series/SeriesHeader.tsx';
import type { SeriesMenuPlace } from './series/SeriesMenu.tsx';
import type { SeriesTrack } from './series/series-track.ts';
import { useTimeline, type TimelineView } from './timeline-view.ts';
import { bandAt, type TrackBand, type TrackBands } from './track-bands.ts';

/** Rows beyond the window that are in the page as well, so that scrolling finds them there. */
const beyondPx = 200;

/** Which rows are in the page, as one text, so that scrolling draws nothing anew until others come. */
function rowsInPage({ layout, scrollPx, rowsPx }: TimelineView): string {
  // In steps, or every pixel of scrolling would bring another row.
  const top = Math.floor(scrollPx / beyondPx) * beyondPx - beyondPx;
  const bottom = top + rowsPx + 3 * beyondPx;
  const first = layout.rows.findIndex((row) => row.y + row.heightPx > top);
  const last = layout.rows.findLastIndex((row) => row.y < bottom);
  return first < 0 ? '0 0' : `${first} ${last + 1}`;
}

/** Names of tracks and classes beside the canvas; a click on a class focuses it. */
export function RowHeaders({
  bands,
  series,
  onSeriesMenu,
}: {
  readonly bands: TrackBands;
  readonly series: readonly SeriesTrack[];
  readonly onSeriesMenu: (at: SeriesMenuPlace) => void;
}) {
  const rows = useTimeline((view) => view.layout.rows);
  const inPage = useTimeline(rowsInPage);
  const focused = useStudio((studio) => studio.focusedClassId);
  const hasClasses = useClassesById().size > 0;
  const scrolled = useRef<HTMLDivElement>(null);
  const tracks = useMemo(
    () =>
      [
        { name: t('Film'), band: bands.filmstrip },
        { name: t('Sound'), band: bands.waveform },
        { name: t('Spectrum'), band: bands.spectrogram },
        { name: t('Actionness'), band: bands.curves },
      ].flatMap(({ name, band }) => (band ? { name, band } : [])),
    [bands],
  );

  useEffect(() => {
    const place = (): void => {
      if (scrolled.current) scrolled.current.style.transform = `translateY(${-useTimeline.getState().scrollPx}px)`;
    };
    place();
    return useTimeline.subscribe((now, before) => {
      if (now.scrollPx !== before.scrollPx) place();
    });
  }, []);

  const sensors = series.map((track, index) => ({ track, band: bands.series[index]! }));
  const [first, end] = inPage.split(' ').map(Number);
  return (
    <Box sx={{ position: 'relative', overflow: 'hidden', minHeight: 0, borderRight: 1, borderColor: 'divider' }}>
      {tracks.map(({ name, band }) => !band.scrolls && <TrackName key={name} band={bandAt(band, 0)} name={name} />)}
      {sensors.map(
        ({ track, band }) =>
          !band.scrolls && <SeriesHeader key={track.key} track={track} band={band} onMenu={onSeriesMenu} />,
      )}
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
          {tracks.map(
            ({ name, band }) =>
              band.scrolls && <TrackName key={name} band={{ ...band, y: band.y - bands.rows.y }} name={name} />,
          )}
          {sensors.map(
            ({ track, band }) =>
              band.scrolls && (
                <SeriesHeader
                  key={track.key}
                  track={track}
                  band={{ ...band, y: band.y - bands.rows.y }}
                  onMenu={onSeriesMenu}
                />
              ),
          )}
          {rows.slice(first, end).map((row) => (
            <RowHeader
              key={row.actionClass.id}
              actionClass={row.actionClass}
              y={row.y}
              heightPx={row.heightPx}
              padPx={row.padPx}
              folded={row.folded}
              focused={row.actionClass.id === focused}
              count={row.segments.length}
              others={row.others}
            />
          ))}
          {rows.length === 0 && (
            <Box sx={{ p: 1.25, fontSize: 12, color: 'text.secondary' }} style={{ marginTop: bands.scrollingPx }}>
              {hasClasses
                ? t('All rows are without segments, and such are hidden.')
                : t('No classes yet: type one in the class list.')}
            </Box>
          )}
        </div>
      </Box>
    </Box>
  );
}

const TrackName = ({ band, name }: { readonly band: TrackBand; readonly name: string }) => (
  <Box
    aria-hidden
    sx={{
      position: 'absolute',
      left: 0,
      right: 0,
      px: 1.5,
      display: 'flex',
      alignItems: 'center',
      fontSize: 11,
      color: 'text.secondary',
      borderBottom: 1,
      borderColor: 'divider',
    }}
    style={{ top: band.y, height: band.heightPx }}
  >
    {name}
  </Box>
);
