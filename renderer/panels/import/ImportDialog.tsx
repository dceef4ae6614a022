import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ImportChoices } from '#preload/contract/transfer-choices.ts';
import { t } from '../../language/language.ts';
import { counted } from '../../language/counted.ts';
import { api, backend } from '../../backend/client.ts';
import { failureOf, wordsFor } from '../../backend/failures.ts';
import { choosePlaces } from '../../shared/choose-places.ts';
import { FailureNote } from '../../shared/FailureNote.tsx';
import { notify } from '../../shared/notices.ts';
import { RowsSkeleton } from '../../ui/RowsSkeleton.tsx';
import { ColumnMapper } from './ColumnMapper.tsx';
import { ImportPreview } from './ImportPreview.tsx';
import { said } from '../../language/said.ts';

/** As the choice of a format: none is chosen. */
const byFile = 'by-file';
const noChoices: ImportChoices = { classes: [], videos: [], as: 'said', splits: true, columns: null };

/**
 * Reads a file of another tool, or a folder of such files: first what it would bring, row by row, and what a person may
 * decide of it; then all of it in one step that can be undone.
 */
export function ImportDialog({ onClose }: { readonly onClose: () => void }) {
  const formats = useQuery(api.transfer.formats.queryOptions());
  const readable = formats.data?.filter((format) => format.reads) ?? [];
  const [chosenId, setChosenId] = useState<string | null>(null);
  const [place, setPlace] = useState<string | null>(null);
  const [isFolder, setIsFolder] = useState(false);
  const [choices, setChoices] = useState(noChoices);
  // Until a person chooses, the file tells.
  const told = useQuery({
    ...api.transfer.tellFormats.queryOptions({ input: { place: place ?? '' } }),
    enabled: place !== null && chosenId === null,
    retry: false,
    gcTime: 0,
  });
  const formatId = chosenId ?? (place === null ? undefined : told.data?.[0]);
  const format = readable.find((each) => each.id === formatId);
  const isUnknown = place !== null && chosenId === null && told.data?.length === 0;
  const tableFormat = readable.find(({ readsByColumns }) => readsByColumns);
  const isTable = format?.readsByColumns === true && place !== null && !isFolder;
  const look = useQuery({
    ...api.transfer.lookAtTable.queryOptions({ input: { place: place ?? '', columns: choices.columns } }),
    enabled: isTable,
    placeholderData: keepPreviousData,
    retry: false,
    gcTime: 0,
  });
  const columns = isTable ? (choices.columns ?? look.data?.columns ?? null) : null;
  const isReadable = !isTable || look.data?.missing === null;
  const request = { format: format?.id ?? '', place: place ?? '', choices: { ...choices, columns } };
  const preview = useQuery({
    ...api.transfer.previewImport.queryOptions({ input: request }),
    enabled: format !== undefined && place !== null && isReadable,
    placeholderData: keepPreviousData,
    retry: false,
    // The file may have changed since it was looked at last.
    gcTime: 0,
  });
  const take = useMutation({
    mutationFn: () => backend.transfer.import(request),
    onSuccess: (done) => {
      const warned = done.warnings.length > 0 ? ` ${done.warnings.map(said).join(' ')}` : '';
      notify(
        t('{{segments}} and {{classes}} added.{{warned}}', {
          segments: counted(done.addedSegments, 'segment'),
          classes: counted(done.addedClasses, 'class', 'classes'),
          warned,
        }),
        done.warnings.length > 0 ? 'warning' : 'success',
        { label: t('Undo'), run: () => void backend.history.undo() },
      );
      onClose();
    },
  });
  const chooseFormat = (id: string | null): void => {
    take.reset();
    setChoices(noChoices);
    setChosenId(id);
  };
  const choose = async (from: 'annotations' | 'folder'): Promise<void> => {
    const [chosen] = await choosePlaces(from);
    if (chosen === undefined) return;
    take.reset();
    setChoices(noChoices);
    setIsFolder(from === 'folder');
    setPlace(chosen);
  };
  const error = take.error ?? (place === null ? null : (told.error ?? (isTable ? look.error : null) ?? preview.error));
  const failure = error ? failureOf(error) : null;
  const shown = place === null || format === undefined || preview.isError || !isReadable ? undefined : preview.data;
  const isEmpty = shown !== undefined && shown.addedSegments + shown.addedClasses + shown.movedVideos === 0;
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth={place === null ? 'sm' : 'md'} aria-labelledby="import-title">
      <DialogTitle id="import-title">{t('Import annotations')}</DialogTitle>
      {formats.isError ? (
        <FailureNote error={formats.error} onRetry={() => void formats.refetch()} />
      ) : (
        <DialogContent sx={{ display: 'grid', gap: 2, alignContent: 'start' }}>
          {place === null && (
            <Typography variant="body2" color="textSecondary">
              {t(
                'Segments are matched to this project’s videos by checksum or name. Add the videos first. What would be taken is shown before anything changes.',
              )}
            </Typography>
          )}
          <TextField
            select
            label={t('Format')}
            value={format?.id ?? byFile}
            onChange={(event) => chooseFormat(event.target.value === byFile ? null : event.target.value)}
            helperText={
              format === undefined
                ? t('Most files tell what they are. Choose a format where one does not.')
                : `${chosenId === null ? t('Told by what is in it. ') : ''}${format.description}`
            }
            sx={{ mt: 0.75 }}
          >
            <MenuItem value={byFile}>{t('Told by the file')}</MenuItem>
            {readable.map((each) => (
              <MenuItem key={each.id} value={each.id}>
                {each.name}
              </MenuItem>
            ))}
          </TextField>
          {failure && (
            <Alert severity="error">
              {failure.message} {wordsFor(failure).advice}
            </Alert>
          )}
          {isUnknown && (
            <Alert
              severity="warning"
              action={
                tableFormat && (
                  <Button color="inherit" onClick={() => chooseFormat(tableFormat.id)} sx={{ whiteSpace: 'nowrap' }}>
                    {t('Read it as a table')}
                  </Button>
                )
              }
            >
              {t('No format reads this as it stands. Choose its format, or, of a table, its columns.')}
            </Alert>
          )}
          {isTable && look.data && (
            <ColumnMapper
              look={look.data}
              columns={(look.isFetching ? choices.columns : null) ?? look.data.columns}
              onChange={(chosen) => setChoices((before) => ({ ...before, columns: chosen }))}
            />
          )}
          {place !== null && isReadable && (preview.isLoading || told.isLoading) && (
            <RowsSkeleton rows={5} height={32} label={t('Reading the file')} />
          )}
          {shown && <ImportPreview preview={shown} choices={choices} onChange={setChoices} />}
        </DialogContent>
      )}
      <DialogActions sx={{ px: 3, pb: 2 }}>
        <Button color="inherit" onClick={onClose} sx={{ mr: 'auto' }}>
          {t('Cancel')}
        </Button>
        <Button
          variant={place === null && format?.layout === 'folder' ? 'contained' : 'text'}
          disabled={!formats.data || take.isPending}
          onClick={() => void choose('folder')}
        >
          {t('Choose a folder…')}
        </Button>
        <Button
          variant={place === null && format?.layout !== 'folder' ? 'contained' : 'text'}
          disabled={!formats.data || take.isPending}
          onClick={() => void choose('annotations')}
        >
          {t('Choose a file…')}
        </Button>
        {place !== null && (
          <Button
            variant="contained"
            disabled={shown === undefined || isEmpty || preview.isFetching}
            loading={take.isPending}
            onClick={() => take.mutate()}
          >
            {shown === undefined || isEmpty
              ? t('Import')
              : t('Import {{segments}}', { segments: counted(shown.addedSegments, 'segment') })}
          </Button>
        )}
      </DialogActions>
    </Dialog>
  );
}
