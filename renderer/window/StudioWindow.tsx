import Box from '@mui/material/Box';
import { useEffect, useRef } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { Group, Panel, Separator, useDefaultLayout, usePanelRef } from 'react-resizable-panels';
import { t } from '../language/language.ts';
import { useVideos } from '../backend/project-queries.ts';
import { InspectorPanel } from '../panels/inspector/InspectorPanel.tsx';
import { shownVideoIds } from '../panels/library/shown-videos.ts';
import { useFullWindow } from '../panels/player/full-window.ts';
import { PlayerPanel } from '../panels/player/PlayerPanel.tsx';
import { markedSpan, useTimeline } from '../panels/timeline/timeline-view.ts';
import { TimelinePanel } from '../panels/timeline/TimelinePanel.tsx';
import { Tour } from '../panels/tour/Tour.tsx';
import { useClassKeys } from './class-key-commands.ts';
import { ConnectionBanner } from './ConnectionBanner.tsx';
import { CrashBoundary } from './CrashBoundary.tsx';
import { panelViews } from './panel-views.tsx';
import { DropPlaces } from './DropPlaces.tsx';
import { PanelRail } from './PanelRail.tsx';
import { StatusBar } from './StatusBar.tsx';
import { StudioHeader } from './StudioHeader.tsx';
import type { SidePanel } from '../shared/side-panels.ts';
import { useStudio } from '../shared/studio-state.ts';
import { useIsNarrow, useShownPanels } from '../shared/use-shown-panels.ts';
import { viewTexts } from '../shared/view-storage.ts';
import { scopeNames } from '../shared/command.ts';

// Side panels give way on a small screen; after that, widths are what the person dragged them to.
const leftWidth = `${Math.round(Math.min(Math.max(globalThis.innerWidth * 0.2, 220), 300))}px`;
const rightWidth = `${Math.round(Math.min(Math.max(globalThis.innerWidth * 0.225, 260), 340))}px`;
const sideSizing = { maxSize: '45%', groupResizeBehavior: 'preserve-pixel-size' } as const;

/** The studio with a project open: rail and panels around the player and the timeline, which own the space. */
export function StudioWindow() {
  const { left, right } = useShownPanels();
  const playerFills = useFullWindow((state) => state.fills);
  useSomeVideo();
  useClassKeys();
  const columns = ['left', 'centre', 'right'].filter((id) => (id !== 'left' || left) && (id !== 'right' || right));
  // Kept as shares of the window: what is a third of a narrow one would be far too much of a wide one.
  const columnsId = useIsNarrow() ? 'cuepoint.columns.narrow' : 'cuepoint.columns';
  const horizontal = useDefaultLayout({ id: columnsId, panelIds: columns, storage: viewTexts });
  const centre = useDefaultLayout({ id: 'cuepoint.centre', storage: viewTexts });
  const side = useDefaultLayout({ id: 'cuepoint.side', storage: viewTexts });

  const rightPanel = usePanelRef();
  useRoomForGrid(rightPanel, right);

  return (
    <DropPlaces hasProject>
      <Box
        sx={{
          display: 'flex',
          flexDirection: 'column',
          height: '100%',
          bgcolor: 'surface.base',
          // Nothing behind the player takes the focus, or is read out; the player alone shows itself.
          ...(playerFills && { visibility: 'hidden' }),
        }}
      >
        <StudioHeader />
        <ConnectionBanner />
        <Box sx={{ display: 'flex', flex: 1, minHeight: 0 }}>
          <PanelRail />
          <Group {...horizontal} style={{ flex: 1, minWidth: 0 }}>
            {left && (
              <>
                <Panel id="left" defaultSize={leftWidth} minSize="220px" {...sideSizing}>
                  <CrashBoundary key={left} part={t('{{scopeNames}} panel', { scopeNames: scopeNames[left] })}>
                    <SideView panel={left} />
                  </CrashBoundary>
                </Panel>
                <Divider label={t('Width of the left panel')} />
              </>
            )}
            <Panel id="centre" minSize="360px">
              <Box component="main" aria-label={t('Player and timeline')} sx={{ height: '100%', minWidth: 0 }}>
                <Group {...centre} orientation="vertical">
                  <Panel id="player" defaultSize="60%" minSize="160px">
                    <CrashBoundary part={scopeNames.player}>
                      <PlayerPanel />
                    </CrashBoundary>
                  </Panel>
                  <Divider label={t('Height of the player')} horizontal />
                  <Panel id="timeline" minSize="120px">
                    <CrashBoundary part={scopeNames.timeline}>
                      <TimelinePanel />
                    </CrashBoundary>
                  </Panel>
                </Group>
              </Box>
            </Panel>
            {right && (
              <>
                <Divider label={t('Width of the right panel')} />
                <Panel id="right" panelRef={rightPanel} defaultSize={rightWidth} minSize="260px" {...sideSizing}>
                  <Group {...side} orientation="vertical">
                    <Panel id="queue" defaultSize="60%" minSize="120px">
                      <CrashBoundary key={right} part={t('{{scopeNames}} panel', { scopeNames: scopeNames[right] })}>
                        <SideView panel={right} />
                      </CrashBoundary>
                    </Panel>
                    <Divider label={t('Height of the inspector')} horizontal />
                    <Panel id="inspector" minSize="80px">
                      <CrashBoundary part={scopeNames.inspector}>
                        <Inspector />
                      </CrashBoundary>
                    </Panel>
                  </Group>
                </Panel>
              </>
            )}
          </Group>
        </Box>
        <StatusBar />
        <Tour />
      </Box>
    </DropPlaces>
  );
}

