import Box from '@mui/material/Box';
import { useQuery } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import type { Video } from '#preload/domain/video.ts';
import { useStudio } from '../../shared/studio-state.ts';
import { api } from '../../backend/client.ts';
import { VideoMenu } from './VideoMenu.tsx';
import { rowHeight, VideoRow } from './VideoRow.tsx';

/** The videos as rows, only those in sight drawn. Arrow keys move, the menu key opens what can be done with one. */
export function VideoList({ videos }: { readonly videos: readonly Video[] }) {
  const scroller = useRef<HTMLDivElement>(null);
  const selectedId = useStudio((studio) => studio.selectedVideoId);
  const selectVideo = useStudio((studio) => studio.selectVideo);
  const [menu, setMenu] = useState<{ readonly video: Video; readonly at: { top: number; left: number } } | null>(null);
  const { data: jobs } = useQuery(api.jobs.list.queryOptions());
  const jobOf = useMemo(
    () =>
      new Map(jobs?.filter((job) => job.state === 'running' && job.videoId !== null).map((job) => [job.videoId!, job])),
    [jobs],
  );
  const virtual = useVirtualizer({
    count: videos.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
  });
  const selectedIndex = videos.findIndex((video) => video.id === selectedId);
  useEffect(() => {
    if (selectedIndex >= 0) virtual.scrollToIndex(selectedIndex, { align: 'auto' });
  }, [selectedIndex, virtual]);

  const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 1);
  const steps: Readonly<Record<string, number>> = {
    ArrowDown: 1,
    ArrowUp: -1,
    PageDown: page,
    PageUp: -page,
    Home: -videos.length,
    End: videos.length,
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.ctrlKey || event.metaKey || event.altKey ? undefined : steps[event.key];
    const selected = videos[selectedIndex];
    if (step !== undefined) {
      event.preventDefault();
      const next = selectedIndex < 0 ? 0 : Math.min(Math.max(selectedIndex + step, 0), videos.length - 1);
      selectVideo(videos[next]!.id);
    } else if (event.key === 'Enter') {
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
      <Box
        ref={scroller}
        role="listbox"
        aria-label="Videos"
        aria-activedescendant={selectedIndex >= 0 ? `video-${selectedId}` : undefined}
        tabIndex={0}
        onKeyDown={onKeyDown}
        sx={{ flex: 1, minHeight: 0, overflowY: 'auto', outlineOffset: -2 }}
      >
        <Box sx={{ height: virtual.getTotalSize(), position: 'relative' }}>
          {virtual.getVirtualItems().map((item) => {
            const video = videos[item.index]!;
            return (
              <VideoRow
                key={video.id}
                video={video}
                job={jobOf.get(video.id)}
                selected={video.id === selectedId}
                position={item.index + 1}
                count={videos.length}
                offset={item.start}
                onSelect={() => selectVideo(video.id)}
                onMenu={(at) => {
                  selectVideo(video.id);
                  setMenu({ video, at });
                }}
              />
            );
          })}
        </Box>
      </Box>
      {menu && <VideoMenu video={menu.video} at={menu.at} onClose={() => setMenu(null)} />}
    </>
  );
}
