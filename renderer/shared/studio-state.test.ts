// What is looked at: a selection never outlives its video, and only what the table says outlives the window.
import { beforeEach, describe, expect, test } from 'vitest';
import { initialView, persistedPart, shownPanels, useStudio } from './studio-state.ts';

beforeEach(() => useStudio.setState(initialView));

describe('selection', () => {
  test('another video drops the selected segments, the same one keeps them', () => {
    const { selectSegments, selectVideo } = useStudio.getState();
    selectSegments([4, 5], 1);
    selectVideo(1);
    expect(useStudio.getState().selectedSegmentIds).toEqual([4, 5]);
    selectVideo(2);
    expect(useStudio.getState()).toMatchObject({ selectedVideoId: 2, selectedSegmentIds: [] });
  });

  test('segments without a video belong to the selected one', () => {
    useStudio.getState().selectVideo(7);
    useStudio.getState().selectSegments([1]);
    expect(useStudio.getState().selectedVideoId).toBe(7);
  });
});

describe('what stays', () => {
  test('the layout and the ways of looking, never ids of one project', () => {
    expect(Object.keys(persistedPart(initialView)).sort()).toEqual([
      'lastSide',
      'leftPanel',
      'reviewGrid',
      'reviewOrder',
      'reviewThisVideoOnly',
      'rightPanel',
      'showRejected',
    ]);
  });

  test('another project starts with nothing selected and the same layout', () => {
    useStudio.getState().show({ selectedVideoId: 3, focusedClassId: 2, leftPanel: 'classes', dialog: 'export' });
    useStudio.getState().forgetProject();
    expect(useStudio.getState()).toMatchObject({ ...initialView, leftPanel: 'classes', lastSide: 'left' });
  });
});

test('a narrow window shows the side that was opened last, a wide one both', () => {
  const { show } = useStudio.getState();
  show({ rightPanel: 'review' });
  show({ leftPanel: 'search' });
  expect(shownPanels(useStudio.getState(), true)).toEqual({ left: 'search', right: null });
  expect(shownPanels(useStudio.getState(), false)).toEqual({ left: 'search', right: 'review' });
  show({ rightPanel: 'history' });
  expect(shownPanels(useStudio.getState(), true)).toEqual({ left: null, right: 'history' });
  show({ rightPanel: null });
  expect(shownPanels(useStudio.getState(), true)).toEqual({ left: 'search', right: null });
});
