import FilterAltOutlined from '@mui/icons-material/FilterAltOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Popover from '@mui/material/Popover';
import Slider from '@mui/material/Slider';
import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import Typography from '@mui/material/Typography';
import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import type { ReviewFilter, ReviewOrder } from '#preload/domain/review-queue.ts';
import type { SegmentState } from '#preload/domain/segment.ts';
import { t } from '../../language/language.ts';
import { api } from '../../backend/client.ts';
import { ClassesField } from '../../shared/ClassesField.tsx';
import { orderReview } from '../../shared/decide-segments.ts';
import { orderNames, reviewOrders } from '../../shared/review-orders.ts';
import { segmentStateWords } from '../../shared/segment-words.ts';
import { nothingChosen, useStudio, type ReviewChoice } from '../../shared/studio-state.ts';
import { IconAction } from '../../ui/IconAction.tsx';
import { percent } from '../../ui/quantities.ts';
import { SystemSelect } from '../../ui/SystemSelect.tsx';

const makers: Readonly<Record<NonNullable<ReviewFilter['madeBy']>, string>> = {
  model: t('The model'),
  human: t('Drawn by hand'),
  import: t('Imported'),
};

/** Whether the queue holds less than all that its order is about. */
export const useIsFiltered = (): boolean =>
  useStudio(({ reviewThisVideoOnly, reviewChoice: { states: chosen, ...rest } }) => {
    const narrows = Object.values(rest).some((value) => value !== null);
    return reviewThisVideoOnly || chosen !== null || narrows;
  });

/** Takes every filter away; the order stays. */
export const clearFilters = (): void =>
  useStudio.getState().show({ reviewThisVideoOnly: false, reviewChoice: nothingChosen });

/** In which order the queue comes, and what it holds. */
export function QueueTools() {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const titleId = useId();
  const isFiltered = useIsFiltered();
  return (
    <>
      <IconAction
        label={t('Order and filter of the queue')}
        pressed={isFiltered}
        onClick={(event) => setAnchor(event.currentTarget)}
      >
        <FilterAltOutlined fontSize="small" />
      </IconAction>
      <Popover
        anchorEl={anchor}
        open={anchor !== null}
        onClose={() => setAnchor(null)}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'right' }}
        transformOrigin={{ vertical: 'top', horizontal: 'right' }}
        slotProps={{ paper: { role: 'dialog', 'aria-labelledby': titleId, sx: { width: 320, p: 2 } } }}
      >
        <Box sx={{ display: 'flex', alignItems: 'baseline', mb: 1.5 }}>
          <Typography id={titleId} variant="h3" component="h2">
            {t('What to review')}
          </Typography>
          <Button size="small" disabled={!isFiltered} onClick={clearFilters} sx={{ ml: 'auto', py: 0 }}>
            {t('Clear the filters')}
          </Button>
        </Box>
        <QueueForm />
      </Popover>
    </>
  );
}

function QueueForm() {
  const { data: annotators = [] } = useQuery({ ...api.segments.annotators.queryOptions(), staleTime: 0 });
  const order = useStudio((studio) => studio.reviewOrder);
  const thisVideo = useStudio((studio) => studio.reviewThisVideoOnly);
  const choice = useStudio((studio) => studio.reviewChoice);
  const { show } = useStudio.getState();
  const choose = (change: Partial<ReviewChoice>): void => show({ reviewChoice: { ...choice, ...change } });
  const chosenStates = choice.states ?? reviewOrders[order].states;
  const names = annotators.map((name) => [name, name] as const);
  return (
    <Box sx={{ display: 'grid', gap: 1.75 }}>
      <Box>
        <SystemSelect
          label={t('Order')}
          value={order}
          options={orderNames.map((name) => [name, reviewOrders[name].name])}
          onChange={(name) => orderReview(name as ReviewOrder)}
          fullWidth
        />
        <Typography variant="caption" component="p" color="textSecondary" sx={{ mt: 0.5 }}>
          {reviewOrders[order].about}
        </Typography>
      </Box>
      <ToggleButtonGroup
        size="small"
        fullWidth
        aria-label={t('States')}
        value={chosenStates}
        onChange={(_, next: SegmentState[]) => next.length > 0 && choose({ states: next })}
      >
        {(Object.keys(segmentStateWords) as SegmentState[]).map((state) => (
          <ToggleButton key={state} value={state}>
            {segmentStateWords[state]}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
      <ClassesField
        label={t('Classes')}
        placeholder={t('All')}
        limitTags={3}
        chosenIds={choice.classIds}
        onChoose={(classIds) => choose({ classIds })}
      />
      <ScoreRange scores={choice.scores} onChange={(scores) => choose({ scores })} />
      <SystemSelect
        label={t('Videos')}
        value={thisVideo ? 'this' : 'all'}
        options={[
          ['all', t('All videos')],
          ['this', t('The selected video')],
        ]}
        onChange={(value) => show({ reviewThisVideoOnly: value === 'this' })}
        fullWidth
      />
      <Box sx={{ display: 'grid', gridTemplateColumns: '1fr 1fr', gap: 1 }}>
        <SystemSelect
          label={t('Made by')}
          value={choice.madeBy ?? ''}
          options={[['', t('Anything')], ...Object.entries(makers)]}
          onChange={(value) => choose({ madeBy: value === '' ? null : (value as keyof typeof makers) })}
          fullWidth
        />
        <SystemSelect
          label={t('Decided by')}
          value={choice.annotator ?? ''}
          options={[['', t('Anybody')], ...names]}
          onChange={(value) => choose({ annotator: value === '' ? null : value })}
          fullWidth
        />
      </Box>
    </Box>
  );
}

/** Between which scores; while it is dragged nothing is asked anew. */
function ScoreRange(props: {
  readonly scores: ReviewChoice['scores'];
  readonly onChange: (scores: ReviewChoice['scores']) => void;
}) {
  const [dragged, setDragged] = useState<readonly number[] | null>(null);
  const [from = 0, to = 1] = dragged ?? [props.scores?.from ?? 0, props.scores?.to ?? 1];
  const isChosen = dragged !== null || props.scores !== null;
  return (
    <Box>
      <Typography variant="body2">
        {isChosen
          ? t('Scores from {{from}} to {{to}}', { from: percent(from), to: percent(to) })
          : t('Scores: all above the threshold')}
      </Typography>
      <Box sx={{ px: 1 }}>
        <Slider
          size="small"
          min={0}
          max={1}
          step={0.01}
          value={[from, to]}
          valueLabelFormat={percent}
          getAriaLabel={(thumb) => (thumb === 0 ? t('Lowest score') : t('Highest score'))}
          getAriaValueText={percent}
          onChange={(_, next) => setDragged(next)}
          onChangeCommitted={(_, next) => {
            const [low = 0, high = 1] = next;
            setDragged(null);
            props.onChange(low === 0 && high === 1 ? null : { from: low, to: high });
          }}
        />
      </Box>
    </Box>
  );
}
