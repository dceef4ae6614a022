import type { ReviewFilter, ReviewOrder } from '#preload/domain/review-queue.ts';
import type { Span } from '#preload/domain/span.ts';
import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import { isLeftPanel, type LeftPanel, type RightPanel, type SidePanel } from './side-panels.ts';
import { viewStorage } from './view-storage.ts';

export type StudioDialog =
  | 'settings'
  | 'models'
  | 'provider'
  | 'proposals'
  | 'updates'
  | 'export'
  | 'import'
  | 'keys'
  | 'help'
  | 'log'
  | 'palette'
  | 'jobs'
  | 'new-project'
  | 'relabel'
  | 'reading'
  | 'add-otherwise'
  | 'annotators'
  | 'paste'
  | 'windows'
  | 'gaps'
  | 'restore-point'
  | 'progress'
  | 'quality'
  | 'attributes'
  | 'class'
  | 'split-class'
  | 'splits'
  | 'recording'
  | 'recording-clock'
  | 'recording-track';

/** What of the project's segments a person wants the queue to hold, beside its order. */
export type ReviewChoice = Omit<ReviewFilter, 'videoId' | 'states'> & {
  /** Null: those that the order is about. */
  readonly states: ReviewFilter['states'] | null;
};

export const nothingChosen: ReviewChoice = {
  states: null,
  classIds: null,
  scores: null,
  madeBy: null,
  annotator: null,
};

/** A segment, as it was when others like it were asked for. */
export type SearchedSegment = Span & { readonly videoId: number; readonly classId: number };

/** A picture that moments like it are searched for. */
export interface SearchedPicture {
  readonly name: string;
  /** A small one, as a data URL. */
  readonly preview: string;
  /** As `analysis.search` takes it. */
  readonly picture: { readonly width: number; readonly height: number; readonly rgb: string };
}

/** What is looked at, as opposed to what is so: nothing here is the backend's to know. */
export interface StudioView {
  readonly selectedVideoId: number | null;
  /** Segments of the selected video; the first is the one the inspector shows. */
  readonly selectedSegmentIds: readonly number[];
  /** The class that a newly marked segment gets, and whose row the timeline highlights. */
  readonly focusedClassId: number | null;
  /** Only the focused class's row is shown. */
  readonly soloFocusedClass: boolean;
  /** Classes whose rows in the timeline are folded into one low lane. */
  readonly foldedClassIds: readonly number[];
  /** Classes whose children the list of classes does not show. */
  readonly closedGroupIds: readonly number[];
  /** Left panel unfolded, or null for folded away. */
  readonly leftPanel: LeftPanel | null;
  readonly rightPanel: RightPanel | null;
  /** Where a panel was opened last: in a narrow window that one alone is shown. */
  readonly lastSide: 'left' | 'right';
  readonly dialog: StudioDialog | null;
  readonly showRejected: boolean;
  /** Deciding on a segment moves on to the next of the queue, and playback loops the one in focus. */
  readonly reviewing: boolean;
  readonly reviewOrder: ReviewOrder;
  /** Which lot is drawn where the order is by lot. */
  readonly reviewDraw: number;
  /** The queue is shown as a grid of clips that play. */
  readonly reviewGrid: boolean;
  /** The queue holds proposals of the selected video only. */
  readonly reviewThisVideoOnly: boolean;
  readonly reviewChoice: ReviewChoice;
  /** What moments like it are searched for; null: texts are. */
  readonly searchedLike: SearchedSegment | SearchedPicture | null;
  /** The step that the guided tour is at, from 0; null while nobody takes it. */
  readonly tourStep: number | null;
  /** The restore point that is looked back at. */
  readonly lookedAtPoint: number | null;
}

interface StudioActions {
  /** Selects a video and nothing in it, unless it is the selected one already. */
  selectVideo(videoId: number | null): void;
  /** Selects segments of `videoId` (the selected video where it is left out). */
  selectSegments(segmentIds: readonly number[], videoId?: number): void;
  focusClass(classId: number | null): void;
  /** Folds a class's row, or unfolds it. */
  foldClass(classId: number): void;
  /** Closes a group of classes, or opens it. */
  toggleGroup(classId: number): void;
  show(change: Partial<StudioView>): void;
  /** Opens a panel at its side, or folds it away where it is open. */
  togglePanel(panel: SidePanel): void;
  /** Back to nothing selected: another project was opened. What persists stays. */
  forgetProject(): void;
}

export type StudioState = StudioView & StudioActions;

