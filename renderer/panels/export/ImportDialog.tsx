import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { choosePlaces } from '../../shared/choose-places.ts';
import { FailureNote } from '../../shared/FailureNote.tsx';
import { api, backend } from '../../backend/client.ts';
import { failureOf, wordsFor } from '../../backend/failures.ts';
import { counted } from '#preload/domain/counted.ts';

/** Reads a file of another tool, or a folder of such files, into the project: they are added; nothing that is there is replaced. */
export function ImportDialog({ onClose }: { readonly onClose: () => void }) {
  const formats = useQuery(api.transfer.formats.queryOptions());
  const readable = formats.data?.filter((format) => format.reads) ?? [];
  const [chosenId, setChosenId] = useState<string | null>(null);
  const format = readable.find((each) => each.id === chosenId) ?? readable[0];
  const read = useMutation({
    mutationFn: async ({ formatId, from }: { readonly formatId: string; readonly from: 'annotations' | 'folder' }) => {
      const [place] = await choosePlaces(from);
      return place === undefined ? null : backend.transfer.import({ format: formatId, place });
    },
  });
  const failure = read.isError ? failureOf(read.error) : null;
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="sm" aria-labelledby="import-title">
      <DialogTitle id="import-title">Import annotations</DialogTitle>
      {formats.isError ? (
        <FailureNote error={formats.error} onRetry={() => void formats.refetch()} />
      ) : (
        <DialogContent sx={{ display: 'grid', gap: 2 }}>
          <Typography variant="body2" color="textSecondary">
            Segments are matched to this project’s videos by file name or checksum. Add the videos first.
          </Typography>
          <TextField
            select
            label="Format"
            value={format?.id ?? ''}
            onChange={(event) => setChosenId(event.target.value)}
            helperText={format?.description ?? ' '}
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
          {read.data && (
            <Alert severity={read.data.warnings.length > 0 ? 'warning' : 'success'}>
              {counted(read.data.addedSegments, 'segment')} and {counted(read.data.addedClasses, 'class', 'classes')}{' '}
              added, {read.data.unchanged.toLocaleString()} were there already.
              {read.data.warnings.map((warning) => (
                <div key={warning}>{warning}</div>
              ))}
            </Alert>
          )}
        </DialogContent>
      )}
      <DialogActions sx={{ px: 3, pb: 2 }}>
        <Button color="inherit" onClick={onClose}>
          {read.data ? 'Done' : 'Cancel'}
        </Button>
        <Button
          variant={format?.layout === 'folder' ? 'contained' : 'text'}
          disabled={!format}
          loading={read.isPending && read.variables.from === 'folder'}
          onClick={() => format && read.mutate({ formatId: format.id, from: 'folder' })}
        >
          Choose a folder…
        </Button>
        <Button
          variant={format?.layout === 'folder' ? 'text' : 'contained'}
          disabled={!format}
          loading={read.isPending && read.variables.from === 'annotations'}
          onClick={() => format && read.mutate({ formatId: format.id, from: 'annotations' })}
        >
          Choose a file…
        </Button>
      </DialogActions>
    </Dialog>
  );
}
