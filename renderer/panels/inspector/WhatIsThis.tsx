import HelpOutlineOutlined from '@mui/icons-material/HelpOutlineOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Span } from '#preload/domain/span.ts';
import { runCommand } from '../../shared/commands.ts';
import { RankingBars } from '../../shared/RankingBars.tsx';
import { backend } from '../../backend/client.ts';
import { failureOf } from '../../backend/failures.ts';
import { useProject } from '../../backend/project-queries.ts';
import { scorerWords } from './source-words.ts';
import { t } from '../../language/language.ts';
import { said } from '../../language/said.ts';

const barHeight = 27;
const top = 5;

interface Stretch {
  readonly videoId: number;
  /** Null: the whole clip. */
  readonly span: Span | null;
}

/** Asks the project's scorer, on demand, what a stretch of a video shows; the answer goes with the stretch it was for. */
export function WhatIsThis(
  props: Stretch & {
    /** "this segment", "the marked stretch". */
    readonly of: string;
    readonly ownClassId?: number;
    readonly choiceWords?: (name: string) => string;
    readonly onChoose: (classId: number) => void;
  },
) {
  const { videoId, span } = props;
  const { data: project } = useProject();
  const hasModel = project?.settings.model != null;
  // Another stretch is another question, which nobody has asked yet.
  const question = JSON.stringify([videoId, span]);
  const [asked, setAsked] = useState<string | null>(null);
  const shown = asked === question;
  const answer = useQuery({
    queryKey: ['what-is-this', question],
    queryFn: ({ signal }) => recognise({ videoId, span }, signal),
    enabled: shown,
    gcTime: 0,
  });
  const words = t('What does {{of}} show?', { of: props.of });
  return (
    <Box component="section" aria-label={words}>
      <Button
        fullWidth
        color="inherit"
        variant="outlined"
        startIcon={<HelpOutlineOutlined />}
        loading={shown && answer.isFetching}
        loadingPosition="start"
        title={hasModel ? t('Ask the model') : t('Choose a model first: it is what answers.')}
        onClick={() => (!hasModel ? runCommand('window.models') : shown ? void answer.refetch() : setAsked(question))}
        sx={{ borderColor: 'divider' }}
      >
        {words}
      </Button>
      {shown && (
        <Box role="status" sx={{ mt: 1, minHeight: top * barHeight + 20 }}>
          {answer.isError ? (
            <>
              <Typography variant="caption" component="p" color="error">
                {failureOf(answer.error).message}
              </Typography>
              {/* Its frames were not looked at yet. */}
              {failureOf(answer.error).code === 'not-found' && (
                <Button size="small" variant="outlined" onClick={() => runCommand('videos.propose')} sx={{ mt: 0.5 }}>
                  {t('Look at this video')}
                </Button>
              )}
            </>
          ) : answer.data ? (
            <>
              <RankingBars
                ranking={answer.data.ranking}
                ownClassId={props.ownClassId ?? null}
                rows={top}
                label={t('What {{of}} shows', { of: props.of })}
                onChoose={props.onChoose}
                {...(props.choiceWords && { choiceWords: props.choiceWords })}
              />
              <Typography variant="caption" component="p" color="textSecondary" sx={{ mt: 0.5 }}>
                {[t('By {{by}}.', { by: answer.data.by }), ...answer.data.warnings.map(said)].join(' ')}
              </Typography>
            </>
          ) : null}
        </Box>
      )}
    </Box>
  );
}

/** The answer, and by whom: what was in use when it was given. */
async function recognise({ videoId, span }: Stretch, signal: AbortSignal) {
  const [found, { settings }, { versions }] = await Promise.all([
    backend.analysis.recognise({ videoId, span, top }, { signal }),
    backend.projects.info(),
    backend.tuning.status(),
  ]);
  const version = versions.find(({ live, usable }) => live && usable)?.name ?? 'zero-shot';
  return { ...found, by: scorerWords(settings, version) };
}
