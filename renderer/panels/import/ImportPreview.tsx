import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import type { ImportChoices, ImportPreview as Preview } from '#preload/contract/transfer-choices.ts';
import { counted } from '#preload/domain/counted.ts';
import { ClassChoices } from './ClassChoices.tsx';
import { SkippedRows } from '../../ui/SkippedRows.tsx';
import { VideoChoices } from './VideoChoices.tsx';

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
          {preview.warnings.map((warning) => (
            <div key={warning}>{warning}</div>
          ))}
        </Alert>
      )}
      <Box sx={{ display: 'flex', gap: 2, alignItems: 'center', flexWrap: 'wrap' }}>
        <TextField
          select
          size="small"
          label="Segments become"
          value={choices.as}
          onChange={(event) => onChange({ ...choices, as: event.target.value as ImportChoices['as'] })}
          sx={{ minWidth: 220, mt: 0.75 }}
        >
          <MenuItem value="said">what the file says</MenuItem>
          <MenuItem value="accepted">accepted</MenuItem>
          <MenuItem value="proposed">proposals to review</MenuItem>
          <MenuItem value="layer">a layer beside yours</MenuItem>
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
            label="Take over the file’s splits"
          />
        )}
      </Box>
      <ClassChoices preview={preview} choices={choices} onChange={onChange} />
      <VideoChoices preview={preview} choices={choices} onChange={onChange} />
      <SkippedRows title="Rows left out" rows={preview.leftOut} />
      <SkippedRows title="Rows cut at an edge of their video" rows={preview.cut} />
    </>
  );
}

const summaryOf = ({ addedSegments, addedClasses, movedVideos }: Preview): string =>
  addedSegments + addedClasses + movedVideos === 0
    ? 'Nothing would change.'
    : `${counted(addedSegments, 'segment')} and ${counted(addedClasses, 'class', 'classes')} would be added.`;

const restOf = ({ unchanged, overruled, ignored, movedVideos, videos }: Preview): string =>
  [
    `${counted(videos.found, 'video')} found, ${videos.missing.toLocaleString()} not.`,
    unchanged > 0 && `${counted(unchanged, 'segment')} there already.`,
    overruled > 0 && `${counted(overruled, 'segment')} decided otherwise here.`,
    ignored > 0 && `${counted(ignored, 'segment')} ignored.`,
    movedVideos > 0 && `${counted(movedVideos, 'video')} would go to another split.`,
  ]
    .filter(Boolean)
    .join(' ');
