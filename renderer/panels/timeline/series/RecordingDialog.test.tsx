// What a person sees of a sensor's table before it is added, and of one whose file is another one by now.
import { implement } from '@orpc/server';
import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { contract } from '#preload/contract/contract.ts';
import type { ListedRecording, TableLook } from '#preload/contract/recordings.ts';
import type { RecordingReading } from '#preload/domain/recording.ts';
import { say } from '#preload/domain/saying.ts';
import { queries, api } from '../../../backend/client.ts';
import { initialView, useStudio } from '../../../shared/studio-state.ts';
import { answerWith, refusal } from '../../../testing/answering-backend.ts';
import { show } from '../../../testing/show.tsx';
import { RecordingDialog } from './RecordingDialog.tsx';
import { useSeriesDialog } from './series-dialogs.ts';
import { SeriesMenu } from './SeriesMenu.tsx';

const recordings = implement(contract.recordings);
const jobs = implement(contract.jobs);

const reading: RecordingReading = {
  delimiter: ',',
  decimal: '.',
  skipLines: 0,
  header: true,
  time: { column: 0, unit: 's', rateHz: 100 },
};
const look: TableLook = {
  reading,
  columns: [
    { name: 'time', kind: 'number', example: '0.0' },
    { name: 'ax', kind: 'number', example: '1.5' },
    { name: 'temp', kind: 'constant', example: '21' },
    { name: 'label', kind: 'text', example: 'walk' },
    ...Array.from({ length: 1996 }, (_, at) => ({ name: `s${at}`, kind: 'empty' as const, example: '' })),
  ],
  rows: [{ timeUs: 1_500_000, cells: ['1.5', '2', '21', 'walk'] }],
  firstUs: 1_500_000,
  stepUs: 10_000,
  timeFault: null,
};
const listed: ListedRecording = {
  id: 4,
  videoId: 1,
  name: 'imu.csv',
  location: '/data/imu.csv',
  sizeBytes: 10,
  checksum: 'a'.repeat(64),
  reading,
  offsetUs: 0,
  rate: 1,
  tracks: [{ column: 1, name: 'ax', colour: '#4c9be8', scale: { kind: 'all' }, look: 'full' }],
  file: 'there',
  facts: null,
};

test('numbers are chosen by themselves, two thousand columns can be searched, and a correction is looked at anew', async () => {
  const asked: (RecordingReading | undefined)[] = [];
  const added: unknown[] = [];
  answerWith({
    recordings: {
      look: recordings.look.handler(({ input }) => {
        asked.push(input.reading);
        const timeFault =
          input.reading?.time.unit === 'clock'
            ? say('“{{name}}” has no times of this kind: row {{row}} says “{{cell}}”.', {
                name: 'time',
                row: 1,
                cell: '1.5',
              })
            : null;
        return { ...look, reading: input.reading ?? reading, timeFault, name: 'imu.csv' };
      }),
      add: recordings.add.handler(({ input }) => {
        added.push(input.tracks);
        return { recordingId: 1 };
      }),
    },
  });
  useStudio.setState({ ...initialView, selectedVideoId: 1 });
  useSeriesDialog.setState({ place: 'p1', recordingId: null, column: null });
  await show(<RecordingDialog onClose={() => undefined} />);
  await expect
    .element(page.getByText('2000 columns in the table').or(page.getByText('2,000 columns in the table')))
    .toBeVisible();
  await expect.element(page.getByText('ax', { exact: true }).first()).toBeVisible();
  await expect.element(page.getByText('temp', { exact: true }).first()).toBeVisible();
  await expect.element(page.getByRole('cell', { name: '00:00:01.500' })).toBeVisible();
  await page.getByRole('combobox', { name: 'Kind of times' }).selectOptions('clock');
  await expect.element(page.getByText(/has no times of this kind: row 1/)).toBeVisible();
  await expect.element(page.getByRole('button', { name: 'Add' })).toBeDisabled();
  await page.getByRole('button', { name: 'As it was found' }).click();
  await page.getByRole('button', { name: 'Add' }).click();
  await expect
    .poll(() => added)
    .toEqual([
      [
        { column: 1, name: 'ax' },
        { column: 2, name: 'temp' },
      ],
    ]);
  expect(asked[1]?.time.unit).toBe('clock');
});

test('what is no table is said, and nothing can be added', async () => {
  answerWith({
    recordings: {
      look: recordings.look.handler(() => {
        throw refusal('bad-input', '/data/film.csv is no table of text: export it as CSV.');
      }),
    },
  });
  useStudio.setState({ ...initialView, selectedVideoId: 1 });
  useSeriesDialog.setState({ place: 'p2', recordingId: null, column: null });
  await show(<RecordingDialog onClose={() => undefined} />);
  await expect.element(page.getByText('/data/film.csv is no table of text: export it as CSV.')).toBeVisible();
  await expect.element(page.getByRole('button', { name: 'Add' })).toBeDisabled();
});

test.each([
  ['missing', 'Find imu.csv again…'],
  ['changed', 'Take the new content of imu.csv'],
  ['there', 'Read imu.csv now'],
] as const)('the menu of a track whose file is %s says what to do', async (file, words) => {
  answerWith({
    recordings: { list: recordings.list.handler(() => [{ ...listed, file }]) },
    jobs: { list: jobs.list.handler(() => []) },
  });
  queries.setQueryData(api.recordings.list.queryKey({ input: { videoId: 1 } }), [{ ...listed, file }]);
  await show(
    <SeriesMenu videoId={1} at={{ key: '4:1', top: 10, left: 10, videoUs: null }} onClose={() => undefined} />,
  );
  await expect.element(page.getByRole('menuitem', { name: words })).toBeVisible();
  await expect.element(page.getByRole('menuitem', { name: 'Remove ax' })).toBeVisible();
});
