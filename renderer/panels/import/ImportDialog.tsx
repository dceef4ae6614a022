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
import { counted } from '#preload/domain/counted.ts';
import { api, backend } from '../../backend/client.ts';
import { failureOf, wordsFor } from '../../backend/failures.ts';
import { choosePlaces } from '../../shared/choose-places.ts';
import { FailureNote } from '../../shared/FailureNote.tsx';
import { notify } from '../../shared/notices.ts';
import { RowsSkeleton } from '../../ui/RowsSkeleton.tsx';
import { ColumnMapper } from './ColumnMapper.tsx';
import { ImportPreview } from './ImportPreview.tsx';

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
  const format = readable.find((each) => each.id === chosenId) ?? readable[0];
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
      const warned = done.warnings.length > 0 ? ` ${done.warnings.join(' ')}` : '';
      notify(
        `${counted(done.addedSegments, 'segment')} and ${counted(done.addedClasses, 'class', 'classes')} added.${warned}`,
        done.warnings.length > 0 ? 'warning' : 'success',
        { label: 'Undo', run: () => void backend.history.undo() },
      );
      onClose();
    },
  });
  const choose = async (from: 'annotations' | 'folder'): Promise<void> => {
    const [chosen] = await choosePlaces(from);
    if (chosen === undefined) return;
    take.reset();
    setChoices(noChoices);
    setIsFolder(from === 'folder');
    setPlace(chosen);
  };
  const error = take.error ?? (place === null ? null : ((isTable ? look.error : null) ?? preview.error));
  const failure = error ? failureOf(error) : null;
  const shown = place === null || preview.isError || !isReadable ? undefined : preview.data;
  const isEmpty = shown !== undefined && shown.addedSegments + shown.addedClasses + shown.movedVideos === 0;
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth={place === null ? 'sm' : 'md'} aria-labelledby="import-title">
      <DialogTitle id="import-title">Import annotations</DialogTitle>
      {formats.isError ? (
        <FailureNote error={formats.error} onRetry={() => void formats.refetch()} />
      ) : (
        <DialogContent sx={{ display: 'grid', gap: 2, alignContent: 'start' }}>
          {place === null && (
            <Typography variant="body2" color="textSecondary">
              Segments are matched to this project’s videos by checksum or name. Add the videos first. What would be
              taken is shown before anything changes.
            </Typography>
          )}
          <TextField
            select
            label="Format"
            value={format?.id ?? ''}
            onChange={(event) => {
              take.reset();
              setChoices(noChoices);
              setChosenId(event.target.value);
            }}
            helperText={format?.description ?? ' '}
            sx={{ mt: 0.75 }}
          >
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
          {isTable && look.data && (
            <ColumnMapper
              look={look.data}
              columns={(look.isFetching ? choices.columns : null) ?? look.data.columns}
              onChange={(chosen) => setChoices((before) => ({ ...before, columns: chosen }))}
            />
          )}
          {place !== null && isReadable && preview.isLoading && (
            <RowsSkeleton rows={5} height={32} label="Reading the file" />
          )}
          {shown && <ImportPreview preview={shown} choices={choices} onChange={setChoices} />}
        </DialogContent>
      )}
      <DialogActions sx={{ px: 3, pb: 2 }}>
        <Button color="inherit" onClick={onClose} sx={{ mr: 'auto' }}>
          Cancel
        </Button>
        <Button
          variant={place === null && format?.layout === 'folder' ? 'contained' : 'text'}
          disabled={!format || take.isPending}
          onClick={() => void choose('folder')}
        >
          Choose a folder…
        </Button>
        <Button
          variant={place === null && format?.layout !== 'folder' ? 'contained' : 'text'}
          disabled={!format || take.isPending}
          onClick={() => void choose('annotations')}
        >
          Choose a file…
        </Button>
        {place !== null && (
          <Button
            variant="contained"
            disabled={shown === undefined || isEmpty || preview.isFetching}
            loading={take.isPending}
            onClick={() => take.mutate()}
          >
            {shown === undefined || isEmpty ? 'Import' : `Import ${counted(shown.addedSegments, 'segment')}`}
          </Button>
        )}
      </DialogActions>
    </Dialog>
  );
}
