import Box from '@mui/material/Box';
import { useEffect, useRef } from 'react';
import { digitsFont } from '../../shared/theme.ts';
import { playhead } from '../../playback/playback.ts';
import { formatTimecode } from '../../ui/timecode.ts';

/** Frame number and timecode of the picture, over its corner; written straight into the page at display rate. */
export function FrameReadout() {
  const frameText = useRef<HTMLSpanElement>(null);
  const timeText = useRef<HTMLSpanElement>(null);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const write = (): void => {
      const { frame, timeUs, settled, table } = playhead.getState();
      if (!frameText.current || !timeText.current || !box.current) return;
      box.current.hidden = table === null;
      box.current.dataset['settled'] = String(settled);
      frameText.current.textContent = String(frame);
      timeText.current.textContent = formatTimecode(timeUs);
    };
    write();
    return playhead.subscribe(write);
  }, []);
  return (
    <Box
      ref={box}
      data-testid="frame-readout"
      sx={{
        position: 'absolute',
        top: 8,
        left: 8,
        px: 0.875,
        py: 0.25,
        borderRadius: 1,
        bgcolor: 'rgba(0, 0, 0, 0.62)',
        color: '#fff',
        fontFamily: digitsFont,
        fontSize: 12,
        lineHeight: '18px',
        pointerEvents: 'none',
        '&[hidden]': { display: 'none' },
      }}
    >
      <Box component="span" sx={{ opacity: 0.7 }}>
        #
      </Box>
      <span ref={frameText} />
      <Box component="span" sx={{ opacity: 0.7, mx: 0.75 }}>
        ·
      </Box>
      <span ref={timeText} />
    </Box>
  );
}
