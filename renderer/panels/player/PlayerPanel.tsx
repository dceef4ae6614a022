import FolderOpenOutlined from '@mui/icons-material/FolderOpenOutlined';
import LinkOff from '@mui/icons-material/LinkOff';
import OndemandVideo from '@mui/icons-material/OndemandVideo';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useEffect, useRef, type ReactNode } from 'react';
import type { Video } from '#preload/domain/video.ts';
import { t } from '../../language/language.ts';
import { runCommand } from '../../shared/commands.ts';
import { FailureNote } from '../../shared/FailureNote.tsx';
import { useStudio } from '../../shared/studio-state.ts';
import { backend } from '../../backend/client.ts';
import { useFrameTable } from '../../backend/frame-tables.ts';
import { useVideo } from '../../backend/project-queries.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { useFullWindow } from './full-window.ts';
import { NextPicture } from './NextPicture.tsx';
import { OnStage } from './OnStage.tsx';
import { OverPicture } from './OverPicture.tsx';
import { LookFilter } from './picture/LookFilter.tsx';
import { Stage } from './Stage.tsx';
import { Transport } from './Transport.tsx';

/** The selected video's picture, large, with its transport under it; or why there is none. */
export function PlayerPanel() {
  const videoId = useStudio((studio) => studio.selectedVideoId);
  const video = useVideo(videoId);
  const shownId = video?.id;
  const fills = useFullWindow((state) => state.fills);
  const section = useRef<HTMLElement>(null);
  useEffect(() => {
    // A wish about order alone: a backend that does not hear it does the same work, later.
    if (shownId !== undefined) void backend.videos.inView({ videoId: shownId }).catch(() => undefined);
  }, [shownId]);
  // What had the focus may be out of sight now.
  useEffect(() => {
    if (fills) section.current?.focus({ preventScroll: true });
  }, [fills]);
  const transport = <Transport hasAudio={video?.facts.hasAudio ?? true} />;
  return (
    <Box
      component="section"
      ref={section}
      aria-label={t('Player')}
      data-command-scope="player"
      tabIndex={-1}
      sx={{
        position: 'relative',
        height: '100%',
        minHeight: 0,
        display: 'flex',
        flexDirection: 'column',
        bgcolor: 'surface.panel',
        ...(fills && {
          position: 'fixed',
          inset: 0,
          zIndex: 'appBar',
          visibility: 'visible',
          '--over-picture': '43px',
        }),
      }}
    >
      <LookFilter />
      <Box sx={{ flex: 1, minHeight: 0, position: 'relative', display: 'flex', bgcolor: 'surface.stage' }}>
        {video ? <Picture key={video.id} video={video} /> : <NothingSelected />}
        <NextPicture />
      </Box>
      {fills ? <OverPicture>{transport}</OverPicture> : transport}
    </Box>
  );
}

function Picture({ video }: { readonly video: Video }): ReactNode {
  const { data: table, error, refetch } = useFrameTable(video.id);
  if (video.replaced) return <ReplacedFile video={video} />;
  if (video.missing) return <MissingFile video={video} />;
  if (error)
    return (
      <OnStage>
        <FailureNote error={error} onRetry={() => void refetch()} />
      </OnStage>
    );
  return <Stage video={video} table={table ?? null} />;
}

const NothingSelected = () => (
  <OnStage>
    <EmptyState icon={<OndemandVideo />} title={t('No video selected')}>
      {t('Choose one in the library, or add some: it plays here, frame by frame.')}
    </EmptyState>
  </OnStage>
);

const ReplacedFile = ({ video }: { readonly video: Video }) => (
  <OnStage>
    <EmptyState
      icon={<LinkOff />}
      title={t('Another file is in its place')}
      action={
        <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, justifyContent: 'center' }}>
          <Button variant="outlined" startIcon={<FolderOpenOutlined />} onClick={() => runCommand('videos.relink')}>
            {t('Find the file as it was…')}
          </Button>
          <Button variant="outlined" onClick={() => runCommand('videos.add-replacement')}>
            {t('Add the new file as a video')}
          </Button>
        </Box>
      }
    >
      <Box sx={{ overflowWrap: 'anywhere' }}>{video.location}</Box>
      <div>
        {t(
          'Its content is not what was added as {{name}}. The segments, and what the model saw, belong to the file as it was: both are kept, and hold again once it is back or found.',
          { name: video.name },
        )}
      </div>
    </EmptyState>
  </OnStage>
);

const MissingFile = ({ video }: { readonly video: Video }) => (
  <OnStage>
    <EmptyState
      icon={<LinkOff />}
      title={t('The file is not where it was')}
      action={
        <Button variant="outlined" startIcon={<FolderOpenOutlined />} onClick={() => runCommand('videos.relink')}>
          {t('Find the file…')}
        </Button>
      }
    >
      <Box sx={{ overflowWrap: 'anywhere' }}>{video.location}</Box>
      <div>{t('Its segments are kept and can be looked at below.')}</div>
    </EmptyState>
  </OnStage>
);
