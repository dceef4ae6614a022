import ImageSearchOutlined from '@mui/icons-material/ImageSearchOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import type { ReactNode } from 'react';
import type { Segment, SegmentState } from '#preload/domain/segment.ts';
import { t } from '../../language/language.ts';
import { ClassName } from '../../shared/ClassChip.tsx';
import { runCommand } from '../../shared/commands.ts';
import { segmentStateWords } from '../../shared/segment-words.ts';
import { attempt } from '../../shared/notices.ts';
import { RankingBars } from '../../shared/RankingBars.tsx';
import { backend } from '../../backend/client.ts';
import { useClasses } from '../../backend/project-queries.ts';
import { DetailsPart } from './DetailsPart.tsx';
import { SegmentHistory } from './SegmentHistory.tsx';
import { SegmentLabels } from './SegmentLabels.tsx';
import { AlsoSelected } from './AlsoSelected.tsx';
import { SegmentNote } from './SegmentNote.tsx';
import { SegmentTimes } from './SegmentTimes.tsx';
import { sourceWords } from './source-words.ts';
import { WhatIsThis } from './WhatIsThis.tsx';
import { percent } from '../../ui/quantities.ts';
import { useReviewQueue } from '../../shared/review-queue.ts';
import { useShownPanels } from '../../shared/use-shown-panels.ts';

/** One segment: its class, state, exact times, where it came from, a note, and what has happened to it. */
export function SegmentDetails({
  segment,
  selected,
}: {
  readonly segment: Segment;
  /** It and the others that are selected with it. */
  readonly selected: readonly Segment[];
}) {
  const { data: classes = [] } = useClasses();
  const reviewShown = useShownPanels().right === 'review';
  // The card of the review shows the ranking already.
  const inReview = useReviewQueue((queue) => queue.focusId === segment.id) && reviewShown;
  const update = (change: { classId?: number; state?: SegmentState }): void =>
    attempt(backend.segments.update({ segmentIds: [segment.id], ...change }));
  return (
    <Box
      sx={{
        flex: 1,
        minHeight: 0,
        overflowY: 'auto',
        px: 1.5,
        pb: 1.5,
        display: 'flex',
        flexDirection: 'column',
        gap: 1.5,
      }}
    >
      <AlsoSelected segmentId={segment.id} />
      <TextField
        select
        fullWidth
        label={t('Class')}
        value={classes.some((each) => each.id === segment.classId) ? segment.classId : ''}
        onChange={(event) => update({ classId: Number(event.target.value) })}
        sx={{ mt: 0.75 }}
      >
        {classes.map((each) => (
          <MenuItem key={each.id} value={each.id}>
            <ClassName of={each} />
          </MenuItem>
        ))}
      </TextField>
      <ToggleButtonGroup
        exclusive
        fullWidth
        size="small"
        aria-label={t('State')}
        value={segment.state}
        onChange={(_, state: SegmentState | null) => state && update({ state })}
      >
        {(Object.keys(segmentStateWords) as SegmentState[]).map((state) => (
          <ToggleButton
            key={state}
            value={state}
            sx={{ flex: 'auto', width: 'auto', fontSize: 12, px: 0.5, minWidth: 0 }}
          >
            {segmentStateWords[state]}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
      <SegmentTimes key={`times ${segment.id}`} segment={segment} />
      <SegmentLabels segments={selected} />
      <Fact label={t('Source')}>{sourceWords(segment.source)}</Fact>
      {segment.annotator !== undefined && <Fact label={t('Decided by')}>{segment.annotator}</Fact>}
      {segment.score !== null && <Fact label={t('Score')}>{percent(segment.score)}</Fact>}
      {segment.ranking.length > 0 && !inReview && (
        <DetailsPart label={t('Class ranking')}>
          <RankingBars
            ranking={segment.ranking}
            ownClassId={segment.classId}
            rows={8}
            onChoose={(classId) => update({ classId })}
          />
        </DetailsPart>
      )}
      <WhatIsThis
        videoId={segment.videoId}
        span={{ startUs: segment.startUs, endUs: segment.endUs }}
        of={t('this segment')}
        ownClassId={segment.classId}
        onChoose={(classId) => update({ classId })}
      />
      <MoreLikeThis />
      <SegmentNote key={`note ${segment.id}`} segmentId={segment.id} stored={segment.note} />
      <SegmentHistory segmentId={segment.id} />
    </Box>
  );
}

function MoreLikeThis() {
  return (
    <Button
      size="small"
      startIcon={<ImageSearchOutlined />}
      onClick={() => runCommand('segments.more-like-this')}
      sx={{ alignSelf: 'start' }}
    >
      {t('More like this')}
    </Button>
  );
}

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <Box sx={{ display: 'flex', gap: 1.5, fontSize: 12.5 }}>
      <Box sx={{ color: 'text.secondary', width: 64, flexShrink: 0 }}>{label}</Box>
      <Box sx={{ minWidth: 0, overflowWrap: 'anywhere' }}>{children}</Box>
    </Box>
  );
}
