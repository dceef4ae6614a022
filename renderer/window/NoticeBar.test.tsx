// Two things said at once reach people who listen: the second takes nothing from the first.
import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { announce } from '../shared/notices.ts';
import { show } from '../testing/show.tsx';
import { NoticeBar } from './NoticeBar.tsx';

test('what is said at once with something else is heard too', async () => {
  await show(<NoticeBar />);
  announce('Version 1 of X-CLIP is in use.');
  announce('1 new proposal');
  const log = page.getByRole('log');
  await expect.element(log.getByText('Version 1 of X-CLIP is in use.')).toBeInTheDocument();
  await expect.element(log.getByText('1 new proposal')).toBeInTheDocument();
});
