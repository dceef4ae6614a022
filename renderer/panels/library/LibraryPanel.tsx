import AddOutlined from '@mui/icons-material/AddOutlined';
import CreateNewFolderOutlined from '@mui/icons-material/CreateNewFolderOutlined';
import TuneOutlined from '@mui/icons-material/TuneOutlined';
import VideoLibraryOutlined from '@mui/icons-material/VideoLibraryOutlined';
import Button from '@mui/material/Button';
import { useMemo, useRef } from 'react';
import { t } from '../../language/language.ts';
import { runCommand } from '../../shared/commands.ts';
import { CommandIcon } from '../../shared/CommandIcon.tsx';
import { FailureNote } from '../../shared/FailureNote.tsx';
import { useVideos } from '../../backend/project-queries.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { grouped } from '../../ui/quantities.ts';
import { PanelFrame } from '../../ui/PanelFrame.tsx';
import { RowsSkeleton } from '../../ui/RowsSkeleton.tsx';
import { ImportProgress } from './ImportProgress.tsx';
import { LibraryFilter } from './LibraryFilter.tsx';
import { arrangeVideos, useLibraryView } from './shown-videos.ts';
import { VideoList } from './VideoList.tsx';
import { rowHeight } from './VideoRow.tsx';

/** The project's videos: what they are, how far each is labelled, and what is wrong with any. */
export function LibraryPanel() {
  const videos = useVideos();
  const view = useLibraryView();
  const shown = useMemo(() => arrangeVideos(videos.data ?? [], view), [videos.data, view]);
  const all = videos.data?.length ?? 0;
  const list = useRef<HTMLElement>(null);
  return (
    <PanelFrame
      title={t('Library')}
      scope="library"
      aside={
        videos.data && (shown.length === all ? grouped(all) : t('{{shown}} of {{all}}', { shown: shown.length, all }))
      }
      tools={
        <>
          <CommandIcon command="videos.add-otherwise">
            <TuneOutlined fontSize="small" />
          </CommandIcon>
          <CommandIcon command="videos.add-folder">
            <CreateNewFolderOutlined fontSize="small" />
          </CommandIcon>
          <CommandIcon command="videos.add">
            <AddOutlined fontSize="small" />
          </CommandIcon>
        </>
      }
    >
      {videos.isError ? (
        <FailureNote error={videos.error} onRetry={() => void videos.refetch()} />
      ) : !videos.data ? (
        <RowsSkeleton rows={6} height={rowHeight} label={t('Loading the library')} />
      ) : all === 0 ? (
        <EmptyState
          icon={<VideoLibraryOutlined />}
          title={t('No videos yet')}
          action={
            <>
              <Button variant="contained" onClick={() => runCommand('videos.add')}>
                {t('Add videos…')}
              </Button>
              <Button variant="outlined" onClick={() => runCommand('videos.add-folder')}>
                {t('Add a folder…')}
              </Button>
            </>
          }
        >
          {t('Add files or a whole folder, or drop them on the window. They stay where they are.')}
        </EmptyState>
      ) : (
        <>
          <LibraryFilter goToVideos={() => list.current?.focus()} />
          {shown.length === 0 ? (
            <EmptyState
              icon={<VideoLibraryOutlined />}
              title={t('No video matches')}
              action={
                <Button variant="outlined" onClick={() => useLibraryView.setState({ text: '', filter: 'all' })}>
                  {t('Show all')}
                </Button>
              }
            />
          ) : (
            // What matches is read from its beginning, or from the selected one.
            <VideoList key={`${view.filter} ${view.text}`} ref={list} videos={shown} />
          )}
        </>
      )}
      <ImportProgress />
    </PanelFrame>
  );
}
