// The question names how many get another class: what is chosen in the grid counts there, not the one in focus.
import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { api, queries } from '../../backend/client.ts';
import { resetReviewQueue, useReviewQueue } from '../../shared/review-queue.ts';
import { initialView, useStudio } from '../../shared/studio-state.ts';
import { answerWith } from '../../testing/answering-backend.ts';
import { someClasses } from '../../testing/rows.ts';
import { show } from '../../testing/show.tsx';
import { RelabelDialog } from './RelabelDialog.tsx';

test.each([
  ['Class of 3 segments', [1, 2, 3]],
  ['Class of this segment', []],
])('%s, where %o are chosen in the grid', async (question, chosen) => {
  answerWith({});
  queries.setQueryData(api.classes.list.queryKey(), someClasses(2));
  useStudio.setState({ ...initialView, selectedVideoId: 1, selectedSegmentIds: [3] });
  useReviewQueue.setState({ chosen: new Set(chosen), focusId: 3 });
  await show(<RelabelDialog onClose={() => undefined} />);
  await expect.element(page.getByRole('combobox', { name: question, exact: true })).toBeVisible();
  resetReviewQueue();
});
