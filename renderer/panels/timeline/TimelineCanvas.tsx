import Box from '@mui/material/Box';
import { useTheme } from '@mui/material/styles';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Video } from '#preload/domain/video.ts';
import { t } from '../../language/language.ts';
import { digitsFont } from '../../shared/theme.ts';
import { useStudio } from '../../shared/studio-state.ts';
import { usePictureChanges } from './picture-changes.ts';
import { useAskedParts, useClassCurves, useCurves, usePeaks, useSpectrogram, useThumbnails } from './queries.ts';
import { attachMinimapPointer } from './minimap-pointer.ts';
import { PeopleMarkers } from './PeopleMarkers.tsx';
import { RowHeaders } from './RowHeaders.tsx';
import { SegmentListbox } from './SegmentListbox.tsx';
import { SegmentTooltip, useHovered } from './SegmentTooltip.tsx';
import { TimelineMenu } from './TimelineMenu.tsx';
import { menuPlace } from './menu-place.ts';
import { createTimelinePainter, minimapPx, type TimelinePainter } from './timeline-painter.ts';
import { timelinePalette } from './timeline-palette.ts';
import { attachTimelinePointer } from './timeline-pointer.ts';
import { usePreferences } from './timeline-preferences.ts';
import { resizeTimeline } from './timeline-view.ts';
import { useSeriesTracks } from './series/recordings.ts';
import { useTileArrivals } from './series/SeriesHeader.tsx';
import { SeriesMenu, type SeriesMenuPlace } from './series/SeriesMenu.tsx';
import { seriesAt } from './series/series-at.ts';
import { trackBands, tracksOf } from './track-bands.ts';

