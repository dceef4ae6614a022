// A hundred thousand segments are a list of which the neighbourhood of the selected one is in the page, told by its place.
import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { api, queries } from '../../backend/client.ts';
import { initialView, useStudio } from '../../shared/studio-state.ts';
import { answerWith } from '../../testing/answering-backend.ts';
import { someClasses, someProposal, someVideos } from '../../testing/rows.ts';
import { show } from '../../testing/show.tsx';
import { layoutRows } from './layout-rows.ts';
import { SegmentListbox } from './SegmentListbox.tsx';
import { setLayout } from './timeline-view.ts';

const count = 100_000;

test('of very many segments those around the selected one are in the page, with their places', async () => {
  useStudio.setState({ ...initialView, selectedVideoId: 1 });
  answerWith({});
  const classes = someClasses(20);
  queries.setQueryData(api.classes.list.queryKey(), classes);
  const segments = Array.from({ length: count }, (_, index) => someProposal(index + 1, { classId: 1 + (index % 20) }));
  setLayout(layoutRows(classes, segments));
  await show(<SegmentListbox video={someVideos(1)[0]!} ref={null} onMenu={() => undefined} />);
  const options = () => document.querySelectorAll('[role=option]');
  const list = page.getByRole('listbox', { name: 'Segments of clip 1.mp4' });
  await expect.poll(() => options().length).toBeGreaterThan(0);
  expect(options().length).toBeLessThan(400);

  useStudio.getState().selectSegments([50_000]);
  await expect.element(list).toHaveAttribute('aria-activedescendant', 'timeline-segment-50000');
  const chosen = document.getElementById('timeline-segment-50000')!;
  expect(chosen.getAttribute('aria-posinset')).toBe('50000');
  expect(chosen.getAttribute('aria-setsize')).toBe(String(count));
  expect(chosen.getAttribute('aria-selected')).toBe('true');
  expect(options().length).toBeLessThan(400);

  // An edit of one draws that one again, and nobody else.
  const before = [...options()];
  let redrawn = 0;
  const watch = new MutationObserver((changes) => (redrawn += changes.length));
  watch.observe(chosen.parentElement!, { subtree: true, childList: true, characterData: true, attributes: true });
  setLayout(
    layoutRows(classes, segments.with(49_999, { ...segments[49_999]!, endUs: segments[49_999]!.endUs - 40_000 })),
  );
  await expect.poll(() => chosen.textContent).toContain('to 49,999.96 s');
  watch.disconnect();
  expect(redrawn).toBe(1);
  expect([...options()]).toEqual(before);
});
