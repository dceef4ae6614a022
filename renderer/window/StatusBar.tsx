import CloudDoneOutlined from '@mui/icons-material/CheckCircleOutlined';
import SyncProblem from '@mui/icons-material/SyncProblem';
import Sync from '@mui/icons-material/Sync';
import Box from '@mui/material/Box';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState, type ReactNode } from 'react';
import { t } from '../language/language.ts';
import { useConnection } from '../backend/connection.ts';
import { useWaiting } from '../backend/keep-trying.ts';
import { api } from '../backend/client.ts';
import { useProject, useVideo } from '../backend/project-queries.ts';
import { useSaving } from '../backend/saving.ts';
import { JobsButton } from '../panels/jobs/JobsButton.tsx';
import { usePlayhead } from '../playback/playback.ts';
import { formatTimecode } from '../ui/timecode.ts';
import { runCommand } from '../shared/commands.ts';
import { frameRateWords, providerWords } from '../shared/status-words.ts';
import { useStudio } from '../shared/studio-state.ts';
import { digitsFont } from '../shared/theme.ts';

/** Where the player stands, what computes, whether all is saved, what is being worked on. */
export function StatusBar() {
  const videoId = useStudio((studio) => studio.selectedVideoId);
  const video = useVideo(videoId);
  const { data: project } = useProject();
  const { data: provider } = useQuery(api.studio.provider.queryOptions());
  const wanted = useQuery(api.studio.settings.queryOptions()).data?.provider ?? 'auto';
  const model = project?.settings.model;
  const modelWords =
    model == null
      ? t('No model chosen')
      : [model, ...(provider === undefined ? [] : [providerWords(provider, wanted)])].join(' · ');
  return (
    <Box
      component="footer"
      aria-label={t('Status')}
      sx={{
        height: 28,
        flexShrink: 0,
        display: 'flex',
        alignItems: 'center',
        gap: 2,
        px: 1.5,
        fontSize: 12,
        color: 'text.secondary',
        borderTop: 1,
        borderColor: 'divider',
        bgcolor: 'surface.panel',
        whiteSpace: 'nowrap',
        overflow: 'hidden',
      }}
    >
      {video && (
        <>
          <PlayheadReadout />
          <Box
            component="span"
            sx={{ display: { xs: 'none', md: 'inline' } }}
            title={
              video.facts.variableFrameRate
                ? t('Variable frame rate: each frame has its own time')
                : t('Constant frame rate')
            }
          >
            {frameRateWords(video.facts)}
          </Box>
        </>
      )}
      <Box sx={{ flex: 1 }} />
      <PlainButton
        label={t('Model and provider: {{modelWords}}', { modelWords })}
        onClick={() => runCommand('window.models')}
      >
        {modelWords}
      </PlainButton>
      <SavedState />
      <JobsButton />
    </Box>
  );
}

function PlayheadReadout() {
  const frame = usePlayhead((head) => head.frame);
  const timeUs = usePlayhead((head) => head.timeUs);
  const frameCount = usePlayhead((head) => head.table?.frameCount ?? 0);
  if (frameCount === 0) return null;
  return (
    <Box component="span" sx={{ fontFamily: digitsFont, fontSize: 11.5 }}>
      {t('frame {{frame}} of {{frameCount}} · {{time}}', {
        frame: String(frame),
        frameCount: String(frameCount),
        time: formatTimecode(timeUs),
      })}
    </Box>
  );
}

/** Every edit is stored before it is answered, so "saved" means exactly that nothing is under way. */
function SavedState() {
  const connection = useConnection((state) => state.connection);
  const underWay = useSaving((state) => state.underWay);
  const waiting = useWaiting((state) => state.edits);
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    if (underWay === 0) {
      setSlow(false);
      return undefined;
    }
    // Most edits take a few milliseconds: no flicker for those.
    const timer = setTimeout(() => setSlow(true), 300);
    return () => clearTimeout(timer);
  }, [underWay]);
  const [icon, text] =
    waiting > 0
      ? ([<SyncProblem key="waiting" color="warning" />, waitingWords(waiting)] as const)
      : connection === 'lost'
        ? ([<SyncProblem key="lost" color="warning" />, t('Not connected')] as const)
        : slow
          ? ([<Sync key="slow" />, t('Saving…')] as const)
          : ([<CloudDoneOutlined key="saved" />, t('All changes saved')] as const);
  return (
    <Box
      component="span"
      role="status"
      title={text}
      sx={{ display: 'inline-flex', alignItems: 'center', gap: 0.5, minWidth: 18, '& svg': { fontSize: 14 } }}
    >
      {icon}
      <Box component="span" sx={{ overflow: 'hidden', textOverflow: 'ellipsis' }}>
        {text}
      </Box>
    </Box>
  );
}

const waitingWords = (edits: number): string =>
  t('{{count}} changes wait for the connection', { count: edits, one: '{{count}} change waits for the connection' });

function PlainButton({
  label,
  onClick,
  children,
}: {
  readonly label: string;
  readonly onClick: () => void;
  readonly children: ReactNode;
}) {
  return (
    <Box
      component="button"
      type="button"
      title={label}
      onClick={onClick}
      sx={{
        all: 'unset',
        cursor: 'pointer',
        // Where there is little room, what computes gives way before whether all is saved.
        flexShrink: 1000,
        overflow: 'hidden',
        textOverflow: 'ellipsis',
        '&:hover': { color: 'text.primary' },
        '&:focus-visible': { outline: '2px solid', outlineColor: 'focus.ring' },
      }}
    >
      {children}
    </Box>
  );
}
