import Box from '@mui/material/Box';
import MenuItem from '@mui/material/MenuItem';
import Slider from '@mui/material/Slider';
import TextField from '@mui/material/TextField';
import { lazy, Suspense, useState } from 'react';
import type { Quality } from '#preload/domain/quality.ts';
import { t } from '../../language/language.ts';
import { percent } from '../../ui/quantities.ts';
import { AskButton } from './AskButton.tsx';
import { ask, useQualityChoice } from './quality-choice.ts';
import { useNameOf } from './queries.ts';

// Charts are a large part of the studio's code, and most windows never show one.
const PrecisionRecallChart = lazy(async () => ({
  default: (await import('./PrecisionRecallChart.tsx')).PrecisionRecallChart,
}));

const size = { width: 330, height: 196 };

/** How much is right of what is shown, against how much is found, by all scores; a point opens what is shown from it on. */
export function PrecisionRecall({ of }: { readonly of: Quality }) {
  const classId = useQualityChoice((choice) => choice.classId);
  const nameOf = useNameOf();
  const drawn = of.classes.find((each) => each.classId === classId) ?? null;
  const curve = (drawn ?? of).curve;
  const whose = drawn === null ? t('all classes') : nameOf(drawn.classId);
  const [chosen, setChosen] = useState<{ readonly curve: typeof curve; readonly at: number } | null>(null);
  // Where the project's threshold lies, until another point is chosen.
  const atThreshold = Math.max(
    0,
    curve.findLastIndex(({ score }) => score >= of.threshold),
  );
  const at = chosen?.curve === curve ? chosen.at : atThreshold;
  const point = curve[at];
  const words =
    point === undefined
      ? t('nothing')
      : t('{{precision}} right, {{recall}} found', {
          precision: percent(point.precision),
          recall: percent(point.recall),
        });
  const choose = (index: number): void => setChosen({ curve, at: index });
  return (
    <Box sx={{ width: size.width, fontSize: 12 }}>
      <TextField
        select
        fullWidth
        value={drawn?.classId ?? 0}
        onChange={({ target }) => useQualityChoice.setState({ classId: Number(target.value) || null })}
        slotProps={{ htmlInput: { 'aria-label': t('Curve of') } }}
      >
        <MenuItem value={0}>{t('All classes')}</MenuItem>
        {of.classes
          .filter(({ segments }) => segments > 0)
          .map((each) => (
            <MenuItem key={each.classId} value={each.classId}>
              {nameOf(each.classId)}
            </MenuItem>
          ))}
      </TextField>
      <Box
        component="figure"
        aria-label={t('Precision against recall, {{whose}}: {{words}} from {{score}} on.', {
          whose,
          words,
          score: percent(point?.score ?? 0),
        })}
        sx={{ m: 0, height: size.height }}
      >
        {curve.length > 0 ? (
          <Suspense fallback={null}>
            <PrecisionRecallChart
              curve={curve}
              at={at}
              size={size}
              onChoose={(index) => {
                choose(index);
                ask({ by: 'above', score: curve[index]!.score, classId: drawn?.classId ?? null });
              }}
            />
          </Suspense>
        ) : (
          <Box sx={{ height: '100%', display: 'grid', placeItems: 'center', color: 'text.secondary' }}>
            {t('Nothing was proposed.')}
          </Box>
        )}
      </Box>
      {point !== undefined && (
        <>
          <Slider
            size="small"
            min={0}
            max={curve.length - 1}
            value={at}
            onChange={(_, value) => choose(value)}
            disabled={curve.length < 2}
            getAriaLabel={() => t('Point of the curve')}
            getAriaValueText={() => t('From {{score}} on: {{words}}', { score: percent(point.score), words })}
          />
          <AskButton
            question={{ by: 'above', score: point.score, classId: drawn?.classId ?? null }}
            label={t('What scores {{score}} or more: {{words}}', { score: percent(point.score), words })}
          >
            {t('What scores {{score}} or more: {{words}}', { score: percent(point.score), words })}
          </AskButton>
        </>
      )}
    </Box>
  );
}
