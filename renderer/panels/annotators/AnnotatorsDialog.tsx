import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Typography from '@mui/material/Typography';
import { useMutation, useQuery } from '@tanstack/react-query';
import { t } from '../../language/language.ts';
import { counted } from '../../language/counted.ts';
import { api, backend } from '../../backend/client.ts';
import { failureOf, wordsFor } from '../../backend/failures.ts';
import { choosePlaces } from '../../shared/choose-places.ts';
import { FailureNote } from '../../shared/FailureNote.tsx';
import { notify } from '../../shared/notices.ts';
import { RowsSkeleton } from '../../ui/RowsSkeleton.tsx';
import { AgreementChoice } from './AgreementChoice.tsx';
import { LayerTable } from './LayerTable.tsx';
import { said } from '../../language/said.ts';

/**
 * What other annotators decided, beside what the project says itself: brought here as layers, compared, and settled
 * through the review queue.
 */
export function AnnotatorsDialog({ onClose }: { readonly onClose: () => void }) {
  const layers = useQuery(api.layers.list.queryOptions());
  const bring = useMutation({
    mutationFn: async (how: 'add' | 'merge') => {
      const [place] = await choosePlaces('project');
      if (place === undefined) return null;
      return how === 'add' ? backend.layers.add({ place, name: '' }) : backend.layers.merge({ places: [place] });
    },
    onSuccess: (done) => {
      if (done === null) return;
      const beside = done.layers.map(({ name, segments }) =>
        t('{{segments}} as the layer {{name}}', { segments: counted(segments, 'segment'), name }),
      );
      const taken =
        done.taken > 0 ? [t('{{segments}} as the project’s own', { segments: counted(done.taken, 'segment') })] : [];
      const words = [...taken, ...beside].join(', ') || t('Nothing that is not here already');
      notify([`${words}.`, ...done.warnings.map(said)].join(' '), done.warnings.length > 0 ? 'warning' : 'success');
    },
  });
  const settle = useMutation({
    mutationFn: (layerIds: number[]) => backend.layers.adjudicate({ layerIds }),
    onSuccess: ({ agreed, disputed }) => {
      notify(
        t('{{segments}} accepted, on which all agree; {{disputed}} wait in the review queue.', {
          segments: counted(agreed, 'segment'),
          disputed,
        }),
        'success',
        { label: t('Undo'), run: () => void backend.history.undo() },
      );
      onClose();
    },
  });
  const error = bring.error ?? settle.error;
  const failure = error ? failureOf(error) : null;
  const all = layers.data ?? [];
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="md" aria-labelledby="annotators-title">
      <DialogTitle id="annotators-title">{t('Annotators and agreement')}</DialogTitle>
      <DialogContent
        // What is wider than the dialog scrolls by itself: the table of a great many classes.
        sx={{ display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: 2, alignContent: 'start' }}
      >
        <Typography variant="body2" color="textSecondary">
          {t(
            'Bring another annotator’s project here. As a layer it lies beside yours in the timeline and never changes; merged, whatever nobody disputes becomes this project’s own and the rest a layer.',
          )}
        </Typography>
        {failure && (
          <Alert severity="error">
            {failure.message} {wordsFor(failure).advice}
          </Alert>
        )}
        {layers.isError ? (
          <FailureNote error={layers.error} onRetry={() => void layers.refetch()} />
        ) : layers.data === undefined ? (
          <RowsSkeleton rows={3} height={32} label={t('Loading the layers')} />
        ) : (
          <>
            <LayerTable layers={all} />
            {all.length > 0 && <AgreementChoice layers={all} />}
          </>
        )}
      </DialogContent>
      <DialogActions sx={{ px: 3, pb: 2 }}>
        <Button color="inherit" onClick={onClose} sx={{ mr: 'auto' }}>
          {t('Close')}
        </Button>
        <Button disabled={bring.isPending} onClick={() => bring.mutate('add')}>
          {t('Add as a layer…')}
        </Button>
        <Button disabled={bring.isPending} onClick={() => bring.mutate('merge')}>
          {t('Merge a project…')}
        </Button>
        <Button
          variant="contained"
          disabled={all.length < 2}
          loading={settle.isPending}
          onClick={() => settle.mutate(all.map(({ id }) => id))}
        >
          {t('Settle')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
