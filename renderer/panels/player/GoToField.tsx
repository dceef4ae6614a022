import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import InputBase from '@mui/material/InputBase';
import Tooltip from '@mui/material/Tooltip';
import { useEffect, useRef, useState } from 'react';
import { t } from '../../language/language.ts';
import { digitsFont } from '../../shared/theme.ts';
import { playhead, shuttle } from '../../playback/playback.ts';
import { formatTimecode } from '../../ui/timecode.ts';
import { typedTimeUs } from '../../ui/durations.ts';
import { useGoTo } from './go-to.ts';
import { Spoken } from '../../ui/Spoken.tsx';

const close = (): void => useGoTo.setState({ open: false });

/** The time on screen; a click or G turns it into a field for a time or a frame number. */
export function GoToField() {
  const open = useGoTo((state) => state.open);
  return (
    <Box
      sx={{
        ml: 0.75,
        fontFamily: digitsFont,
        fontSize: 12.5,
        // The picture says the time as well; narrow, the buttons need the room.
        ...(!open && { display: 'none' }),
        '@container (min-width: 500px)': { display: 'block', minWidth: 108 },
      }}
    >
      {open ? <Field /> : <TimeOnScreen />}
    </Box>
  );
}

function TimeOnScreen() {
  const text = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const write = (): void => {
      const { timeUs, table } = playhead.getState();
      if (text.current) text.current.textContent = table ? formatTimecode(timeUs) : '--:--:--.---';
    };
    write();
    return playhead.subscribe(write);
  }, []);
  return (
    <Tooltip describeChild title={t('Go to a time or frame  G')}>
      <ButtonBase
        onClick={() => useGoTo.setState({ open: true })}
        sx={{ font: 'inherit', px: 0.75, py: 0.5, borderRadius: 1, '&:hover': { bgcolor: 'action.hover' } }}
      >
        <Spoken>{t('Go to a time or frame, now')} </Spoken>
        <span ref={text} />
      </ButtonBase>
    </Tooltip>
  );
}

// Asked for with a key or a click on this very spot, so the focus goes where the person is.
const focusNow = (input: HTMLInputElement | null): void => input?.focus();

function Field() {
  const [typed, setTyped] = useState('');
  const [wrong, setWrong] = useState(false);
  const go = (): void => {
    const { table } = playhead.getState();
    const us = table && typedTimeUs(typed, (frame) => table.startUs(frame));
    if (typeof us !== 'number') {
      setWrong(typed.trim() !== '');
      if (typed.trim() === '') close();
      return;
    }
    shuttle.goToTime(us);
    close();
  };
  return (
    <InputBase
      inputRef={focusNow}
      value={typed}
      placeholder={t('1:23.4 or #120')}
      error={wrong}
      onChange={(event) => {
        setTyped(event.target.value);
        setWrong(false);
      }}
      onBlur={close}
      onKeyDown={(event) => {
        if (event.key === 'Enter') go();
        if (event.key === 'Escape') close();
      }}
      inputProps={{ 'aria-label': t('Time, as 1:23.4, or frame, as #120'), 'aria-invalid': wrong }}
      sx={{
        font: 'inherit',
        width: 122,
        px: 0.75,
        borderRadius: 1,
        outline: '1px solid',
        outlineColor: wrong ? 'error.main' : 'primary.main',
        '& input': { p: 0, height: 26 },
      }}
    />
  );
}
