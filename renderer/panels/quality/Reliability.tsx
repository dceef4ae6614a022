import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import type { Quality, ScoreBin } from '#preload/domain/quality.ts';
import { t } from '../../language/language.ts';
import { counted } from '../../language/counted.ts';
import { percent } from '../../ui/quantities.ts';
import { ask, isAsked, pressedByKey, useQualityChoice } from './quality-choice.ts';

const heightPx = 150;

/** By tenths of score: a bar as high as the share that is right, and a line where it would be if scores were right. */
export function Reliability({ of: { bins, error, shownError } }: { readonly of: Quality['calibration'] }) {
  const most = Math.max(1, ...bins.map(({ count }) => count));
  return (
    <Box sx={{ width: 260, fontSize: 12 }}>
      <Box
        role="group"
        aria-label={t('Share that is right, by score')}
        sx={{ display: 'grid', gridTemplateColumns: 'repeat(10, 1fr)', gap: '2px', height: heightPx }}
      >
        {bins.map((bin, index) => (
          <Bin key={bin.from} bin={bin} index={index} weight={bin.count / most} />
        ))}
      </Box>
      <Box aria-hidden sx={{ display: 'flex', justifyContent: 'space-between', color: 'text.secondary', fontSize: 11 }}>
        <span>{t('score 0 %')}</span>
        <span>50 %</span>
        <span>100 %</span>
      </Box>
      <Box sx={{ mt: 0.5, textWrap: 'pretty' }}>
        {error === null
          ? t('Nothing was proposed.')
          : shownError === null
            ? t('Scores are off by {{error}} on average (expected calibration error).', { error: points(error) })
            : t('Scores are off by {{error}} on average, those shown by {{shownError}} (expected calibration error).', {
                error: points(error),
                shownError: points(shownError),
              })}{' '}
        <Box component="span" sx={{ color: 'text.secondary' }}>
          {t('Bars: the share that is right; lines: the mean score.')}
        </Box>
      </Box>
    </Box>
  );
}

const points = (share: number): string => counted(Math.round(share * 100), 'point');

function Bin({ bin, index, weight }: { readonly bin: ScoreBin; readonly index: number; readonly weight: number }) {
  const question = { by: 'bin', bin: index } as const;
  const asked = useQualityChoice((choice) => isAsked(question, choice.question));
  const { from, to, count, right, meanScore } = bin;
  const words = t('{{from}} to {{to}}: {{value}}', {
    from: Math.round(from * 100),
    to: percent(to),
    value:
      count === 0
        ? t('nothing')
        : t('{{right}} right of {{proposals}}', {
            right: percent(right / count),
            proposals: counted(count, 'proposal'),
          }),
  });
  return (
    <ButtonBase
      aria-label={words}
      title={words}
      aria-pressed={asked}
      disabled={count === 0}
      onClick={(event) => ask(question, pressedByKey(event))}
      sx={{
        position: 'relative',
        bgcolor: asked ? 'action.selected' : 'action.hover',
        borderRadius: '2px',
        overflow: 'hidden',
      }}
    >
      {count > 0 && (
        <>
          <Box
            aria-hidden
            sx={{
              position: 'absolute',
              bottom: 0,
              left: 0,
              right: 0,
              height: `${(100 * right) / count}%`,
              bgcolor: 'primary.main',
              // Few proposals say little.
              opacity: 0.35 + 0.65 * Math.sqrt(weight),
            }}
          />
          <Box
            aria-hidden
            sx={{
              position: 'absolute',
              left: 0,
              right: 0,
              bottom: `calc(${100 * (meanScore ?? 0)}% - 1px)`,
              height: 2,
              bgcolor: 'text.primary',
            }}
          />
        </>
      )}
    </ButtonBase>
  );
}
