import Button from '@mui/material/Button';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import Tooltip from '@mui/material/Tooltip';
import { useState } from 'react';
import { t } from '../../language/language.ts';
import { shuttle, useShuttle } from '../../playback/playback.ts';
import { playSpeeds, speedLabel } from '../../playback/shuttle-speeds.ts';

/** The speed now, and the choice of others. */
export function SpeedMenu() {
  const rate = useShuttle((state) => state.rate);
  const speed = useShuttle((state) => state.speed);
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const shown = speedLabel(rate === 0 ? speed : rate);
  return (
    <>
      <Tooltip title={t('Speed  < slower  > faster')}>
        <Button
          aria-label={t('Speed {{shown}}', { shown })}
          aria-haspopup="menu"
          color={rate !== 0 && rate !== 1 ? 'primary' : 'inherit'}
          onClick={(event) => setAnchor(event.currentTarget)}
          sx={{
            minWidth: 52,
            px: 0.5,
            fontVariantNumeric: 'tabular-nums',
            ...((rate === 0 || rate === 1) && { color: 'text.secondary' }),
          }}
        >
          {shown}
        </Button>
      </Tooltip>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)}>
        {playSpeeds.map((each) => (
          <MenuItem
            key={each}
            selected={each === speed}
            onClick={() => {
              shuttle.setSpeed(each);
              setAnchor(null);
            }}
          >
            {speedLabel(each)}
          </MenuItem>
        ))}
      </Menu>
    </>
  );
}
