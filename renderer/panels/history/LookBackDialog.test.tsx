// In a low window the dialog scrolls as a whole, and its tables keep the rows that they are there for.
import { implement } from '@orpc/server';
import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { contract } from '#preload/contract/contract.ts';
import { answerWith } from '../../testing/answering-backend.ts';
import { show } from '../../testing/show.tsx';
import { LookBackDialog } from './LookBackDialog.tsx';

const names = ['bowing', 'jumping', 'clapping', 'waving', 'sitting', 'throwing'];
const differs = { back: 1, gone: 0, changed: 2 };

test('each class and video that differs can be read in a window 600 pixels high', async () => {
  await page.viewport(1000, 600);
  const look = implement(contract.history.look).handler(() => ({
    point: {
      id: 1,
      name: 'Before the students',
      cause: 'person' as const,
      at: 0,
      annotator: 'Ana',
      model: null,
      version: null,
    },
    lastEditId: 9,
    makers: [{ annotator: 'Ana', count: 7 }],
    classes: names.map((name, index) => ({ classId: index + 1, name, ...differs })),
    videos: names.map((name, index) => ({ videoId: index + 1, name: `${name}.mp4`, ...differs })),
    others: { classes: 0, reviews: 0, videos: 0, splits: 0, attributes: 0 },
    segmentCount: 12,
    segments: names.map((className, index) => ({
      id: index + 1,
      videoId: 1,
      videoName: 'yard.mp4',
      className,
      startUs: index * 1e6,
      endUs: (index + 1) * 1e6,
      state: 'accepted' as const,
      becomes: 'back' as const,
    })),
  }));
  answerWith({ history: { look } });
  await show(<LookBackDialog pointId={1} onClose={() => undefined} />);
  for (const label of ['By class', 'By video']) {
    const table = page.getByRole('region', { name: label });
    await expect.element(table).toBeVisible();
    // The head and four rows at least.
    expect(table.element().clientHeight).toBeGreaterThan(150);
  }
});
