import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import type { ScorerQuestion as Question } from '#preload/domain/scorer-version.ts';
import { attempt } from '../../shared/notices.ts';
import { backend } from '../../backend/client.ts';
import { roughSeconds } from '../../ui/durations.ts';
import { scorerPresetWords } from './version-words.ts';

/** A fine-tuning that would take long on this machine: how long, before it begins. */
export function ScorerQuestion({ question }: { readonly question: Question }) {
  const answer = (begin: boolean): void => attempt(backend.tuning.answerScorer({ begin }));
  const { name } = scorerPresetWords[question.preset];
  return (
    <Box role="group" aria-label="Fine-tuning would take long">
      <Box sx={{ fontSize: 12.5, mb: 0.75, textWrap: 'pretty' }}>
        “{name}” would take <strong>{roughSeconds(question.estimatedSeconds)}</strong> on this machine. It has not
        begun. You can go on labelling meanwhile, and cancel at any time.
      </Box>
      <Box sx={{ display: 'flex', gap: 1 }}>
        <Button variant="outlined" onClick={() => answer(true)}>
          Begin all the same
        </Button>
        <Button color="inherit" onClick={() => answer(false)}>
          Not now
        </Button>
      </Box>
    </Box>
  );
}
