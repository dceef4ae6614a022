import Close from '@mui/icons-material/Close';
import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import type { PointerEvent } from 'react';
import { useStore } from 'zustand';
import { t } from '../../../language/language.ts';
import { digitsFont } from '../../../shared/theme.ts';
import { percent } from '../../../ui/quantities.ts';
import { centredOn, wholePicture, type ZoomStore } from './picture-zoom.ts';

const mapWidthPx = 92;

/**
 * How closely the picture is looked at, and at which part of it: a small map in which a click moves there, and the
 * arrows do while it has the focus. Nothing while the whole picture is seen.
 */
export function PictureMap({ zoom, takesKeys = false }: { readonly zoom: ZoomStore; readonly takesKeys?: boolean }) {
  const { scale, x, y } = useStore(zoom);
  if (scale === 1) return null;
  const seen = 100 / scale;
  const go = (event: PointerEvent<HTMLElement>): void => {
    if (event.type === 'pointermove' && event.buttons === 0) return;
    if (event.type === 'pointerdown') event.currentTarget.setPointerCapture(event.pointerId);
    const box = event.currentTarget.getBoundingClientRect();
    const at = { x: (event.clientX - box.left) / box.width, y: (event.clientY - box.top) / box.height };
    zoom.setState((now) => centredOn(now, at));
  };
  return (
    <Box
      sx={{
        width: mapWidthPx,
        borderRadius: 1,
        bgcolor: 'rgba(0, 0, 0, 0.62)',
        color: '#fff',
        fontFamily: digitsFont,
        fontSize: 12,
        lineHeight: '20px',
      }}
    >
      <Box sx={{ display: 'flex', alignItems: 'center', justifyContent: 'space-between', pl: 0.75, pr: 0.25 }}>
        <span>{percent(scale)}</span>
        <ButtonBase
          aria-label={t('Show the whole picture')}
          onClick={() => zoom.setState(wholePicture)}
          sx={{ borderRadius: 0.5, p: '2px', '&:hover': { bgcolor: 'rgba(255, 255, 255, 0.2)' } }}
        >
          <Close sx={{ fontSize: 14 }} />
        </ButtonBase>
      </Box>
      <Box
        role="group"
        aria-label={t('Part of the picture that is seen, {{scale}}; the arrows move it', { scale: percent(scale) })}
        {...(takesKeys && { 'data-command-scope': 'picture', tabIndex: 0 })}
        onPointerDown={go}
        onPointerMove={go}
        sx={{
          position: 'relative',
          aspectRatio: '16 / 9',
          m: '0 4px 4px',
          border: '1px solid rgba(255, 255, 255, 0.5)',
          cursor: 'crosshair',
          touchAction: 'none',
          '&[data-command-scope]:focus': { outline: '2px solid #7cb8ff', outlineOffset: 1 },
        }}
      >
        <Box
          sx={{
            position: 'absolute',
            left: `${x * 100 - seen / 2}%`,
            top: `${y * 100 - seen / 2}%`,
            width: `${seen}%`,
            height: `${seen}%`,
            bgcolor: 'rgba(255, 255, 255, 0.45)',
            border: '1px solid #fff',
          }}
        />
      </Box>
    </Box>
  );
}
