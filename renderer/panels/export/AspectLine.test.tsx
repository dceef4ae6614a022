// Protects: before an export one line says what of the segments is kept, and what of them is lost.
import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { show } from '../../testing/show.tsx';
import { AspectLine } from './AspectLine.tsx';

test('what is lost is named, attributes with their count', async () => {
  await show(
    <AspectLine
      keeps={['scores', 'notes']}
      leavesOut={[
        { aspect: 'subjects', count: 3 },
        { aspect: 'attributes', count: 2 },
      ]}
    />,
  );
  await expect
    .element(page.getByRole('note', { name: 'What the format keeps' }))
    .toHaveTextContent('Keeps: scores, notes. Leaves out: subjects, 2 attributes.');
});

test('a format that keeps nothing of segments that say nothing more loses nothing', async () => {
  await show(<AspectLine keeps={[]} leavesOut={[]} />);
  await expect
    .element(page.getByRole('note', { name: 'What the format keeps' }))
    .toHaveTextContent('Keeps times and classes alone. Leaves out nothing that is said here.');
});
