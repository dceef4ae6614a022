import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import LinearProgress from '@mui/material/LinearProgress';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { keepPreviousData, skipToken, useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import type { ImportedClassChoice } from '#preload/contract/transfer-choices.ts';
import type { PastedTable } from '#preload/domain/new-segment.ts';
import { t } from '../../language/language.ts';
import { counted } from '../../language/counted.ts';
import { api, backend } from '../../backend/client.ts';
import { failureOf } from '../../backend/failures.ts';
import { useVideo } from '../../backend/project-queries.ts';
import { playhead } from '../../playback/playback.ts';
import { notify, notifyFailure } from '../../shared/notices.ts';
import { usePastedTable, type PastePlace } from '../../shared/pasted-table.ts';
import { useStudio } from '../../shared/studio-state.ts';
import { RadioChoice } from '../../ui/RadioChoice.tsx';
import { SkippedRows } from '../../ui/SkippedRows.tsx';
import { formatTimecode } from '../../ui/timecode.ts';
import { NewClassChoices } from './NewClassChoices.tsx';
import { PastedRows } from './PastedRows.tsx';
import { said } from '../../language/said.ts';

/** What a table of text would become in the video, before it does; in one step, so that one undo takes all of it back. */
export function PasteDialog({ onClose }: { readonly onClose: () => void }) {
  const asked = usePastedTable();
  const [text, setText] = useState(asked.text);
  const [place, setPlace] = useState(asked.place);
  const [classes, setClasses] = useState<readonly ImportedClassChoice[]>([]);
  const [busy, setBusy] = useState(false);
  const videoId = useStudio((studio) => studio.selectedVideoId);
  const focusedClassId = useStudio((studio) => studio.focusedClassId);
  const video = useVideo(videoId);
  const [fromUs] = useState(playheadUs);
  const read = useDeferredValue(text);
  const { data, error, isFetching } = useQuery({
    ...api.segments.readTable.queryOptions({
      input:
        videoId === null || read.trim() === ''
          ? skipToken
          : {
              videoId,
              text: read,
              fromUs: place === 'playhead' ? fromUs : null,
              classId: focusedClassId,
              classes: [...classes],
            },
    }),
    placeholderData: keepPreviousData,
    gcTime: 0,
  });
  const table = read.trim() === '' || error ? undefined : data;
  const paste = async (): Promise<void> => {
    if (!table || videoId === null) return;
    setBusy(true);
    try {
      const { segmentIds } = await backend.segments.createMany({
        videoId,
        how: 'paste',
        segments: table.rows.map(({ place: _place, cut: _cut, ...row }) => row),
      });
      useStudio.getState().selectSegments(segmentIds, videoId);
      notify(t('{{segments}} pasted.', { segments: counted(segmentIds.length, 'segment') }), 'success');
      onClose();
    } catch (failure) {
      notifyFailure(failure);
      setBusy(false);
    }
  };
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="md">
      <DialogTitle>
        {t('Paste segments{{value}}', { value: video ? ` ${t('into {{name}}', { name: video.name })}` : '' })}
      </DialogTitle>
      <DialogContent sx={{ display: 'flex', flexDirection: 'column', gap: 1.5 }}>
        <TextField
          multiline
          rows={4}
          autoFocus={asked.text === ''}
          label={t('The table')}
          placeholder={t('Paste it here: a row for each segment, with class, start and end')}
          value={text}
          onChange={(event) => setText(event.target.value)}
          sx={{ mt: 1 }}
          slotProps={{
            htmlInput: { spellCheck: false, style: { fontFamily: 'monospace', fontSize: 12, whiteSpace: 'pre' } },
          }}
        />
        <RadioChoice<PastePlace>
          label={t('Where they go')}
          value={place}
          onChoose={setPlace}
          row
          options={{
            'own-times': t('At the times of the table'),
            playhead: t('The earliest at the playhead, {{time}}', { time: formatTimecode(fromUs) }),
          }}
        />
        {error && text.trim() !== '' && <Alert severity="error">{failureOf(error).message}</Alert>}
        <Box sx={{ height: 4 }}>{isFetching && <LinearProgress aria-label={t('Reading the table')} />}</Box>
        {table && (
          <>
            <Typography role="status">{summaryOf(table)}</Typography>
            {table.warnings.map(said).map((warning) => (
              <Alert key={warning} severity="warning">
                {warning}
              </Alert>
            ))}
            <NewClassChoices names={namesAskedAbout(table, classes)} choices={classes} onChange={setClasses} />
            <PastedRows rows={table.rows} />
            <SkippedRows title={t('Rows left out')} rows={table.leftOut} />
          </>
        )}
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t('Cancel')}</Button>
        <Button
          variant="contained"
          autoFocus={asked.text !== ''}
          disabled={!table || table.rows.length === 0 || isFetching || busy || read !== text}
          onClick={() => void paste()}
        >
          {table && table.rows.length > 0
            ? t('Paste {{segments}}', { segments: counted(table.rows.length, 'segment') })
            : t('Paste')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

const playheadUs = (): number => {
  const { table, frame } = playhead.getState();
  return table?.startUs(frame) ?? 0;
};

/** Names that are new, and those that were when the person chose otherwise, in one order. */
const namesAskedAbout = ({ newClasses }: PastedTable, choices: readonly ImportedClassChoice[]): readonly string[] =>
  [...new Set([...choices.map(({ name }) => name), ...newClasses])].toSorted((a, b) => a.localeCompare(b));

function summaryOf({ rows, newClasses, leftOut }: PastedTable): string {
  const cut = rows.filter((row) => row.cut).length;
  return [
    rows.length === 0
      ? t('Nothing would be made.')
      : t('{{segments}} would be made.', { segments: counted(rows.length, 'segment') }),
    newClasses.length > 0 &&
      t('{{classes}} would be new.', { classes: counted(newClasses.length, 'class', 'classes') }),
    cut > 0 && t('{{segments}} would be cut where the video ends.', { segments: counted(cut, 'segment') }),
    leftOut.length > 0 && t('{{rows}} cannot be taken.', { rows: counted(leftOut.length, 'row') }),
  ]
    .filter(Boolean)
    .join(' ');
}
