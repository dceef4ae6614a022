import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { t } from '../../language/language.ts';
import { counted } from '../../language/counted.ts';
import { useReviewQueue } from '../../shared/review-queue.ts';
import { Verb } from './Verb.tsx';

/** What is decided on in the grid: all that is chosen, at once. */
export function ChosenBar() {
  const count = useReviewQueue(({ chosen }) => chosen.size);
  return (
    <Box sx={{ px: 1.5, pb: 0.75, display: 'flex', alignItems: 'center', gap: 0.75, flexShrink: 0 }}>
      <Typography variant="caption" component="p" role="status" sx={{ flex: 1, minWidth: 'min-content' }}>
        {count === 0 ? t('Nothing chosen') : t('{{clips}} chosen', { clips: counted(count, 'clip') })}
      </Typography>
      <Verb command="review.accept" label={t('Accept')} main />
      <Verb command="review.reject" label={t('Reject')} />
      <Verb command="review.relabel" label={t('Relabel')} />
    </Box>
  );
}