/** While clips are reviewed in a grid the right side is as wide as it may be; then as wide as it was. */
function useRoomForGrid(panel: ReturnType<typeof usePanelRef>, right: SidePanel | null): void {
  const isGrid = useStudio((studio) => studio.reviewGrid) && right === 'review';
  useEffect(() => {
    const { current } = panel;
    if (!isGrid || !current) return undefined;
    const isThere = (): boolean => panel.current === current;
    let inPixels: number | null = null;
    // A panel that has only just come has no place among the others yet.
    const placed = requestAnimationFrame(() => {
      inPixels = current.getSize().inPixels;
      current.resize('45%');
    });
    return () => {
      cancelAnimationFrame(placed);
      if (inPixels !== null && isThere()) current.resize(`${inPixels}px`);
    };
  }, [isGrid, panel]);
}

/** Selects the first video where none is selected, or the selected one is gone, so that the window is never idle. */
function useSomeVideo(): void {
  const { data: videos } = useVideos();
  const selected = useStudio((studio) => studio.selectedVideoId);
  const seen = useRef<{ readonly id: number; readonly location: string } | null>(null);
  useEffect(() => {
    if (!videos) return;
    const found = videos.find((video) => video.id === selected);
    if (found) {
      seen.current = found;
      return;
    }
    // Where another reading of the same file has taken its place, or undo has brought the earlier one back, that one.
    const { id, location } = seen.current ?? {};
    const again = id === selected ? videos.findLast((video) => video.location === location) : undefined;
    useStudio.getState().selectVideo(again?.id ?? shownVideoIds()[0] ?? videos[0]?.id ?? null);
  }, [videos, selected]);
}

function SideView({ panel }: { readonly panel: SidePanel }) {
  const { View } = panelViews[panel];
  return <View />;
}

/** The inspector with what the timeline has marked: panels do not know each other. */
function Inspector() {
  return <InspectorPanel marks={useTimeline(useShallow(markedSpan))} />;
}

/** A splitter: dragged with the mouse, moved by the arrow keys. */
function Divider({ label, horizontal = false }: { readonly label: string; readonly horizontal?: boolean }) {
  return (
    <Box
      component={Separator}
      aria-label={label}
      sx={{
        flexShrink: 0,
        [horizontal ? 'height' : 'width']: '3px',
        bgcolor: 'surface.base',
        transition: 'background-color 120ms',
        outlineOffset: -1,
        '&:hover, &[data-separator="active"], &:focus-visible': { bgcolor: 'primary.main' },
      }}
    />
  );
}
