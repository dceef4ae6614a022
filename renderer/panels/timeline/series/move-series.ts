import { shuttle } from '../../../playback/playback.ts';
import { useStudio } from '../../../shared/studio-state.ts';
import type { Gesture, RowsPoint } from '../pointer-gestures.ts';
import { useTimeline } from '../timeline-view.ts';
import { knownRecording, moveRecording, showMoved } from './recordings.ts';
import type { SeriesTrack } from './series-track.ts';

/** Moves a recording in time along with the pointer; releasing sends one edit. */
export function moveSeries({ recordingId, offsetUs }: SeriesTrack, start: RowsPoint): Gesture {
  shuttle.pauseAndReturn();
  const to = ({ x }: RowsPoint): number => offsetUs + (x - start.x) * useTimeline.getState().scale.usPerPx;
  return {
    cursor: 'ew-resize',
    scrollsOn: false,
    move: (point) => showMoved(recordingId, to(point)),
    end: (point) => {
      const recording = knownRecording(useStudio.getState().selectedVideoId ?? 0, recordingId);
      if (recording && point.x !== start.x) moveRecording(recording, to(point));
      else showMoved(recordingId, null);
    },
    cancel: () => showMoved(recordingId, null),
  };
}
