import Alert from '@mui/material/Alert';
import Typography from '@mui/material/Typography';
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import type { SplitDraw } from '#preload/contract/splits.ts';
import { split as splits } from '#preload/domain/split.ts';
import { counted } from '../../language/counted.ts';
import { api, backend } from '../../backend/client.ts';
import { failureOf } from '../../backend/failures.ts';
import { FormDialog } from '../../shared/FormDialog.tsx';
import { undoOffer } from '../../shared/commands.ts';
import { notify } from '../../shared/notices.ts';
import { splitWords } from '../../shared/split-words.ts';
import { RowsSkeleton } from '../../ui/RowsSkeleton.tsx';
import { DrawFields, drawOf, type TypedDraw } from './DrawFields.tsx';
import { SplitCounts } from './SplitCounts.tsx';
import { inSentence, t } from '../../language/language.ts';
import { grouped } from '../../ui/quantities.ts';

const usual: TypedDraw = {
  shares: { train: '70', validation: '15', test: '15' },
  seed: '1',
  stratified: true,
  together: 'video',
  pattern: '',
};

/** Deals the videos to the parts of the data set; what would come of it is seen before anything changes. */
export function SplitsDialog({ onClose }: { readonly onClose: () => void }) {
  const [typed, setTyped] = useState(usual);
  const draw = useDeferredValue(drawOf(typed));
  const now = useQuery(api.splits.counts.queryOptions());
  const preview = useQuery({
    ...api.splits.preview.queryOptions({ input: draw ?? (drawOf(usual) as SplitDraw) }),
    enabled: draw !== null,
    placeholderData: keepPreviousData,
  });
  const deal = useMutation({
    mutationFn: (wanted: SplitDraw) => backend.splits.draw(wanted),
    onSuccess: ({ videos }) => {
      const parts = splits.options
        .filter((part) => videos[part] > 0)
        .map((part) => `${grouped(videos[part])} ${inSentence(splitWords[part])}`);
      notify(t('Videos are dealt: {{parts}}.', { parts: parts.join(', ') }), 'success', undoOffer);
      onClose();
    },
  });
  const refused = draw === null ? null : preview.error;
  const already = now.data === undefined ? 0 : splits.options.reduce((sum, part) => sum + now.data.videos[part], 0);
  return (
    <FormDialog
      title={t('Train, validation and test')}
      maxWidth="sm"
      verb={t('Deal')}
      isReady={draw !== null && refused === null}
      isBusy={deal.isPending}
      error={deal.error}
      onSubmit={() => draw !== null && deal.mutate(draw)}
      onClose={onClose}
    >
      <Typography variant="body2" color="textSecondary">
        {t(
          'Teaching reads no video for validation or test, and every export that has a place for the parts writes them. A single video goes into a part by the menu of its row.',
        )}
      </Typography>
      <DrawFields typed={typed} onType={setTyped} />
      {already > 0 && (
        <Alert severity="info">
          {t('{{videosAre}} in a part already. All are dealt anew; undo takes it back.', {
            videosAre: counted(already, 'video is', 'videos are'),
          })}
        </Alert>
      )}
      {draw === null ? (
        <Typography variant="body2" color="warning">
          {t('Shares are numbers of which one is more than 0, the seed is a whole number, and a pattern is not empty.')}
        </Typography>
      ) : refused ? (
        <Alert severity="error">{failureOf(refused).message}</Alert>
      ) : preview.data === undefined ? (
        <RowsSkeleton rows={3} height={28} label={t('Dealing the videos')} />
      ) : (
        <SplitCounts plan={preview.data} label={t('What this deals')} />
      )}
    </FormDialog>
  );
}
