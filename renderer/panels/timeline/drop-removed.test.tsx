// What an undo or another person removes is selected no more: the summary never counts segments that are gone.
import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { api, queries } from '../../backend/client.ts';
import { initialView, useStudio } from '../../shared/studio-state.ts';
import { answerWith } from '../../testing/answering-backend.ts';
import { someClasses, someProposal, someVideos } from '../../testing/rows.ts';
import { show } from '../../testing/show.tsx';
import { useTimelineRows } from './queries.ts';
import { TimelineToolbar } from './TimelineToolbar.tsx';

const ofVideo = (videoId: number) => api.segments.list.queryKey({ input: { videoId } });

function Timeline() {
  const videoId = useStudio((studio) => studio.selectedVideoId)!;
  useTimelineRows(videoId);
  return <TimelineToolbar video={someVideos(2)[videoId - 1]!} />;
}

test('the selection holds what is there, and what is still on its way', async () => {
  useStudio.setState({ ...initialView, selectedVideoId: 1, selectedSegmentIds: [1, 2, 3] });
  answerWith({});
  queries.setQueryData(api.classes.list.queryKey(), someClasses(1));
  const three = [1, 2, 3].map((id) => someProposal(id, { classId: 1 }));
  queries.setQueryData(ofVideo(1), three);
  queries.setQueryData(ofVideo(2), [someProposal(9, { videoId: 2, classId: 1 })]);
  await show(<Timeline />);
  await expect.element(page.getByText(/ 3 segments · 3 selected/)).toBeInTheDocument();

  // 4 is not listed yet, and has no id of its own either where it is negative.
  useStudio.getState().selectSegments([3, 4, -1, 1]);
  queries.setQueryData(ofVideo(1), [three[0]!]);
  await expect.poll(() => useStudio.getState().selectedSegmentIds).toEqual([4, -1, 1]);
  queries.setQueryData(ofVideo(1), []);
  await expect.poll(() => useStudio.getState().selectedSegmentIds).toEqual([4, -1]);
  useStudio.getState().selectSegments([]);
  await expect.element(page.getByText(/ 0 segments$/)).toBeInTheDocument();

  // The list of another video removes nothing from this one's.
  queries.setQueryData(ofVideo(1), three);
  useStudio.getState().selectSegments([2]);
  await expect.element(page.getByText(/ 3 segments · 1 selected/)).toBeInTheDocument();
  useStudio.getState().selectSegments([9], 2);
  await expect.element(page.getByText(/ 1 segment · 1 selected/)).toBeInTheDocument();
});
