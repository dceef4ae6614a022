import Box from '@mui/material/Box';
import { useState, type KeyboardEvent } from 'react';
import type { TuningShot } from '#preload/contract/tuning.ts';
import { showMoment } from '../../shared/show-moment.ts';
import { useStudio } from '../../shared/studio-state.ts';
import { Thumbnail } from '../../shared/Thumbnail.tsx';
import { useVideos } from '../../backend/project-queries.ts';
import { formatShortTime } from '../../ui/timecode.ts';

const firstShown = 4;
const moreShown = 20;

/** Shots as small pictures; pressing one plays it round and round. One stop of the Tab key, arrows go along. */
export function ShotStrip({ shots, label }: { readonly shots: readonly TuningShot[]; readonly label: string }) {
  const { data: videos = [] } = useVideos();
  const [shown, setShown] = useState(firstShown);
  const [active, setActive] = useState(0);
  const hidden = shots.length - shown;
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const buttons = event.currentTarget.querySelectorAll('button');
    const next = Math.min(Math.max(active + step, 0), buttons.length - 1);
    setActive(next);
    buttons[next]?.focus();
  };
  return (
    <Box
      role="toolbar"
      aria-label={`Shots: ${label}`}
      onKeyDown={onKeyDown}
      sx={{ display: 'flex', flexWrap: 'wrap', gap: '5px' }}
    >
      {shots.slice(0, shown).map((shot, index) => {
        const words = `${formatShortTime(shot.startUs, 1)} to ${formatShortTime(shot.endUs, 1)} in ${
          videos.find(({ id }) => id === shot.videoId)?.name ?? 'a video'
        }`;
        return (
          <Box
            component="button"
            type="button"
            key={shot.segmentId}
            aria-label={words}
            title={words}
            tabIndex={index === active ? 0 : -1}
            onFocus={() => setActive(index)}
            onClick={() => {
              showMoment(shot.videoId, shot, 'loop');
              useStudio.getState().selectSegments([shot.segmentId], shot.videoId);
            }}
            sx={tile}
          >
            <Thumbnail
              videoId={shot.videoId}
              atUs={(shot.startUs + shot.endUs) / 2}
              width={56}
              height={36}
              fit="cover"
            />
          </Box>
        );
      })}
      {hidden > 0 && (
        <Box
          component="button"
          type="button"
          aria-label={`Show ${Math.min(hidden, moreShown)} more shots`}
          tabIndex={active === shown ? 0 : -1}
          onFocus={() => setActive(shown)}
          onClick={() => setShown(shown + moreShown)}
          sx={{
            ...tile,
            width: 56,
            height: 36,
            textAlign: 'center',
            fontSize: 12,
            color: 'text.secondary',
            bgcolor: 'action.hover',
          }}
        >
          +{hidden}
        </Box>
      )}
    </Box>
  );
}

const tile = {
  all: 'unset',
  cursor: 'pointer',
  borderRadius: 0.75,
  '&:hover': { outline: '1px solid', outlineColor: 'text.secondary' },
  '&:focus-visible': { outline: '2px solid', outlineColor: 'primary.main' },
} as const;
