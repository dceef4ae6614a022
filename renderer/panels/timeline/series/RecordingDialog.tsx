import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Skeleton from '@mui/material/Skeleton';
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ColumnLook, TableLook } from '#preload/contract/recordings.ts';
import type { RecordingReading, RecordingTrack } from '#preload/domain/recording.ts';
import { said as inWords } from '../../../language/said.ts';
import { t } from '../../../language/language.ts';
import { api, backend } from '../../../backend/client.ts';
import { FormDialog } from '../../../shared/FormDialog.tsx';
import { useStudio } from '../../../shared/studio-state.ts';
import { ColumnsField } from './ColumnsField.tsx';
import { ReadingFields } from './ReadingFields.tsx';
import { knownRecording } from './recordings.ts';
import { useSeriesDialog } from './series-dialogs.ts';
import { TableHead } from './TableHead.tsx';

/** So many columns are chosen where nobody has chosen yet. */
const firstChosen = 4;

/** Columns of numbers beside the times, those that change before those that do not. */
function likelyColumns({ columns, reading }: TableLook): number[] {
  const of = (kind: ColumnLook['kind']) =>
    columns.flatMap((each, column) => (each.kind === kind && column !== reading.time.column ? [column] : []));
  return [...of('number'), ...of('constant')].slice(0, firstChosen);
}

/** How a sensor's table is read and which columns are drawn, for one that is to be added or one that is there. */
export function RecordingDialog({ onClose }: { readonly onClose: () => void }) {
  const { place, recordingId } = useSeriesDialog.getState();
  const { selectedVideoId } = useStudio.getState();
  const videoId = selectedVideoId ?? 0;
  const [there] = useState(() => (recordingId === null ? undefined : knownRecording(videoId, recordingId)));
  const [said, setSaid] = useState<RecordingReading | undefined>(undefined);
  const [chosen, setChosen] = useState<readonly number[] | null>(there?.tracks.map(({ column }) => column) ?? null);
  const reading = said === undefined ? {} : { reading: said };
  const fresh = useQuery({
    ...api.recordings.look.queryOptions({ input: { videoId, place: place ?? '', ...reading } }),
    enabled: place !== null,
    placeholderData: keepPreviousData,
    gcTime: 0,
  });
  const again = useQuery({
    ...api.recordings.lookAgain.queryOptions({ input: { recordingId: recordingId ?? 0, ...reading } }),
    enabled: recordingId !== null,
    placeholderData: keepPreviousData,
    gcTime: 0,
  });
  const { data: look, error } = place === null ? again : fresh;
  const name = there?.name ?? fresh.data?.name ?? '';
  const columns = look && (chosen ?? likelyColumns(look));
  const usable = columns?.filter((column) => column < (look?.columns.length ?? 0)) ?? [];

  const save = useMutation({
    mutationFn: async () => {
      const tracks = usable.map((column) => ({ column, name: look!.columns[column]!.name }));
      if (place !== null) await backend.recordings.add({ videoId, place, reading: look!.reading, tracks });
      else if (there) {
        const known = new Map(there.tracks.map((track) => [track.column, track]));
        const plain = { colour: '#4c9be8', scale: { kind: 'all' }, look: 'full' } as const;
        await backend.recordings.update({
          recordingId: there.id,
          reading: look!.reading,
          tracks: tracks.map((track): RecordingTrack => known.get(track.column) ?? { ...track, ...plain }),
        });
      }
      onClose();
    },
  });
  const timeFault = look?.timeFault ?? null;
  const noColumn = look && usable.length === 0 ? t('Choose at least one column of numbers.') : null;
  const fault = timeFault === null ? noColumn : inWords(timeFault);
  const failure = error ?? save.error;
  return (
    <FormDialog
      title={
        there
          ? t('How {{name}} is read', { name })
          : name === ''
            ? t('Values of a table')
            : t('Values of {{name}}', { name })
      }
      maxWidth="sm"
      verb={there ? t('Save') : t('Add')}
      isReady={look !== undefined && fault === null}
      isBusy={save.isPending}
      error={failure}
      onSubmit={() => save.mutate()}
      aside={said !== undefined && <Button onClick={() => setSaid(undefined)}>{t('As it was found')}</Button>}
      onClose={onClose}
    >
      {!look && failure === null && <Skeleton variant="rounded" height={240} aria-label={t('Looking at the table')} />}
      {look && columns && (
        <>
          <ColumnsField
            columns={look.columns}
            timeColumn={look.reading.time.column}
            chosen={usable}
            onChoose={setChosen}
          />
          <ReadingFields look={look} onChange={setSaid} />
          <TableHead look={look} />
          {fault !== null && <Alert severity="warning">{fault}</Alert>}
        </>
      )}
    </FormDialog>
  );
}
