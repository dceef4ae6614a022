import Box from '@mui/material/Box';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import FormGroup from '@mui/material/FormGroup';
import FormLabel from '@mui/material/FormLabel';
import MenuItem from '@mui/material/MenuItem';
import Slider from '@mui/material/Slider';
import TextField from '@mui/material/TextField';
import type { AnnotationFormat, ExportOptions } from '#preload/contract/work.ts';
import type { SegmentState } from '#preload/domain/segment.ts';
import { t } from '../../language/language.ts';
import { useStudio } from '../../shared/studio-state.ts';
import { useVideo } from '../../backend/project-queries.ts';

const stateLabels: Record<SegmentState, string> = {
  accepted: t('Accepted'),
  proposed: t('Proposals still open'),
  rejected: t('Rejected'),
};

/** Which segments go out, of which videos, and what the format leaves to choose. */
export function ExportOptionFields(props: {
  readonly options: ExportOptions;
  readonly format: AnnotationFormat;
  readonly onChange: (options: ExportOptions) => void;
}) {
  const { options } = props;
  const videoId = useStudio((studio) => studio.selectedVideoId);
  const video = useVideo(videoId);
  const change = (part: Partial<ExportOptions>): void => props.onChange({ ...options, ...part });
  return (
    <>
      <Box role="group" aria-labelledby="export-states">
        <FormLabel id="export-states" sx={{ fontSize: 12 }}>
          {t('Segments')}
        </FormLabel>
        <FormGroup row>
          {(Object.keys(stateLabels) as SegmentState[]).map((state) => (
            <FormControlLabel
              key={state}
              control={
                <Checkbox
                  size="small"
                  checked={options.states.includes(state)}
                  onChange={(_, checked) =>
                    change({
                      states: checked ? [...options.states, state] : options.states.filter((each) => each !== state),
                    })
                  }
                />
              }
              label={stateLabels[state]}
            />
          ))}
        </FormGroup>
        {options.states.includes('proposed') && (
          <Box sx={{ display: 'flex', alignItems: 'center', gap: 2, mt: 0.5 }}>
            <Box id="export-score" sx={{ fontSize: 12.5, whiteSpace: 'nowrap', width: 190 }}>
              {t('Scored at least {{minimumScore}} %', { minimumScore: Math.round(options.minimumScore * 100) })}
            </Box>
            <Slider
              size="small"
              aria-labelledby="export-score"
              min={0}
              max={1}
              step={0.01}
              value={options.minimumScore}
              onChange={(_, minimumScore) => change({ minimumScore })}
            />
          </Box>
        )}
      </Box>
      <Box sx={{ display: 'flex', gap: 2 }}>
        <TextField
          select
          fullWidth
          label={t('Videos')}
          value={options.videoIds === null ? 'all' : 'one'}
          onChange={(event) =>
            change({ videoIds: event.target.value === 'one' && videoId !== null ? [videoId] : null })
          }
        >
          <MenuItem value="all">{t('All videos')}</MenuItem>
          {video && <MenuItem value="one">{t('Only {{name}}', { name: video.name })}</MenuItem>}
        </TextField>
        {props.format.options.map(({ id, name, choices }) => {
          const chosen = choices.find((choice) => choice.id === options.formatOptions[id]) ?? choices[0]!;
          return (
            <TextField
              key={id}
              select
              fullWidth
              label={name}
              value={chosen.id}
              onChange={(event) => change({ formatOptions: { ...options.formatOptions, [id]: event.target.value } })}
              helperText={chosen.description}
            >
              {choices.map((choice) => (
                <MenuItem key={choice.id} value={choice.id}>
                  {choice.name}
                </MenuItem>
              ))}
            </TextField>
          );
        })}
      </Box>
    </>
  );
}
