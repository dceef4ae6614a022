import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useState, type ReactNode } from 'react';
import type { TuningStatus } from '#preload/contract/tuning.ts';
import { t } from '../../language/language.ts';
import { counted } from '../../language/counted.ts';
import { ClassName } from '../../shared/ClassChip.tsx';
import { useClassesById } from '../../backend/project-queries.ts';
import { ShotStrip } from './ShotStrip.tsx';

/** Pictures are fetched one after the other: never those of hundreds of classes at once. */
const classesAtOnce = 8;
const namedWithout = 6;

/** What there is to learn from: shots of every class as pictures, rejected proposals, time known to be background. */
export function LearnedFrom({ status }: { readonly status: TuningStatus }) {
  const classes = useClassesById();
  const [shown, setShown] = useState(classesAtOnce);
  const taught = status.classes.filter(({ count }) => count > 0);
  const untaught = status.classes.filter(({ count }) => count === 0);
  const names = untaught.slice(0, namedWithout).map(({ classId }) => classes.get(classId)?.name ?? '');
  return (
    <Box sx={{ display: 'grid', gap: 1.25, fontSize: 12.5 }}>
      <Box
        component="ul"
        aria-label={t('Shots by class')}
        sx={{ m: 0, p: 0, listStyle: 'none', display: 'grid', gap: 1.25 }}
      >
        {taught.slice(0, shown).map(({ classId, count, shots }) => {
          const actionClass = classes.get(classId);
          return (
            <li key={classId}>
              <Heading count={count}>
                <ClassName of={actionClass} />
              </Heading>
              <ShotStrip classId={classId} first={shots} count={count} label={actionClass?.name ?? ''} />
            </li>
          );
        })}
      </Box>
      {taught.length > shown && (
        <Button color="inherit" onClick={() => setShown(shown + classesAtOnce)}>
          {counted(taught.length - shown, 'more class', 'more classes')}
        </Button>
      )}
      {untaught.length > 0 && (
        <Box sx={{ color: 'text.secondary', fontSize: 12 }}>
          {t('No shots yet: {{names}}{{untaught}}. Their names decide, and what the model finds like them.', {
            names: names.join(', '),
            untaught:
              untaught.length > names.length
                ? ` ${t('and {{untaught}} more', { untaught: untaught.length - names.length })}`
                : '',
          })}
        </Box>
      )}
      {status.rejected.count > 0 && (
        <div>
          <Heading count={status.rejected.count}>{t('Rejected: none of the classes')}</Heading>
          <ShotStrip classId={null} first={status.rejected.shots} count={status.rejected.count} label={t('rejected')} />
        </div>
      )}
      <Box sx={{ color: 'text.secondary', fontSize: 12, textWrap: 'pretty' }}>
        {status.reviewedVideoIds.length === 0
          ? t('No video is reviewed for every class yet; in those that are, unmarked time teaches what background is.')
          : t('{{videos}} reviewed for every class: unmarked time there is background.', {
              videos: counted(status.reviewedVideoIds.length, 'video'),
            })}
      </Box>
    </Box>
  );
}

function Heading({ count, children }: { readonly count: number; readonly children: ReactNode }) {
  return (
    <Box sx={{ display: 'flex', gap: 1, mb: 0.5 }}>
      <Box sx={{ flex: 1, minWidth: 0 }}>{children}</Box>
      <Box component="span" sx={{ color: 'text.secondary', fontVariantNumeric: 'tabular-nums' }}>
        {counted(count, 'shot')}
      </Box>
    </Box>
  );
}
