import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useId, type ReactNode } from 'react';
import { measuredTIoUs, outcome as outcomes, type Quality } from '#preload/domain/quality.ts';
import { t } from '../../language/language.ts';
import { counted } from '../../language/counted.ts';
import { percent } from '../../ui/quantities.ts';
import { AskCount } from './AskButton.tsx';
import { ClassTable } from './ClassTable.tsx';
import { ConfusionGrid } from './ConfusionGrid.tsx';
import { PrecisionRecall } from './PrecisionRecall.tsx';
import { outcomeWords, trustWords } from './quality-words.ts';
import { Reliability } from './Reliability.tsx';

/** Every number of a measurement. */
export function QualityNumbers({ of }: { readonly of: Quality }) {
  const { averageMap, map, segments, videoIds, threshold } = of;
  const trust = trustWords(videoIds.length, averageMap);
  return (
    <>
      {trust !== null && (
        <Alert severity="warning" sx={{ flexShrink: 0 }}>
          {trust}
        </Alert>
      )}
      <Box sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 3, rowGap: 2, flexShrink: 0 }}>
        <Box sx={{ width: 232, display: 'grid', gap: 2, alignContent: 'start' }}>
          <Part title={t('Average precision (mAP)')}>
            <Box sx={{ fontSize: 30, fontWeight: 650, lineHeight: 1.2 }}>{percent(averageMap.value)}</Box>
            <Typography variant="caption" component="p" color="textSecondary">
              {averageMap.low !== null && averageMap.high !== null
                ? t('{{low}} to {{high}}, 9 times out of 10, with other videos', {
                    low: percent(averageMap.low),
                    high: percent(averageMap.high),
                  })
                : t('how far it would move is not known from one video')}
              <br />
              {counted(videoIds.length, 'video')}, {counted(segments, 'segment')}
            </Typography>
            <Box
              component="dl"
              aria-label={t('mAP at each tIoU')}
              sx={{
                display: 'flex',
                gap: 1,
                m: 0,
                mt: 1,
                fontSize: 12.5,
                fontVariantNumeric: 'tabular-nums',
                whiteSpace: 'nowrap',
              }}
            >
              {measuredTIoUs.map((tIoU, index) => (
                <div key={tIoU}>
                  <Box component="dt" sx={{ color: 'text.secondary', fontSize: 11 }}>
                    {t('at {{tIoU}}', { tIoU })}
                  </Box>
                  <Box component="dd" sx={{ m: 0 }}>
                    {percent(map[index]!)}
                  </Box>
                </div>
              ))}
            </Box>
          </Part>
          <Part title={t('What you would see from {{threshold}} on', { threshold: percent(threshold) })}>
            <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0, display: 'grid', gap: 0.25, fontSize: 13 }}>
              {outcomes.options.map((outcome) => (
                <li key={outcome}>
                  <Box component="span" sx={{ display: 'inline-block', minWidth: 44, textAlign: 'right', mr: 0.5 }}>
                    <AskCount
                      count={of.outcomes[outcome]}
                      question={{ by: 'outcome', outcome, classId: null }}
                      label={outcomeWords[outcome]}
                      sx={{ fontWeight: 650 }}
                    />
                  </Box>
                  {outcomeWords[outcome]}
                </li>
              ))}
            </Box>
          </Part>
        </Box>
        <Part title={t('Precision and recall at tIoU 0.5')}>
          <PrecisionRecall of={of} />
        </Part>
        <Part title={t('Are scores what they say?')}>
          <Reliability of={of.calibration} />
        </Part>
      </Box>
      <Part title={t('Class by class, the weakest first')}>
        <ClassTable of={of} />
      </Part>
      <Part title={t('Which class is taken for which')}>
        <ConfusionGrid of={of} />
      </Part>
    </>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const id = useId();
  return (
    <Box component="section" aria-labelledby={id} sx={{ minWidth: 0, flexShrink: 0 }}>
      <Typography id={id} variant="h3" component="h3" sx={{ mb: 0.75 }}>
        {title}
      </Typography>
      {children}
    </Box>
  );
}
