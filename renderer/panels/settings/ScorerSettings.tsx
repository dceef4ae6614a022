import Box from '@mui/material/Box';
import FormControlLabel from '@mui/material/FormControlLabel';
import MenuItem from '@mui/material/MenuItem';
import Radio from '@mui/material/Radio';
import RadioGroup from '@mui/material/RadioGroup';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { scorerMode, type ProjectSettings, type ScorerMode } from '#preload/domain/settings.ts';
import { t } from '../../language/language.ts';
import { attempt } from '../../shared/notices.ts';
import { api, backend } from '../../backend/client.ts';

const modes: Record<ScorerMode, { readonly name: string; readonly meaning: string }> = {
  clip: {
    name: t('CLIP'),
    meaning: t('Looks at each frame alone. Fast, and what you taught has its say.'),
  },
  xclip: {
    name: t('X-CLIP'),
    meaning: t(
      'The frames of a clip tell each other what they see, and each name looks at the clip before it is compared. Tells apart what only motion tells apart; slower.',
    ),
  },
  fused: {
    name: t('Both together'),
    meaning: t('CLIP and X-CLIP each have their say. As slow as X-CLIP, and often surer.'),
  },
};

/** Who says which class a proposal shows, and which of the added models carries X-CLIP's parts. Where it is, CLIP finds in any case. */
export function ScorerSettings({ settings }: { readonly settings: ProjectSettings }) {
  const { data: models = [] } = useQuery(api.models.list.queryOptions());
  const headingId = useId();
  // Those that are nothing else come first: the others score as their frames do until they are taught.
  const scorers = models
    .filter(({ capabilities }) => capabilities.scoresClips)
    .toSorted((one, other) => Number(one.capabilities.embedsFrames) - Number(other.capabilities.embedsFrames));
  const scorerModel = settings.scorerModel ?? scorers.find(({ problem }) => problem === null)?.name ?? null;
  const choose = (scorer: ScorerMode): void =>
    attempt(backend.projects.changeSettings({ scorer, ...(scorer !== 'clip' && { scorerModel }) }));
  return (
    <Box component="section" aria-labelledby={headingId}>
      <Typography id={headingId} variant="body2" component="h3">
        {t('Who says which class a proposal shows')}
      </Typography>
      <RadioGroup
        aria-labelledby={headingId}
        value={settings.scorer}
        onChange={(_, scorer) => choose(scorer as ScorerMode)}
        sx={{ mt: 0.5, gap: 0.75 }}
      >
        {scorerMode.options.map((mode) => (
          <FormControlLabel
            key={mode}
            value={mode}
            disabled={mode !== 'clip' && scorerModel === null}
            control={<Radio size="small" sx={{ p: 0.5, mr: 0.5 }} />}
            label={
              <>
                <Box component="span" sx={{ display: 'block', lineHeight: '28px' }}>
                  {modes[mode].name}
                </Box>
                <Typography variant="caption" component="span" color="textSecondary" sx={{ display: 'block' }}>
                  {modes[mode].meaning}
                </Typography>
              </>
            }
            sx={{ alignItems: 'flex-start', ml: -0.5 }}
          />
        ))}
      </RadioGroup>
      {scorers.length === 0 ? (
        <Typography variant="caption" component="p" color="textSecondary" sx={{ mt: 1 }}>
          {t('For X-CLIP, get one under Models first.')}
        </Typography>
      ) : (
        <TextField
          select
          label={t('X-CLIP model')}
          value={scorers.some(({ name }) => name === scorerModel) ? scorerModel : ''}
          onChange={(event) => attempt(backend.projects.changeSettings({ scorerModel: event.target.value }))}
          helperText={t('It looks at every proposal once; after that it is as quick as CLIP.')}
          sx={{ mt: 1.5, width: 320 }}
        >
          {scorers.map(({ name, kind, capabilities, problem }) => (
            <MenuItem key={name} value={name} disabled={problem !== null}>
              {name}
              {capabilities.embedsFrames && t(' · X-CLIP’s parts on this {{kind}}, to be fine-tuned first', { kind })}
            </MenuItem>
          ))}
        </TextField>
      )}
    </Box>
  );
}
