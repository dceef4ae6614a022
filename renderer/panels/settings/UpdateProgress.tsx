import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import LinearProgress from '@mui/material/LinearProgress';
import Typography from '@mui/material/Typography';
import type { NewerVersion, UpdateStage } from '#preload/domain/update-state.ts';
import { said } from '../../language/said.ts';
import { t } from '../../language/language.ts';
import { useWaiting } from '../../backend/keep-trying.ts';
import { useSaving } from '../../backend/saving.ts';
import { attempt } from '../../shared/notices.ts';
import { percent } from '../../ui/quantities.ts';
import { noteLines } from './update-state.ts';

/** What there is to do about a newer version, and its notes. */
export function UpdateProgress({ stage }: { readonly stage: UpdateStage }) {
  const saves = useSaving((saving) => saving.underWay) + useWaiting((waiting) => waiting.edits) > 0;
  const updates = window.cuepointHost?.updates;
  if (updates === undefined) return null;
  const look = (label: string) => (
    <Button variant="outlined" disabled={stage.name === 'looking'} onClick={() => attempt(updates.look())}>
      {label}
    </Button>
  );
  return (
    <Box role="status" sx={{ display: 'grid', gap: 1.5, justifyItems: 'start' }}>
      {stage.name === 'idle' && look(t('Look now'))}
      {stage.name === 'looking' && look(t('Looking…'))}
      {stage.name === 'newest' && (
        <>
          <Typography>{t('There is no newer version.')}</Typography>
          {look(t('Look again'))}
        </>
      )}
      {stage.name === 'failed' && (
        <>
          <Alert severity="warning">{said(stage.problem)}</Alert>
          {look(t('Look again'))}
        </>
      )}
      {'newer' in stage && <Notes newer={stage.newer} />}
      {stage.name === 'found' && (
        <Button variant="contained" onClick={() => attempt(updates.download())}>
          {t('Download version {{version}}', { version: stage.newer.version })}
        </Button>
      )}
      {stage.name === 'downloading' && (
        <Box sx={{ width: 1, display: 'flex', alignItems: 'center', gap: 1.5 }}>
          <LinearProgress
            variant="determinate"
            value={Math.round(stage.fraction * 100)}
            aria-label={t('Downloading version {{version}}', { version: stage.newer.version })}
            sx={{ flex: 1 }}
          />
          <Typography variant="body2" color="textSecondary" aria-hidden sx={{ fontVariantNumeric: 'tabular-nums' }}>
            {t('Downloading, {{fraction}}', { fraction: percent(stage.fraction) })}
          </Typography>
        </Box>
      )}
      {stage.name === 'ready' && (
        <>
          <Typography>{t('It is here, and takes this version’s place when you quit.')}</Typography>
          <Button variant="contained" disabled={saves} onClick={() => attempt(updates.restart())}>
            {t('Restart and update')}
          </Button>
        </>
      )}
    </Box>
  );
}

function Notes({ newer: { version, notes } }: { readonly newer: NewerVersion }) {
  const lines = noteLines(notes);
  return (
    <Box sx={{ width: 1 }}>
      <Typography variant="h3" component="h3" sx={{ mb: 0.5 }}>
        {t('New in version {{version}}', { version })}
      </Typography>
      <Box
        tabIndex={0}
        role="region"
        aria-label={t('Release notes of version {{version}}', { version })}
        sx={{ maxHeight: 220, overflowY: 'auto', p: 1.5, bgcolor: 'surface.base', borderRadius: 1 }}
      >
        {lines.length === 0 ? (
          <Typography color="textSecondary">{t('Its makers wrote no notes.')}</Typography>
        ) : (
          lines.map((line, index) => (
            <Typography key={`${index} ${line}`} variant="body2">
              {line}
            </Typography>
          ))
        )}
      </Box>
    </Box>
  );
}
