import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import LinearProgress from '@mui/material/LinearProgress';
import Typography from '@mui/material/Typography';
import { useState, type KeyboardEvent } from 'react';
import { secondsOf } from '#preload/domain/span.ts';
import type { Segment } from '#preload/domain/segment.ts';
import { t } from '../../language/language.ts';
import { useVideo } from '../../backend/project-queries.ts';
import { LoopingClip } from '../../shared/LoopingClip.tsx';
import { KeyCaps } from '../../ui/KeyCaps.tsx';
import { decimal } from '../../ui/quantities.ts';

/** Shows segments one after the other: one key keeps what is shown, another sends it to the new class. */
export function KeyedPass(props: {
  readonly segments: readonly Segment[];
  readonly chosen: readonly number[];
  readonly onChoose: (chosen: readonly number[]) => void;
}) {
  const { segments, chosen } = props;
  const [at, setAt] = useState(0);
  const shown = segments[at];
  const video = useVideo(shown?.videoId ?? null);
  const answer = (goes: boolean): void => {
    if (!shown) return;
    const others = chosen.filter((id) => id !== shown.id);
    props.onChoose(goes ? [...others, shown.id] : others);
    setAt(at + 1);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === '1') answer(false);
    else if (event.key === '2') answer(true);
    else if (event.key === 'ArrowLeft') setAt(Math.max(0, at - 1));
    else if (event.key === 'ArrowRight') setAt(Math.min(segments.length, at + 1));
    else return;
    event.preventDefault();
  };
  return (
    <Box
      role="group"
      aria-label={t('One by one')}
      tabIndex={0}
      onKeyDown={onKeyDown}
      sx={{
        display: 'grid',
        gap: 1,
        justifyItems: 'center',
        p: 1,
        borderRadius: 1,
        '&:focus-visible': { outline: '2px solid', outlineColor: 'focus.ring', outlineOffset: 2 },
      }}
    >
      {shown ? (
        <Box sx={{ width: 384, maxWidth: '100%', borderRadius: 1, overflow: 'hidden' }}>
          <LoopingClip
            span={shown}
            video={video}
            pictureWidth={320}
            label={t('Segment {{at}} of {{segments}}', { at: at + 1, segments: segments.length })}
          />
        </Box>
      ) : (
        <Typography variant="body2" color="textSecondary" sx={{ py: 4 }}>
          {segments.length === 0 ? t('The class has no segments.') : t('All were looked at.')}
        </Typography>
      )}
      <Typography variant="body2" aria-live="polite">
        {shown
          ? t('{{at}} of {{segments}} · {{name}} at {{startUs}} s · {{value}}', {
              at: at + 1,
              segments: segments.length,
              name: video?.name ?? '',
              startUs: decimal(secondsOf(shown.startUs), 1),
              value: chosen.includes(shown.id) ? t('goes to the new class') : t('stays'),
            })
          : ' '}
      </Typography>
      <LinearProgress
        variant="determinate"
        value={segments.length === 0 ? 0 : (100 * at) / segments.length}
        aria-label={t('Looked at')}
        sx={{ width: '100%' }}
      />
      <Box sx={{ display: 'flex', gap: 1 }}>
        <Button size="small" color="inherit" disabled={at === 0} onClick={() => setAt(at - 1)}>
          {t('Back')} <Cap keys="ArrowLeft" />
        </Button>
        <Button size="small" disabled={!shown} onClick={() => answer(false)}>
          {t('Stays')} <Cap keys="1" />
        </Button>
        <Button size="small" disabled={!shown} onClick={() => answer(true)}>
          {t('New class')} <Cap keys="2" />
        </Button>
      </Box>
    </Box>
  );
}

const Cap = ({ keys }: { readonly keys: string }) => (
  <Box component="span" sx={{ ml: 0.75 }}>
    <KeyCaps keys={keys} />
  </Box>
);
