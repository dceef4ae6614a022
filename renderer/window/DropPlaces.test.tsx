// A folder dropped on the window: a model's is added, and becomes the project's where that has none; a window that is not
// told where files lie says so.
import { implement } from '@orpc/server';
import type { ReactNode } from 'react';
import { afterEach, expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { contract } from '#preload/contract/contract.ts';
import type { StudioHost } from '#preload/host.ts';
import { useSeriesDialog } from '../panels/timeline/series/series-dialogs.ts';
import { initialView, useStudio } from '../shared/studio-state.ts';
import { answerWith } from '../testing/answering-backend.ts';
import { show } from '../testing/show.tsx';
import { DropPlaces } from './DropPlaces.tsx';
import { NoticeBar } from './NoticeBar.tsx';

const { models, places, studio, videos } = {
  models: implement(contract.models),
  places: implement(contract.places),
  studio: implement(contract.studio),
  videos: implement(contract.videos),
};

afterEach(() => vi.unstubAllGlobals());

const showWithNotices = (part: ReactNode) =>
  show(
    <>
      {part}
      <NoticeBar />
    </>,
  );

/** Drops a file on what is in the window, as a browser tells of it. */
async function dropOn(words: string): Promise<void> {
  const carried = new DataTransfer();
  carried.items.add(new File(['{}'], 'ViT-B-16'));
  const event = new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: carried });
  (await page.getByText(words).findElement()).dispatchEvent(event);
}

test('a model’s folder is added', async () => {
  const added: string[] = [];
  const placesOf = vi.fn<StudioHost['placesOf']>().mockResolvedValue(['m1']);
  vi.stubGlobal('cuepointHost', { placesOf });
  answerWith({
    places: {
      look: places.look.handler(({ input }) =>
        input.tokens.map((token) => ({
          token,
          name: token,
          kind: 'model' as const,
          sizeBytes: null,
        })),
      ),
    },
    models: {
      add: models.add.handler(({ input }) => {
        added.push(input.place);
        return {
          name: 'ViT-B-16',
          folder: '/models/ViT-B-16',
          kind: 'CLIP',
          capabilities: {
            embedsFrames: true,
            embedsTexts: true,
            takesPromptVectors: true,
            scoresClips: false,
            mergesTokens: true,
          },
          dim: 512,
          imageSize: 224,
          temporal: null,
          speed: null,
          problem: null,
        };
      }),
    },
    studio: { state: studio.state.handler(() => ({ version: '1', project: null, recent: [], signedIn: null })) },
  });
  await showWithNotices(<DropPlaces hasProject={false}>the window</DropPlaces>);
  await dropOn('the window');
  await expect.poll(() => added).toEqual(['m1']);
  await expect.element(page.getByText('ViT-B-16 was added.')).toBeVisible();
  expect(placesOf.mock.calls[0]![0].map(({ name }) => name)).toEqual(['ViT-B-16']);
});

test('a browser says that it is not told where files lie', async () => {
  answerWith({});
  await showWithNotices(<DropPlaces hasProject>the project</DropPlaces>);
  await dropOn('the project');
  await expect.element(page.getByText(/A browser does not tell where dropped files are/)).toBeVisible();
});

test('a sensor’s table is asked about beside the selected video, and what is no table is added as before', async () => {
  const added: string[][] = [];
  const placesOf = vi.fn<StudioHost['placesOf']>().mockResolvedValue(['imu.csv']);
  vi.stubGlobal('cuepointHost', { placesOf });
  answerWith({
    places: {
      look: places.look.handler(({ input }) =>
        input.tokens.map((token) => ({ token, name: token, kind: 'file' as const, sizeBytes: 1 })),
      ),
    },
    videos: {
      add: videos.add.handler(({ input }) => {
        added.push(input.places);
        return { jobIds: [] };
      }),
    },
  });
  useStudio.setState({ ...initialView, selectedVideoId: null });
  await showWithNotices(<DropPlaces hasProject>the project</DropPlaces>);
  await dropOn('the project');
  await expect.element(page.getByText(/Select the video first/)).toBeVisible();
  useStudio.setState({ selectedVideoId: 1 });
  await dropOn('the project');
  await expect.poll(() => useStudio.getState().dialog).toBe('recording');
  expect(useSeriesDialog.getState()).toMatchObject({ place: 'imu.csv', recordingId: null });
  expect(added.flat()).toEqual([]);
});
