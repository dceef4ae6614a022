import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import useMediaQuery from '@mui/material/useMediaQuery';
import type { Segment } from '#preload/domain/segment.ts';
import { t } from '../../language/language.ts';
import { ClassName } from '../../shared/ClassChip.tsx';
import { decideSelected } from '../../shared/decide-segments.ts';
import { attempt } from '../../shared/notices.ts';
import { RankingBars } from '../../shared/RankingBars.tsx';
import { digitsFont } from '../../shared/theme.ts';
import { useClassesById, useVideo } from '../../backend/project-queries.ts';
import { formatTimecode } from '../../ui/timecode.ts';
import { shortDuration } from '../../ui/durations.ts';
import { percent } from '../../ui/quantities.ts';
import { Verb } from './Verb.tsx';

/** The proposal in focus: what the model says it is, and the keys that decide. */
export function ReviewCard({ segment }: { readonly segment: Segment }) {
  const actionClass = useClassesById().get(segment.classId);
  const video = useVideo(segment.videoId);
  const tall = useMediaQuery('(min-height: 860px)');
  return (
    <Box
      component="article"
      aria-label={t('In focus: {{name}}', { name: actionClass?.name ?? '' })}
      sx={{
        mx: 1.5,
        mb: 0.75,
        px: 1.25,
        py: 0.75,
        border: 1,
        borderColor: 'primary.main',
        borderRadius: 1.5,
        bgcolor: 'surface.raised',
        flexShrink: 0,
      }}
    >
      <Box sx={{ display: 'flex', alignItems: 'baseline', gap: 1 }}>
        <Typography component="h3" sx={{ fontSize: 15, fontWeight: 650, minWidth: 0, flex: 1 }}>
          <ClassName of={actionClass} />
        </Typography>
        {segment.score !== null && (
          <Typography
            component="span"
            sx={{ fontFamily: digitsFont, fontSize: 13 }}
            aria-label={t('score {{score}} percent', { score: Math.round(segment.score * 100) })}
          >
            {percent(segment.score)}
          </Typography>
        )}
      </Box>
      <Typography title={video?.name} variant="caption" color="textSecondary" noWrap component="p" sx={{ mb: 0.5 }}>
        {formatTimecode(segment.startUs)} · {shortDuration(segment.endUs - segment.startUs)} · {video?.name}
      </Typography>
      {segment.note !== '' && (
        // Of annotators who disagree: who says what.
        <Typography
          variant="caption"
          component="p"
          sx={{ mb: 0.5, maxHeight: '4.5em', overflow: 'auto', overflowWrap: 'anywhere' }}
        >
          {segment.note}
        </Typography>
      )}
      <RankingBars
        ranking={segment.ranking.filter((entry) => entry.classId !== segment.classId)}
        ownClassId={null}
        label={t('Or is it')}
        rows={tall ? 3 : 2}
        onChoose={(classId) => attempt(decideSelected({ kind: 'relabel', classId }))}
      />
      {/* As wide as their words, and what is left over shared alike. */}
      <Box sx={{ display: 'grid', gridAutoFlow: 'column', gridAutoColumns: 'auto', gap: 0.75, mt: 0.75 }}>
        <Verb command="review.accept" label={t('Accept')} main />
        <Verb command="review.reject" label={t('Reject')} />
        <Verb command="review.relabel" label={t('Relabel')} />
        <Verb command="review.next" label={t('Next')} />
      </Box>
    </Box>
  );
}
