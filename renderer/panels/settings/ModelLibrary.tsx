import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { t } from '../../language/language.ts';
import { api, backend } from '../../backend/client.ts';
import { failureOf } from '../../backend/failures.ts';
import { FailureNote } from '../../shared/FailureNote.tsx';
import { RowsSkeleton } from '../../ui/RowsSkeleton.tsx';
import { DownloadState } from './DownloadState.tsx';
import { LibraryRow } from './LibraryRow.tsx';

/** Models that are worth a recommendation, each a click away, and any other of the hub by its name. */
export function ModelLibrary({ samplingFps }: { readonly samplingFps: number }) {
  const library = useQuery(api.models.library.queryOptions());
  const { data: downloads = [] } = useQuery(api.models.downloads.queryOptions());
  const measure = useMutation({ mutationFn: () => backend.models.measureMachine() });
  if (library.isError) return <FailureNote error={library.error} onRetry={() => void library.refetch()} />;
  if (!library.data) return <RowsSkeleton rows={4} height={72} label={t('Loading the library')} />;
  const { models, freeBytes, folder, hub } = library.data;
  const others = downloads.filter(({ repository }) => models.every((model) => model.repository !== repository));
  return (
    <Box component="section" aria-labelledby="model-library-title">
      <Box sx={{ display: 'flex', alignItems: 'flex-start', gap: 2, mb: 1 }}>
        <Box sx={{ flex: 1 }}>
          <Typography id="model-library-title" variant="h3" component="h3">
            {t('Model library')}
          </Typography>
          <Typography variant="caption" component="p" color="textSecondary">
            {t('Downloaded once from {{hub}}, checked, and kept on this machine; your videos never leave it.', {
              hub: hub.replace(/^https?:\/\//, ''),
            })}
          </Typography>
        </Box>
        <Button
          variant="text"
          loading={measure.isPending}
          onClick={() => measure.mutate()}
          sx={{ whiteSpace: 'nowrap', flexShrink: 0 }}
        >
          {t('Measure speeds here (5 s)')}
        </Button>
      </Box>
      {measure.isError && (
        <Alert severity="error" onClose={() => measure.reset()} sx={{ mb: 1 }}>
          {failureOf(measure.error).message}
        </Alert>
      )}
      <Box component="ul" aria-label={t('Model library')} sx={{ m: 0, p: 0, listStyle: 'none' }}>
        {models.map((model, index) => (
          <LibraryRow
            key={model.repository}
            model={model}
            recommended={index === 0}
            download={downloads.find(({ repository }) => repository === model.repository)}
            freeBytes={freeBytes}
            samplingFps={samplingFps}
          />
        ))}
        {others.map((download) => (
          <Box
            component="li"
            key={download.repository}
            aria-label={download.repository}
            sx={{ py: 1.5, borderTop: 1, borderColor: 'divider' }}
          >
            <Box sx={{ fontSize: 14, fontWeight: 600, overflowWrap: 'anywhere' }}>{download.repository}</Box>
            <DownloadState download={download} title={download.repository} />
          </Box>
        ))}
      </Box>
      <HubField folder={folder} />
    </Box>
  );
}

/** Any other model of the hub: `owner/name`, also with a revision behind an @. */
function HubField({ folder }: { readonly folder: string }) {
  const [text, setText] = useState('');
  const start = useMutation({
    mutationFn: async () => {
      const [repository, revision] = text
        .trim()
        .replace(/^https?:\/\/[^/]+\//, '')
        .split('@') as [string, string?];
      await backend.models.startDownload({ repository, ...(revision !== undefined && { revision }) });
      setText('');
    },
  });
  return (
    <Box
      component="form"
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() !== '') start.mutate();
      }}
      sx={{ display: 'flex', gap: 1, alignItems: 'flex-start', pt: 2, borderTop: 1, borderColor: 'divider' }}
    >
      <TextField
        label={t('Another model of the hub')}
        placeholder={t('owner/name')}
        value={text}
        onChange={(event) => setText(event.target.value)}
        error={start.isError}
        helperText={
          start.isError
            ? failureOf(start.error).message
            : t(
                'CLIP, open_clip, SigLIP, MetaCLIP 2, ALIGN, PE-Core or X-CLIP, as safetensors. It is kept in {{folder}}.',
                { folder },
              )
        }
        slotProps={{ formHelperText: { sx: { overflowWrap: 'anywhere' } } }}
        sx={{ flex: 1 }}
      />
      <Button type="submit" variant="outlined" disabled={text.trim() === ''} loading={start.isPending} sx={{ mt: 0.5 }}>
        {t('Download')}
      </Button>
    </Box>
  );
}
