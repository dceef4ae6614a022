import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import type { ScorerQuestion as Question } from '#preload/domain/scorer-version.ts';
import { attempt } from '../../shared/notices.ts';
import { backend } from '../../backend/client.ts';
import { roughSeconds } from '../../ui/durations.ts';
import { scorerPresetWords } from './version-words.ts';
import { t } from '../../language/language.ts';
import { Placed } from '../../ui/Placed.tsx';

/** A fine-tuning that would take long on this machine: how long, before it begins. */
export function ScorerQuestion({ question }: { readonly question: Question }) {
  const answer = (begin: boolean): void => attempt(backend.tuning.answerScorer({ begin }));
  const { name } = scorerPresetWords[question.preset];
  return (
    <Box role="group" aria-label={t('Fine-tuning would take long')}>
      <Box sx={{ fontSize: 12.5, mb: 0.75, textWrap: 'pretty' }}>
        <Placed
          words={t(
            '“{{name}}” would take <time/> on this machine. It has not begun. You can go on labelling meanwhile, and cancel at any time.',
            { name },
          )}
          parts={{ time: <strong>{roughSeconds(question.estimatedSeconds)}</strong> }}
        />
      </Box>
      <Box sx={{ display: 'flex', gap: 1 }}>
        <Button variant="outlined" onClick={() => answer(true)}>
          {t('Begin all the same')}
        </Button>
        <Button color="inherit" onClick={() => answer(false)}>
          {t('Not now')}
        </Button>
      </Box>
    </Box>
  );
}
