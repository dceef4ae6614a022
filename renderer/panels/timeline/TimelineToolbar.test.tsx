// The tools can be used as soon as what they are for is shown, and no longer: a list that comes late changes no view state.
import { afterEach, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { FrameTable } from '#preload/domain/frame-table.ts';
import { registerCommands } from '../../shared/commands.ts';
import { initialView, useStudio } from '../../shared/studio-state.ts';
import { answerWith } from '../../testing/answering-backend.ts';
import { someClasses, someProposal, someVideos } from '../../testing/rows.ts';
import { show } from '../../testing/show.tsx';
import { layoutRows } from './layout-rows.ts';
import { timelineCommands } from './timeline-commands.ts';
import { loadTimeline, setLayout } from './timeline-view.ts';
import { TimelineToolbar } from './TimelineToolbar.tsx';

const tool = (name: string) => page.getByRole('button', { name });

afterEach(() => {
  loadTimeline(null);
  setLayout(layoutRows([], []));
});

test('what was selected before its video was listed can be split and deleted as soon as it is', async () => {
  useStudio.setState({ ...initialView, selectedVideoId: 1, selectedSegmentIds: [1] });
  answerWith({});
  await page.viewport(1000, 600);
  const forget = registerCommands(timelineCommands);
  await show(
    <div style={{ containerType: 'inline-size' }}>
      <TimelineToolbar video={someVideos(1)[0]!} />
    </div>,
  );
  await expect.element(tool('Zoom in')).toBeDisabled();
  await expect.element(tool('Delete the selected')).toBeDisabled();

  loadTimeline(FrameTable.fromArray(Float64Array.from({ length: 101 }, (_, index) => index * 40_000)));
  await expect.element(tool('Zoom in')).toBeEnabled();
  await expect.element(tool('Delete the selected')).toBeDisabled();

  setLayout(layoutRows(someClasses(1), [someProposal(1, { classId: 1 })]));
  await expect.element(tool('Delete the selected')).toBeEnabled();
  await expect.element(tool('Split at the playhead')).toBeEnabled();

  setLayout(layoutRows(someClasses(1), []));
  await expect.element(tool('Delete the selected')).toBeDisabled();
  forget();
});
