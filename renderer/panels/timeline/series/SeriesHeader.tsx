import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import { useEffect, useRef, type KeyboardEvent } from 'react';
import { create } from 'zustand';
import { playhead } from '../../../playback/playback.ts';
import { useStudio } from '../../../shared/studio-state.ts';
import { digitsFont } from '../../../shared/theme.ts';
import { Spoken } from '../../../ui/Spoken.tsx';
import { useTimeline } from '../timeline-view.ts';
import type { TrackBand } from '../track-bands.ts';
import { knownRecording, moveRecording, removeTrack } from './recordings.ts';
import type { SeriesMenuPlace } from './SeriesMenu.tsx';
import { readWords, valueAt, type SeriesTrack } from './series-track.ts';

/** Counts tiles that came in, so that values are read anew. */
export const useTileArrivals = create<{ readonly count: number }>(() => ({ count: 0 }));

const secondUs = 1_000_000;

/** The name of a sensor's track and its value at the playhead; what can be done with it opens by a press, or by keys. */
export function SeriesHeader(props: {
  readonly track: SeriesTrack;
  readonly band: TrackBand;
  readonly onMenu: (at: SeriesMenuPlace) => void;
}) {
  const { track, band, onMenu } = props;
  const isLow = band.heightPx < 30;
  const onKeyDown = (event: KeyboardEvent): void => {
    const { selectedVideoId } = useStudio.getState();
    const recording = knownRecording(selectedVideoId ?? 0, track.recordingId);
    const { table } = useTimeline.getState();
    if (!recording || !table) return;
    const frameUs = Math.round((table.lastEndUs - table.firstStartUs) / table.frameCount);
    const step = event.shiftKey ? secondUs : frameUs;
    if (event.altKey && event.key === 'ArrowLeft') moveRecording(recording, track.offsetUs - step);
    else if (event.altKey && event.key === 'ArrowRight') moveRecording(recording, track.offsetUs + step);
    else if (event.key === 'Delete' && !event.altKey) removeTrack(recording, track.column);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <ButtonBase
      aria-haspopup="menu"
      data-series={track.key}
      onKeyDown={onKeyDown}
      onClick={({ currentTarget }) => {
        const { bottom, left } = currentTarget.getBoundingClientRect();
        onMenu({ key: track.key, top: bottom, left: left + 12, videoUs: null });
      }}
      onContextMenu={(event) => {
        event.preventDefault();
        onMenu({ key: track.key, top: event.clientY, left: event.clientX, videoUs: null });
      }}
      sx={{
        position: 'absolute',
        left: 0,
        right: 0,
        px: 1.5,
        display: 'flex',
        flexDirection: isLow ? 'row' : 'column',
        alignItems: isLow ? 'center' : 'flex-start',
        justifyContent: isLow ? 'space-between' : 'center',
        gap: isLow ? 1 : 0,
        fontSize: 11,
        color: 'text.secondary',
        borderBottom: 1,
        borderLeft: 3,
        borderColor: 'divider',
        '&:hover': { bgcolor: 'action.hover' },
      }}
      style={{ top: band.y, height: band.heightPx, borderLeftColor: track.ink }}
    >
      <Box
        component="span"
        title={track.name}
        sx={{ maxWidth: '100%', overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap', minWidth: 0 }}
      >
        {track.name}
      </Box>
      <Spoken>, </Spoken>
      <ValueAtPlayhead track={track} />
    </ButtonBase>
  );
}

/** Written at display rate, past React: nothing else of the page changes with it. */
function ValueAtPlayhead({ track }: { readonly track: SeriesTrack }) {
  const place = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const write = (): void => {
      const { videoId, frame, table } = playhead.getState();
      const words = videoId === null || !table ? '' : readWords(valueAt(track, table.startUs(frame)), track.facts);
      // What is on its way leaves the last value standing for the moment.
      const text = words === '' && track.facts ? null : words;
      if (place.current && text !== null && place.current.textContent !== text) place.current.textContent = text;
    };
    write();
    const stops = [playhead.subscribe(write), useTileArrivals.subscribe(write)];
    return () => stops.forEach((stop) => stop());
  }, [track]);
  return (
    <Box ref={place} component="span" sx={{ fontFamily: digitsFont, color: 'text.primary', whiteSpace: 'nowrap' }} />
  );
}
