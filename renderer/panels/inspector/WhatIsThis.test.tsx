// A question that cannot be answered yet names what to do, with the button that does it.
import { implement } from '@orpc/server';
import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { contract } from '#preload/contract/contract.ts';
import { registerCommands } from '../../shared/commands.ts';
import { answerWith, refusal } from '../../testing/answering-backend.ts';
import { someProject } from '../../testing/rows.ts';
import { show } from '../../testing/show.tsx';
import { someCommand } from '../../testing/some-command.ts';
import { WhatIsThis } from './WhatIsThis.tsx';

const info = (model: string | null) =>
  implement(contract.projects.info).handler(() => someProject(model === null ? { model } : {}));
const question = page.getByRole('button', { name: 'What does the whole clip show?' });
const ask = () => show(<WhatIsThis videoId={1} span={null} of="the whole clip" onChoose={() => undefined} />);

/** Commands that only say that they ran. */
function listening(...ids: readonly string[]): { readonly ran: string[]; end(): void } {
  const ran: string[] = [];
  const end = registerCommands(ids.map((id) => someCommand(id, { run: () => void ran.push(id) })));
  return { ran, end };
}

test('without a model the question leads to one', async () => {
  const { ran, end } = listening('window.models');
  answerWith({ projects: { info: info(null) } });
  await ask();
  await question.click();
  expect(ran).toEqual(['window.models']);
  end();
});

test('of a video that was not looked at, the way to look', async () => {
  const { ran, end } = listening('videos.propose');
  const recognise = implement(contract.analysis.recognise).handler(() => {
    throw refusal('not-found', 'The frames of clip 1.mp4 were not looked at yet.');
  });
  answerWith({
    projects: { info: info('tiny-clip') },
    analysis: { recognise },
    tuning: {
      status: implement(contract.tuning.status).handler(() => {
        throw refusal('not-found', 'Nothing was taught.');
      }),
    },
  });
  await ask();
  await question.click();
  await page.getByRole('button', { name: 'Look at this video' }).click();
  expect(ran).toEqual(['videos.propose']);
  end();
});
