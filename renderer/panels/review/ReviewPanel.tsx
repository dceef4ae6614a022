import GridViewOutlined from '@mui/icons-material/GridViewOutlined';
import FilterAltOutlined from '@mui/icons-material/FilterAltOutlined';
import HourglassEmptyOutlined from '@mui/icons-material/HourglassEmptyOutlined';
import TaskAltOutlined from '@mui/icons-material/TaskAltOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { counted } from '../../language/counted.ts';
import { runCommand, useCommandKeys } from '../../shared/commands.ts';
import { reviewNeighbour } from '../../shared/decide-segments.ts';
import { FailureNote } from '../../shared/FailureNote.tsx';
import { changeWorklist, shownSegments, takeFresh, useReviewQueue } from '../../shared/review-queue.ts';
import { reviewOrders } from '../../shared/review-orders.ts';
import { ThresholdSlider } from '../../shared/ThresholdSlider.tsx';
import { useStudio } from '../../shared/studio-state.ts';
import { tourAnchor } from '../../shared/tour-anchors.ts';
import { useProject, useVideos, useProposalsToCome } from '../../backend/project-queries.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { IconAction } from '../../ui/IconAction.tsx';
import { KeyCaps } from '../../ui/KeyCaps.tsx';
import { PanelFrame } from '../../ui/PanelFrame.tsx';
import { RowsSkeleton } from '../../ui/RowsSkeleton.tsx';
import { ChosenBar } from './ChosenBar.tsx';
import { ClipGrid } from './ClipGrid.tsx';
import { GettingStarted } from './GettingStarted.tsx';
import { QueueList } from './QueueList.tsx';
import { clearFilters, QueueTools, useIsFiltered } from './QueueTools.tsx';
import { ReviewCard } from './ReviewCard.tsx';
import { useQueue } from './queries.ts';
import { t } from '../../language/language.ts';

/** Proposals that nobody has decided, one in focus: look, one key, next. */
export function ReviewPanel() {
  const queue = useQueue();
  const { list, focusId, leaving } = useReviewQueue();
  const shown = shownSegments(list);
  const grid = useStudio((studio) => studio.reviewGrid);
  const order = useStudio((studio) => studio.reviewOrder);
  const selectedId = useStudio((studio) => studio.selectedSegmentIds[0]);
  // Keys act on what is selected, so the card stands only for that.
  const inFocus = shown.find((segment) => segment.id === focusId && segment.id === selectedId);
  const left = Math.max(shown.length, list.total - list.deciding.size);
  return (
    <PanelFrame
      hold={tourAnchor('review')}
      title={t('Review')}
      scope="review"
      aside={
        queue.data && `${t('{{left}} left', { left })}${order === 'confident' ? '' : ` · ${reviewOrders[order].name}`}`
      }
      tools={
        <>
          <GridSwitch />
          <QueueTools />
        </>
      }
    >
      {queue.isError ? (
        <FailureNote error={queue.error} onRetry={() => void queue.refetch()} />
      ) : !queue.data ? (
        <RowsSkeleton rows={5} height={52} label={t('Loading the review queue')} />
      ) : shown.length === 0 && leaving.size === 0 ? (
        <NothingLeft decidedSome={list.order.length > 0} />
      ) : (
        <>
          {grid ? <ChosenBar /> : inFocus ? <ReviewCard segment={inFocus} /> : <StartReview begun={focusId !== null} />}
          {list.fresh.length > 0 && (
            <Button size="small" onClick={() => changeWorklist(takeFresh)} sx={{ mx: 1.5, mb: 0.5, py: 0 }}>
              {t('{{newProposals}} · show', { newProposals: counted(list.fresh.length, 'new proposal') })}
            </Button>
          )}
          {grid ? <ClipGrid fetchMore={queue.fetchMore} /> : <QueueList segments={shown} focusId={focusId} />}
        </>
      )}
    </PanelFrame>
  );
}

function GridSwitch() {
  const grid = useStudio((studio) => studio.reviewGrid);
  return (
    <IconAction
      label={t('Clips in a grid')}
      keys={useCommandKeys('review.grid')}
      pressed={grid}
      onClick={() => runCommand('review.grid')}
    >
      <GridViewOutlined fontSize="small" />
    </IconAction>
  );
}

function StartReview({ begun }: { readonly begun: boolean }) {
  return (
    <Box sx={{ px: 1.5, pb: 1 }}>
      <Button fullWidth variant="outlined" onClick={() => reviewNeighbour(1)} aria-keyshortcuts="N" sx={{ gap: 1 }}>
        {begun ? t('Go on with the review') : t('Start the review')} <KeyCaps keys="N" />
      </Button>
    </Box>
  );
}

const stillUnderWay = (videos: number): string =>
  videos === 0
    ? t('What was proposed is being scored anew.')
    : t('{{count}} videos are still being looked at.', {
        count: videos,
        one: 'A video is still being looked at.',
      });

function NothingLeft({ decidedSome }: { readonly decidedSome: boolean }) {
  const { data: videos } = useVideos();
  const filtered = useIsFiltered();
  const decided = decidedSome || (videos?.some((video) => video.counts.accepted + video.counts.rejected > 0) ?? false);
  const toCome = useProposalsToCome();
  const { data: project } = useProject();
  const threshold = project?.settings.scoreThreshold ?? 0;
  const lookedAt = videos?.some((video) => video.embedded) ?? false;
  // What was drawn by hand is no sign that anything was ever proposed.
  const isMoreToCome = toCome.videos > 0 || toCome.scoredAnew;
  if (!decidedSome && !lookedAt && !isMoreToCome) return <GettingStarted />;
  if (isMoreToCome)
    return (
      <EmptyState icon={<HourglassEmptyOutlined />} title={t('Nothing to decide yet')}>
        {stillUnderWay(toCome.videos)} {t('What is found comes here by itself.')}
      </EmptyState>
    );
  return (
    <EmptyState
      icon={decided ? <TaskAltOutlined color="success" /> : <FilterAltOutlined />}
      title={
        decided
          ? filtered
            ? t('All done here')
            : t('All done')
          : threshold > 0
            ? t('No proposal is strong enough')
            : t('The model proposed nothing')
      }
      action={
        filtered ? (
          <Button variant="outlined" onClick={clearFilters}>
            {t('Review everything')}
          </Button>
        ) : (
          decided && (
            <Button variant="outlined" onClick={() => runCommand('transfer.export')}>
              {t('Export…')}
            </Button>
          )
        )
      }
    >
      {decided
        ? t('Every proposal above the threshold is decided. Weaker ones wait below it.')
        : threshold > 0
          ? t('Lower the threshold to see weaker ones, or describe the classes in other words.')
          : t('Describe the classes in other words (“Text the model reads”), or add videos in which they happen.')}
      <Box sx={{ mt: 1.5, textAlign: 'left', color: 'text.primary' }}>
        <ThresholdSlider />
      </Box>
    </EmptyState>
  );
}