/** Canvases with the class names beside them, and the list that stands for them to keyboard and screen reader. */
export function TimelineCanvas({ video }: { readonly video: Video }) {
  const theme = useTheme();
  const area = useRef<HTMLDivElement>(null);
  const minimapArea = useRef<HTMLDivElement>(null);
  const minimap = useRef<HTMLCanvasElement>(null);
  const minimapWindow = useRef<HTMLCanvasElement>(null);
  const still = useRef<HTMLCanvasElement>(null);
  const overlay = useRef<HTMLCanvasElement>(null);
  const listbox = useRef<HTMLElement>(null);
  const painter = useRef<TimelinePainter | null>(null);
  const [menuAt, setMenuAt] = useState<{ readonly top: number; readonly left: number } | null>(null);
  const [size, setSize] = useState({ widthPx: 0, heightPx: 0 });

  const [seriesMenu, setSeriesMenu] = useState<SeriesMenuPlace | null>(null);

  const palette = useMemo(() => timelinePalette(theme, digitsFont), [theme]);
  const refresh = useCallback(() => painter.current?.refresh(), []);
  const tileArrived = useCallback(() => {
    painter.current?.refresh();
    useTileArrivals.setState(({ count }) => ({ count: count + 1 }));
  }, []);
  const thumbnails = useThumbnails(video, refresh);
  const peaks = usePeaks(video);
  const showsSpectrogram = usePreferences(({ tracks }) => tracks.spectrogram);
  const spectrogram = useSpectrogram(video, showsSpectrogram, palette.spectrum, refresh);
  const curves = useCurves(video.id);
  usePictureChanges(video, curves);
  const classCurves = useClassCurves(video.id);
  const classScores = usePreferences((preferences) => preferences.classScores);
  const showsChanges = usePreferences((preferences) => preferences.changes);
  const asked = useAskedParts(video.id);
  const selectedIds = useStudio((studio) => studio.selectedSegmentIds);
  const selected = useMemo(() => new Set(selectedIds), [selectedIds]);
  const focusedClassId = useStudio((studio) => studio.focusedClassId);
  const wanted = usePreferences((preferences) => preferences.tracks);
  const { missing } = video;
  const { hasAudio } = video.facts;
  const tracks = useMemo(() => tracksOf(wanted, { missing, hasAudio }), [wanted, missing, hasAudio]);
  const series = useSeriesTracks(video.id, palette.background, tileArrived);
  const bands = useMemo(() => trackBands(size.heightPx, tracks, series), [size.heightPx, tracks, series]);
  const latest = useRef({ bands, series });
  useEffect(() => {
    latest.current = { bands, series };
  }, [bands, series]);

  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => {
      if (entry)
        setSize({ widthPx: Math.floor(entry.contentRect.width), heightPx: Math.floor(entry.contentRect.height) });
    });
    observer.observe(area.current!);
    return () => observer.disconnect();
  }, []);

  useEffect(
    () => resizeTimeline(size.widthPx, bands.rows.heightPx, bands.scrollingPx),
    [size.widthPx, bands.rows.heightPx, bands.scrollingPx],
  );

  useEffect(() => {
    const made = createTimelinePainter({
      minimap: minimap.current!,
      minimapWindow: minimapWindow.current!,
      still: still.current!,
      overlay: overlay.current!,
    });
    painter.current = made;
    const stopPointer = attachTimelinePointer(area.current!, {
      bands: () => latest.current.bands,
      seriesAt: (canvasY) => seriesAt(latest.current, canvasY),
      openSeriesMenu: setSeriesMenu,
      point: made.point,
      hover: (hovered) => useHovered.setState({ hovered }),
      openMenu: setMenuAt,
      takeFocus: () => listbox.current?.focus({ preventScroll: true }),
    });
    const stopMinimap = attachMinimapPointer(minimapArea.current!);
    return () => {
      stopPointer();
      stopMinimap();
      made.dispose();
      painter.current = null;
    };
  }, []);

  useEffect(() => {
    painter.current?.show({
      palette,
      tracks,
      thumbnails,
      spectrogram,
      series,
      peaks,
      curves,
      classCurves,
      classScores,
      showsChanges,
      asked,
      selected,
      focusedClassId,
      ...size,
    });
  }, [
    palette,
    tracks,
    thumbnails,
    spectrogram,
    series,
    peaks,
    curves,
    classCurves,
    classScores,
    showsChanges,
    asked,
    selected,
    focusedClassId,
    size,
  ]);

  const layer = { position: 'absolute', inset: 0, display: 'block' } as const;
  return (
    <Box
      sx={{
        flex: 1,
        minHeight: 0,
        display: 'grid',
        gridTemplateColumns: '104px minmax(0, 1fr)',
        '@container (min-width: 440px)': { gridTemplateColumns: '132px minmax(0, 1fr)' },
        '@container (min-width: 620px)': { gridTemplateColumns: '168px minmax(0, 1fr)' },
        gridTemplateRows: `${minimapPx}px minmax(0, 1fr)`,
        rowGap: '4px',
        // The list has the focus but nothing to see: its ring is drawn around the canvas.
        '&:has([role=listbox]:focus-visible) [data-canvas]': {
          outline: '2px solid',
          outlineColor: 'focus.ring',
          outlineOffset: -2,
          // Segments reach its edge: a halo parts them from it.
          '&::after': {
            content: '""',
            position: 'absolute',
            inset: '2px',
            pointerEvents: 'none',
            border: '2px solid',
            borderColor: 'focus.halo',
          },
        },
      }}
    >
      <SegmentListbox
        ref={listbox}
        video={video}
        onMenu={() => setMenuAt(menuPlace(area.current!.getBoundingClientRect(), bands))}
      />
      <Box aria-hidden sx={{ px: 1.5, fontSize: 11, lineHeight: `${minimapPx}px`, color: 'text.secondary' }}>
        {t('Overview')}
      </Box>
      <Box
        ref={minimapArea}
        aria-hidden
        data-testid="timeline-minimap"
        sx={{ position: 'relative', cursor: 'pointer', touchAction: 'none', mr: 0.5 }}
      >
        <canvas ref={minimap} style={layer} />
        <canvas ref={minimapWindow} style={layer} />
      </Box>
      <RowHeaders bands={bands} series={series} onSeriesMenu={setSeriesMenu} />
      <Box
        ref={area}
        aria-hidden
        data-canvas
        data-testid="timeline-canvas"
        sx={{
          position: 'relative',
          minHeight: 0,
          overflow: 'hidden',
          touchAction: 'none',
          userSelect: 'none',
          mr: 0.5,
        }}
      >
        <canvas ref={still} style={layer} />
        <canvas ref={overlay} style={layer} />
        <PeopleMarkers videoId={video.id} rows={bands.rows} />
      </Box>
      <SegmentTooltip />
      {seriesMenu && <SeriesMenu videoId={video.id} at={seriesMenu} onClose={() => setSeriesMenu(null)} />}
      {menuAt && <TimelineMenu at={menuAt} onClose={() => setMenuAt(null)} />}
    </Box>
  );
}