/** Says of every field whether it outlives the window. A new field does not compile until it is decided here. */
const persisted: { readonly [Field in keyof StudioView]: boolean } = {
  selectedVideoId: false,
  selectedSegmentIds: false,
  focusedClassId: false,
  soloFocusedClass: false,
  foldedClassIds: false,
  closedGroupIds: false,
  leftPanel: true,
  rightPanel: true,
  lastSide: true,
  dialog: false,
  showRejected: true,
  reviewing: false,
  reviewOrder: true,
  reviewDraw: false,
  reviewGrid: true,
  reviewThisVideoOnly: true,
  reviewChoice: false,
  searchedLike: false,
  tourStep: false,
  lookedAtPoint: false,
};

export const initialView: StudioView = {
  selectedVideoId: null,
  selectedSegmentIds: [],
  focusedClassId: null,
  soloFocusedClass: false,
  foldedClassIds: [],
  closedGroupIds: [],
  leftPanel: 'library',
  rightPanel: 'review',
  lastSide: 'right',
  dialog: null,
  showRejected: false,
  reviewing: false,
  reviewOrder: 'confident',
  reviewDraw: 0,
  reviewGrid: false,
  reviewThisVideoOnly: false,
  reviewChoice: nothingChosen,
  searchedLike: null,
  tourStep: null,
  lookedAtPoint: null,
};

/** Whether any segment is selected: what most commands need. Pure. */
export const hasSelection = ({ selectedSegmentIds }: Pick<StudioView, 'selectedSegmentIds'>): boolean =>
  selectedSegmentIds.length > 0;

/** Under this width there is room for one side panel beside the player. */
export const narrowBelowPx = 900;

const isNarrow = (): boolean => (globalThis as { readonly innerWidth?: number }).innerWidth! < narrowBelowPx;

/** The panels on screen. Pure. */
export function shownPanels(
  view: Pick<StudioView, 'leftPanel' | 'rightPanel' | 'lastSide'>,
  narrow: boolean,
): { readonly left: LeftPanel | null; readonly right: RightPanel | null } {
  const one = narrow && view.leftPanel !== null && view.rightPanel !== null;
  return {
    left: one && view.lastSide === 'right' ? null : view.leftPanel,
    right: one && view.lastSide === 'left' ? null : view.rightPanel,
  };
}

const sideOpened = ({ leftPanel, rightPanel }: Partial<StudioView>): Partial<StudioView> =>
  rightPanel ? { lastSide: 'right' } : leftPanel ? { lastSide: 'left' } : {};

const toggled = (ids: readonly number[], one: number): readonly number[] =>
  ids.includes(one) ? ids.filter((id) => id !== one) : [...ids, one];

/** The part of a view that outlives the window. Pure. */
export const persistedPart = (view: StudioView): Partial<StudioView> =>
  Object.fromEntries(Object.entries(view).filter(([field]) => persisted[field as keyof StudioView]));

/** The view state of the one window. Read with a selector, outside React with `useStudio.getState()`. */
export const useStudio = create<StudioState>()(
  persist<StudioState, [], [], Partial<StudioView>>(
    (set) => ({
      ...initialView,
      selectVideo: (videoId) =>
        set((state) =>
          state.selectedVideoId === videoId ? state : { selectedVideoId: videoId, selectedSegmentIds: [] },
        ),
      selectSegments: (selectedSegmentIds, videoId) =>
        set((state) => ({ selectedSegmentIds, selectedVideoId: videoId ?? state.selectedVideoId })),
      focusClass: (focusedClassId) => set({ focusedClassId }),
      foldClass: (classId) => set(({ foldedClassIds }) => ({ foldedClassIds: toggled(foldedClassIds, classId) })),
      toggleGroup: (classId) => set(({ closedGroupIds }) => ({ closedGroupIds: toggled(closedGroupIds, classId) })),
      show: (change) => set({ ...sideOpened(change), ...change }),
      togglePanel: (panel) =>
        set((state) => {
          const { left, right } = shownPanels(state, isNarrow());
          if (isLeftPanel(panel)) return left === panel ? { leftPanel: null } : { leftPanel: panel, lastSide: 'left' };
          return right === panel ? { rightPanel: null } : { rightPanel: panel, lastSide: 'right' };
        }),
      forgetProject: () => set((state) => ({ ...initialView, ...persistedPart(state) })),
    }),
    {
      name: 'cuepoint.view',
      version: 1,
      storage: viewStorage(),
      partialize: persistedPart,
    },
  ),
);
