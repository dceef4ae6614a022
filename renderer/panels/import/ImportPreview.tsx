import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import type { ImportChoices, ImportPreview as Preview } from '#preload/contract/transfer-choices.ts';
import { t } from '../../language/language.ts';
import { counted } from '../../language/counted.ts';
import { ClassChoices } from './ClassChoices.tsx';
import { SkippedRows } from '../../ui/SkippedRows.tsx';
import { VideoChoices } from './VideoChoices.tsx';
import { said } from '../../language/said.ts';

/** What an import would bring, and what a person may decide of it. */
export function ImportPreview(props: {
  readonly preview: Preview;
  readonly choices: ImportChoices;
  readonly onChange: (choices: ImportChoices) => void;
}) {
  const { preview, choices, onChange } = props;
  const namesSplits = preview.videos.rows.some(({ split }) => split !== null);
  return (
    <>
      <Box role="status" sx={{ display: 'grid', gap: 0.25 }}>
        <Typography sx={{ fontWeight: 600 }}>{summaryOf(preview)}</Typography>
        <Typography variant="body2" color="textSecondary">
          {restOf(preview)}
        </Typography>
      </Box>
      {preview.warnings.length > 0 && (
        <Alert severity="warning">
          {preview.warnings.map(said).map((warning) => (
            <div key={warning}>{warning}</div>
          ))}
        </Alert>
      )}
      <Box sx={{ display: 'flex', gap: 2, alignItems: 'center', flexWrap: 'wrap' }}>
        <TextField
          select
          size="small"
          label={t('Segments become')}
          value={choices.as}
          onChange={(event) => onChange({ ...choices, as: event.target.value as ImportChoices['as'] })}
          sx={{ minWidth: 220, mt: 0.75 }}
        >
          <MenuItem value="said">{t('what the file says')}</MenuItem>
          <MenuItem value="accepted">{t('accepted')}</MenuItem>
          <MenuItem value="proposed">{t('proposals to review')}</MenuItem>
          <MenuItem value="layer">{t('a layer beside yours')}</MenuItem>
        </TextField>
        {namesSplits && (
          <FormControlLabel
            control={
              <Checkbox
                size="small"
                checked={choices.splits}
                onChange={(_, splits) => onChange({ ...choices, splits })}
              />
            }
            label={t('Take over the file’s splits')}
          />
        )}
      </Box>
      <ClassChoices preview={preview} choices={choices} onChange={onChange} />
      <VideoChoices preview={preview} choices={choices} onChange={onChange} />
      <SkippedRows title={t('Rows left out')} rows={preview.leftOut} />
      <SkippedRows title={t('Rows cut at an edge of their video')} rows={preview.cut} />
    </>
  );
}

const summaryOf = ({ addedSegments, addedClasses, movedVideos }: Preview): string =>
  addedSegments + addedClasses + movedVideos === 0
    ? t('Nothing would change.')
    : t('{{segments}} and {{classes}} would be added.', {
        segments: counted(addedSegments, 'segment'),
        classes: counted(addedClasses, 'class', 'classes'),
      });

const restOf = ({ unchanged, overruled, ignored, movedVideos, videos }: Preview): string =>
  [
    t('{{videos}} found, {{missing}} not.', { videos: counted(videos.found, 'video'), missing: videos.missing }),
    unchanged > 0 && t('{{segments}} there already.', { segments: counted(unchanged, 'segment') }),
    overruled > 0 && t('{{segments}} decided otherwise here.', { segments: counted(overruled, 'segment') }),
    ignored > 0 && t('{{segments}} ignored.', { segments: counted(ignored, 'segment') }),
    movedVideos > 0 && t('{{videos}} would go to another split.', { videos: counted(movedVideos, 'video') }),
  ]
    .filter(Boolean)
    .join(' ');
