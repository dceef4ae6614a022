import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { AnnotationFormat, ExportOptions } from '#preload/contract/work.ts';
import { counted } from '../../language/counted.ts';
import { choosePlaces } from '../../shared/choose-places.ts';
import { FailureNote } from '../../shared/FailureNote.tsx';
import { notify } from '../../shared/notices.ts';
import { api, backend } from '../../backend/client.ts';
import { failureOf } from '../../backend/failures.ts';
import { useProject } from '../../backend/project-queries.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { RowsSkeleton } from '../../ui/RowsSkeleton.tsx';
import { exportFileName } from './export-file-name.ts';
import { AspectLine } from './AspectLine.tsx';
import { ExportOptionFields } from './ExportOptionFields.tsx';
import { fileSize } from '../../ui/quantities.ts';
import { t } from '../../language/language.ts';
import { said } from '../../language/said.ts';

/** Writes annotations to a file, or a folder of files, that trainers and evaluators read: what, of which videos, to where. */
export function ExportDialog({ onClose }: { readonly onClose: () => void }) {
  const formats = useQuery(api.transfer.formats.queryOptions());
  const writable = formats.data?.filter((format) => format.writes) ?? [];
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="sm" aria-labelledby="export-title">
      <DialogTitle id="export-title">{t('Export annotations')}</DialogTitle>
      {formats.isError ? (
        <FailureNote error={formats.error} onRetry={() => void formats.refetch()} />
      ) : writable.length === 0 ? (
        <RowsSkeleton rows={4} height={56} label={t('Loading the formats')} />
      ) : (
        <ExportForm formats={writable} onClose={onClose} />
      )}
    </Dialog>
  );
}

function ExportForm({
  formats,
  onClose,
}: {
  readonly formats: readonly AnnotationFormat[];
  readonly onClose: () => void;
}) {
  const { data: project } = useProject();
  const [formatId, setFormatId] = useState(formats[0]!.id);
  const format = formats.find((each) => each.id === formatId)!;
  const [options, setOptions] = useState<ExportOptions>({
    formatOptions: {},
    states: ['accepted'],
    videoIds: null,
    minimumScore: 0,
  });
  const [typedName, setTypedName] = useState<string | null>(null);
  const isFolder = format.layout === 'folder';
  const fileName = typedName ?? exportFileName(project?.name ?? '', isFolder ? null : format.extensions[0]!);
  const preview = useQuery({
    ...api.transfer.preview.queryOptions({ input: { ...options, format: formatId } }),
    placeholderData: keepPreviousData,
  });
  const send = useMutation({
    mutationFn: async (where: 'folder' | 'download' | { readonly replaceIn: string }) => {
      const replace = typeof where === 'object';
      const place = replace ? where.replaceIn : where === 'folder' ? (await choosePlaces('folder'))[0] : null;
      if (place === undefined) return;
      const request = { format: formatId, options, place, fileName };
      const made = await backend.transfer.export({ ...request, replace }).catch((error: unknown) => {
        if (place === null || failureOf(error).code !== 'already-there') throw error;
        setAsking({ place, fileName });
        return null;
      });
      if (made === null) return;
      if (made.url !== null) download(made.url, fileName);
      const { path } = made;
      const host = globalThis.window.cuepointHost;
      if (made.jobId !== null) {
        const title = t('{{segments}} on the way to {{path}}: the jobs show how far.', {
          segments: counted(made.segmentCount, 'segment'),
          path: path ?? fileName,
        });
        notify([title, ...made.warnings.map(said)].join(' '), made.warnings.length > 0 ? 'warning' : 'info');
        onClose();
        return;
      }
      const warned = made.warnings.length > 0 ? ` ${made.warnings.map(said).join(' ')}` : '';
      notify(
        t('{{segments}} written to {{path}}.{{warned}}', {
          segments: counted(made.segmentCount, 'segment'),
          path: path ?? fileName,
          warned,
        }),
        made.warnings.length > 0 ? 'warning' : 'success',
        host && path !== null ? { label: t('Show in folder'), run: () => void host.reveal(path) } : undefined,
      );
      onClose();
    },
  });
  const [asking, setAsking] = useState<{ readonly place: string; readonly fileName: string } | null>(null);
  const { data: counts } = preview;
  const empty = counts?.segmentCount === 0;
  return (
    <>
      <DialogContent sx={{ display: 'grid', gap: 2.5 }}>
        <TextField
          select
          label={t('Format')}
          value={formatId}
          onChange={(event) => setFormatId(event.target.value)}
          helperText={format.description}
          sx={{ mt: 0.75 }}
        >
          {formats.map((each) => (
            <MenuItem key={each.id} value={each.id}>
              {each.name}
            </MenuItem>
          ))}
        </TextField>
        <ExportOptionFields options={options} format={format} onChange={setOptions} />
        <TextField
          label={isFolder ? t('Folder name') : t('File name')}
          value={fileName}
          onChange={(event) => setTypedName(event.target.value)}
          error={fileName.trim() === ''}
        />
        <Box role="status" sx={{ fontSize: 13, minHeight: 20, color: empty ? 'warning.main' : 'text.secondary' }}>
          {counts &&
            (empty
              ? t('No segment matches this choice.')
              : t('{{segments}} of {{classes}} in {{videos}}.{{value}}', {
                  segments: counted(counts.segmentCount, 'segment'),
                  classes: counted(counts.classCount, 'class', 'classes'),
                  videos: counted(counts.videoCount, 'video'),
                  value:
                    counts.bytes === null
                      ? ''
                      : ` ${t('About {{fileSize}}, made as a job.', { fileSize: fileSize(counts.bytes) })}`,
                }))}
        </Box>
        {counts && <AspectLine keeps={counts.keeps} leavesOut={counts.leavesOut} />}
        <ConfirmDialog
          open={asking !== null}
          title={t('Replace the file?')}
          text={t('{{fileName}} is there already. What it holds now will be lost.', {
            fileName: asking?.fileName ?? '',
          })}
          confirmLabel={t('Replace')}
          onConfirm={() => asking !== null && send.mutate({ replaceIn: asking.place })}
          onClose={() => setAsking(null)}
        />
        {send.isError && <Alert severity="error">{failureOf(send.error).message}</Alert>}
      </DialogContent>
      <DialogActions sx={{ px: 3, pb: 2 }}>
        <Button color="inherit" onClick={onClose}>
          {t('Cancel')}
        </Button>
        {!globalThis.window.cuepointHost && !isFolder && (
          <Button
            variant="outlined"
            disabled={fileName.trim() === ''}
            loading={send.isPending && send.variables === 'download'}
            onClick={() => send.mutate('download')}
          >
            {t('Download')}
          </Button>
        )}
        <Button
          variant="contained"
          disabled={fileName.trim() === ''}
          loading={send.isPending && send.variables !== 'download'}
          onClick={() => send.mutate('folder')}
        >
          {t('Save to a folder…')}
        </Button>
      </DialogActions>
    </>
  );
}

function download(url: string, fileName: string): void {
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
}
