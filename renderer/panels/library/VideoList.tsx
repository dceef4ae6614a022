import { useQuery } from '@tanstack/react-query';
import { useMemo, useState, type KeyboardEvent, type Ref } from 'react';
import type { Video } from '#preload/domain/video.ts';
import { t } from '../../language/language.ts';
import { useStudio } from '../../shared/studio-state.ts';
import { api } from '../../backend/client.ts';
import { VirtualListbox } from '../../ui/VirtualListbox.tsx';
import { VideoMenu } from './VideoMenu.tsx';
import { rowHeight, VideoRow } from './VideoRow.tsx';

/** The videos as rows, only those in sight drawn. Arrow keys move, the menu key opens what can be done with one. */
export function VideoList({ videos, ref }: { readonly videos: readonly Video[]; readonly ref?: Ref<HTMLElement> }) {
  const selectedId = useStudio((studio) => studio.selectedVideoId);
  const selectVideo = useStudio((studio) => studio.selectVideo);
  const [menu, setMenu] = useState<{ readonly video: Video; readonly at: { top: number; left: number } } | null>(null);
  const { data: jobs } = useQuery(api.jobs.list.queryOptions());
  const jobOf = useMemo(
    () =>
      new Map(jobs?.filter((job) => job.state === 'running' && job.videoId !== null).map((job) => [job.videoId!, job])),
    [jobs],
  );
  const copyingOf = useMemo(
    () =>
      new Map(
        // The newest is listed first, and so is laid over all others.
        jobs
          ?.filter(({ kind, videoId }) => kind === 'proxy' && videoId !== null)
          .map((job) => [job.videoId!, job] as const)
          .toReversed(),
      ),
    [jobs],
  );
  const selectedIndex = videos.findIndex((video) => video.id === selectedId);
  const onKeyDown = (event: KeyboardEvent): void => {
    const selected = videos[selectedIndex];
    if (event.key === 'Enter') {
      // Chosen: on to the picture, where the next keys belong.
      event.preventDefault();
      document.querySelector<HTMLElement>('[data-command-scope=player]')?.focus();
    } else if (selected && (event.key === 'ContextMenu' || (event.shiftKey && event.key === 'F10'))) {
      event.preventDefault();
      const box = document.getElementById(`video-${selected.id}`)?.getBoundingClientRect();
      setMenu({ video: selected, at: { top: box?.bottom ?? 0, left: (box?.left ?? 0) + 24 } });
    }
  };

  return (
    <>
      <VirtualListbox
        label={t('Videos')}
        name="video"
        {...(ref && { ref })}
        items={videos}
        keyOf={(video) => video.id}
        rowHeight={rowHeight}
        activeIndex={selectedIndex}
        onMove={(index) => selectVideo(videos[index]!.id)}
        onKeyDown={onKeyDown}
      >
        {(video, place) => (
          <VideoRow
            key={video.id}
            place={place}
            video={video}
            job={jobOf.get(video.id)}
            copying={copyingOf.get(video.id)}
            onSelect={() => selectVideo(video.id)}
            onMenu={(at) => {
              selectVideo(video.id);
              setMenu({ video, at });
            }}
          />
        )}
      </VirtualListbox>
      {menu && <VideoMenu video={menu.video} at={menu.at} onClose={() => setMenu(null)} />}
    </>
  );
}
