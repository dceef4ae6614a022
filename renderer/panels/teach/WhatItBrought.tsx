import OutputOutlined from '@mui/icons-material/OutputOutlined';
import QueryStatsOutlined from '@mui/icons-material/QueryStatsOutlined';
import TrendingUpOutlined from '@mui/icons-material/TrendingUpOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import LinearProgress from '@mui/material/LinearProgress';
import type { Examination } from '#preload/domain/judgement.ts';
import { t } from '../../language/language.ts';
import { counted } from '../../language/counted.ts';
import { runCommand } from '../../shared/commands.ts';
import { beginReview } from '../../shared/decide-segments.ts';
import { attempt } from '../../shared/notices.ts';
import { FailureNote } from '../../shared/FailureNote.tsx';
import { RowsSkeleton } from '../../ui/RowsSkeleton.tsx';
import { adviceWords, broughtWords } from './brought-words.ts';
import { ClassOutcomes } from './ClassOutcomes.tsx';
import { useExamination } from './queries.ts';
import { exportCorrections } from './version-actions.ts';

/** What corrections bring at once, without Teach, tried on videos held back from them: in all, by part, class by class. */
export function WhatItBrought() {
  const query = useExamination();
  if (query.isError && !query.data) return <FailureNote error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <RowsSkeleton rows={2} height={34} label={t('Trying the corrections on held-back videos')} />;
  const { examination, missing } = query.data;
  return (
    <Box sx={{ display: 'grid', gap: 1, fontSize: 12.5 }} aria-busy={query.isFetching}>
      {query.isFetching && <LinearProgress aria-label={t('Trying the corrections anew')} sx={{ height: 2 }} />}
      {examination === null ? (
        <Box sx={{ color: 'text.secondary', textWrap: 'pretty' }}>
          {t(
            'Each correction changes scores at once. To see what that brings, each corrected video is held back in turn: correct something in a second video.',
          )}
        </Box>
      ) : (
        <Found examination={examination} />
      )}
      {missing.length > 0 && (
        <Box sx={{ color: 'text.secondary', fontSize: 12 }}>
          {t('Not tried: {{missing}}{{missing2}}, whose features are not computed.', {
            missing: missing.slice(0, 3).join(', '),
            missing2: missing.length > 3 ? ` ${t('and {{missing}} more', { missing: missing.length - 3 })}` : '',
          })}
        </Box>
      )}
      <Button
        variant="outlined"
        size="small"
        startIcon={<TrendingUpOutlined />}
        onClick={() => beginReview('teaches-most')}
      >
        {t('Review what would teach most')}
      </Button>
      <Button size="small" startIcon={<QueryStatsOutlined />} onClick={() => runCommand('quality.show')}>
        {t('Quality, with the clips behind it…')}
      </Button>
      <Button size="small" startIcon={<OutputOutlined />} onClick={() => attempt(exportCorrections())}>
        {t('Export for another project…')}
      </Button>
    </Box>
  );
}

function Found({ examination }: { readonly examination: Examination }) {
  const { together, discriminant, score, classes, moments } = examination;
  const advice = adviceWords(together);
  return (
    <>
      <Box sx={{ textWrap: 'pretty' }}>
        <Box component="span" sx={{ fontWeight: 650 }}>
          {t('On {{heldBackVideos}}', { heldBackVideos: counted(together.videos, 'held-back video') })}
        </Box>{' '}
        {t('what your corrections teach at once {{brought}}', { brought: broughtWords(together) })}
        {advice !== '' && <Box sx={{ color: 'text.secondary', mt: 0.5 }}>{advice}</Box>}
      </Box>
      <Box component="dl" sx={{ m: 0, display: 'grid', gap: 0.5, fontSize: 12 }}>
        {(
          [
            [t('How classes look'), discriminant],
            [t('How sure to be'), score],
          ] as const
        ).map(([name, comparison]) => (
          <Box key={name} sx={{ textWrap: 'pretty' }}>
            <Box component="dt" sx={{ display: 'inline', fontWeight: 650 }}>
              {name}:
            </Box>{' '}
            <Box component="dd" sx={{ display: 'inline', m: 0, color: 'text.secondary' }}>
              {broughtWords(comparison)}
            </Box>
          </Box>
        ))}
      </Box>
      <ClassOutcomes label={t('What it brought, by class')} classes={classes} moments={moments} />
    </>
  );
}
