import ChevronLeft from '@mui/icons-material/ChevronLeft';
import ChevronRight from '@mui/icons-material/ChevronRight';
import DeleteOutline from '@mui/icons-material/DeleteOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import type { SceneView } from '#preload/domain/scene.ts';
import { t } from '../../../language/language.ts';
import { useVideo } from '../../../backend/project-queries.ts';
import { notifyFailure } from '../../../shared/notices.ts';
import { IconAction } from '../../../ui/IconAction.tsx';
import { typedNumber } from '../../../ui/typed-number.ts';
import { focusPaperOf } from '../OverWindow.tsx';
import { alignBySound, nudge, removeView, setOffset } from './view-actions.ts';

/** One further view: how it lies in time, by frames, by typing or by its sound. */
export function ViewRow({ view }: { readonly view: SceneView }) {
  const video = useVideo(view.videoId);
  const [listening, setListening] = useState(false);
  if (!video) return null;
  const listen = async (): Promise<void> => {
    setListening(true);
    await alignBySound(view).catch(notifyFailure);
    setListening(false);
  };
  return (
    <Box role="group" aria-label={video.name} sx={{ display: 'grid', gap: 0.5 }}>
      <Typography variant="body2" noWrap title={video.location}>
        {video.name}
      </Typography>
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 0.5 }}>
        <OffsetField view={view} />
        <IconAction label={t('One frame earlier')} keys={[';']} onClick={() => nudge(view, -1)}>
          <ChevronLeft fontSize="small" />
        </IconAction>
        <IconAction label={t('One frame later')} keys={[':']} onClick={() => nudge(view, 1)}>
          <ChevronRight fontSize="small" />
        </IconAction>
        <Button variant="outlined" loading={listening} onClick={() => void listen()} sx={{ whiteSpace: 'nowrap' }}>
          {t('By sound')}
        </Button>
        <Box sx={{ flex: 1 }} />
        <IconAction
          label={t('Take this view away')}
          onClick={(event) => {
            focusPaperOf(event.currentTarget);
            removeView(view);
          }}
        >
          <DeleteOutline fontSize="small" />
        </IconAction>
      </Box>
    </Box>
  );
}

/** More than any two clocks of one scene differ by: a week. */
const mostSeconds = 604_800;

/** What is added to a time of the selected video to have this view's, in seconds. */
function OffsetField({ view }: { readonly view: SceneView }) {
  // Null while nothing was typed that is not kept yet.
  const [typed, setTyped] = useState<string | null>(null);
  const known = (view.offsetUs / 1e6).toFixed(3);
  const seconds = typedNumber(typed ?? known);
  const isWrong = !(Math.abs(seconds) <= mostSeconds);
  const keep = (): void => {
    if (!isWrong && seconds.toFixed(3) !== known) setOffset(view.videoId, Math.round(seconds * 1e6));
    setTyped(null);
  };
  return (
    <TextField
      label={t('Later by, seconds')}
      value={typed ?? known}
      error={isWrong}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={keep}
      onKeyDown={(event) => {
        if (event.key === 'Enter') keep();
      }}
      slotProps={{ htmlInput: { inputMode: 'decimal' } }}
      sx={{ width: 130 }}
    />
  );
}
