// What was asked of a view is done to that view, beside the video it was beside, whatever is selected when the answer comes.
import { implement } from '@orpc/server';
import { QueryObserver } from '@tanstack/react-query';
import { expect, test } from 'vitest';
import { contract } from '#preload/contract/contract.ts';
import type { Scene } from '#preload/domain/scene.ts';
import { api, queries } from '../../../backend/client.ts';
import { initialView, useStudio } from '../../../shared/studio-state.ts';
import { answerWith } from '../../../testing/answering-backend.ts';
import { someProject } from '../../../testing/rows.ts';
import { alignBySound, removeView } from './view-actions.ts';
import { changeScenes, scenesNow } from './scenes.ts';

const scene: Scene = [
  { videoId: 1, offsetUs: 0 },
  { videoId: 2, offsetUs: 500_000 },
];
const view = { videoId: 2, offsetUs: 500_000 };

function beginBesideTheFirst(aligned: Promise<void>): void {
  useStudio.setState({ ...initialView, selectedVideoId: 1 });
  answerWith({
    projects: {
      changeSettings: implement(contract.projects.changeSettings).handler(({ input }) => input),
    },
    videos: {
      alignBySound: implement(contract.videos.alignBySound).handler(async () => {
        await aligned;
        return { kind: 'match', offsetUs: -40_000, agreement: 0.9, distinctness: 3, overlapUs: 9e6 };
      }),
    },
  });
  queries.setQueryData(api.projects.info.queryKey(), someProject({ scenes: [[...scene]] }));
}

test('an answer about its sound that comes once another video is selected', async () => {
  const answer = Promise.withResolvers<void>();
  beginBesideTheFirst(answer.promise);
  const listening = alignBySound(view);
  useStudio.setState({ selectedVideoId: 3 });
  answer.resolve();
  await listening;
  expect(scenesNow()).toEqual([[scene[0], { videoId: 2, offsetUs: -40_000 }]]);
});

test('an answer about a view that was taken away meanwhile', async () => {
  const answer = Promise.withResolvers<void>();
  beginBesideTheFirst(answer.promise);
  const listening = alignBySound(view);
  removeView(view);
  answer.resolve();
  await listening;
  expect(scenesNow()).toEqual([]);
});

test('what was moved and at once taken back elsewhere, before anything was told of it, goes back', async () => {
  const projects = implement(contract.projects);
  const sent: object[] = [];
  answerWith({
    projects: {
      // As it is told once the move was stored and undone.
      info: projects.info.handler(() => someProject({ scenes: [[...scene]] })),
      changeSettings: projects.changeSettings.handler(({ input }) => {
        sent.push(input);
        return input;
      }),
    },
  });
  const leave = new QueryObserver(queries, api.projects.info.queryOptions()).subscribe(() => undefined);
  await expect.poll(scenesNow).toEqual([scene]);
  const moved: Scene = [scene[0]!, { videoId: 2, offsetUs: 540_000 }];
  changeScenes(() => [moved]);
  expect(scenesNow()).toEqual([moved]);
  await expect.poll(scenesNow).toEqual([scene]);
  expect(sent.at(-1)).toEqual({ scenes: [moved] });
  leave();
});
