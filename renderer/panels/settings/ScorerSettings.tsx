import Box from '@mui/material/Box';
import FormControlLabel from '@mui/material/FormControlLabel';
import Radio from '@mui/material/Radio';
import RadioGroup from '@mui/material/RadioGroup';
import Typography from '@mui/material/Typography';
import { useId } from 'react';
import type { ModelEntry } from '#preload/domain/model.ts';
import { scorerMode, type ProjectSettings, type ScorerMode } from '#preload/domain/settings.ts';
import { attempt } from '../../app/notices.ts';
import { backend } from '../../backend/client.ts';
import { ModelRow } from './ModelRow.tsx';

const modes: Record<ScorerMode, { readonly name: string; readonly meaning: string }> = {
  clip: {
    name: 'CLIP',
    meaning: 'Each frame is looked at alone. Fast; what was taught has its say.',
  },
  xclip: {
    name: 'X-CLIP',
    meaning:
      'The frames of a clip exchange messages, and the names look at the clip before they are compared: tells apart what only motion tells apart. Slower.',
  },
  fused: {
    name: 'Both together',
    meaning: 'CLIP and X-CLIP each have their say, as probabilities. As slow as X-CLIP, and often surer.',
  },
};

/** Who says which class a proposal shows, and which of the added X-CLIPs that is. CLIP always finds where. */
export function ScorerSettings(props: {
  readonly models: readonly ModelEntry[];
  /** Undefined where no project is open: then there is nothing to choose for. */
  readonly settings: ProjectSettings | undefined;
  readonly onRemove: (name: string) => void;
}) {
  const { settings } = props;
  const headingId = useId();
  const clipScorers = props.models.filter(({ kind }) => kind === 'xclip');
  const fallback = clipScorers.find(({ problem }) => problem === null)?.name ?? null;
  const scorerModel = settings?.scorerModel ?? fallback;
  const rows = clipScorers.map((model) => (
    <ModelRow
      key={model.name}
      model={model}
      choice={
        settings && (
          <Radio
            size="small"
            value={model.name}
            disabled={model.problem !== null}
            slotProps={{ input: { 'aria-label': model.name } }}
          />
        )
      }
      onRemove={() => props.onRemove(model.name)}
    />
  ));
  if (!settings) return rows;
  return (
    <Box component="section" aria-labelledby={headingId}>
      <Typography id={headingId} variant="h3" component="h3" sx={{ mb: 0.5 }}>
        Who says which class it is
      </Typography>
      <RadioGroup
        aria-labelledby={headingId}
        value={settings.scorer}
        onChange={(_, scorer) =>
          attempt(
            backend.projects.changeSettings({
              scorer: scorer as ScorerMode,
              ...(scorer !== 'clip' && { scorerModel }),
            }),
          )
        }
        sx={{ mb: 1 }}
      >
        {scorerMode.options.map((mode) => (
          <FormControlLabel
            key={mode}
            value={mode}
            disabled={mode !== 'clip' && scorerModel === null}
            control={<Radio size="small" />}
            label={
              <>
                {modes[mode].name}
                <Typography variant="caption" component="span" color="textSecondary" sx={{ display: 'block' }}>
                  {modes[mode].meaning}
                </Typography>
              </>
            }
            sx={{ alignItems: 'flex-start', mb: 0.75, '& .MuiRadio-root': { mt: '-7px' } }}
          />
        ))}
      </RadioGroup>
      {clipScorers.length === 0 ? (
        <Typography variant="caption" component="p" color="textSecondary">
          No X-CLIP is added yet: add its checkpoint folder below, as for any other model.
        </Typography>
      ) : (
        <RadioGroup
          aria-label="X-CLIP of the project"
          value={scorerModel ?? ''}
          onChange={(_, name) => attempt(backend.projects.changeSettings({ scorerModel: name }))}
        >
          {rows}
        </RadioGroup>
      )}
    </Box>
  );
}
