import { followCaller } from '#main/hosts/typed-in.ts';
import { Command } from '@commander-js/extra-typings';
import { programVersion } from '../hosts/program-files.ts';
import { worldActions, type WorldAction } from './world/actions.ts';
import { renderFilms } from './world/render-films.ts';
import { actionsNamed } from './world/untrimmed-video.ts';

const program = new Command('render-world')
  .description('Renders untrimmed videos of the rendered world, with the ground truth in every annotation format.')
  .argument('<folder>', 'where videos and annotations go')
  .option('--seed <n>', 'another seed, other videos', Number, 1)
  .option('--videos <n>', 'how many', Number, 3)
  .option('--actions <ids>', 'actions to choose from, separated by commas; all of them by default')
  .option('--occurrences <n>', 'actions in a video', Number, 4)
  .option('--difficulty <share>', 'from one large figure before a calm wall, 0, to the hardest scenes, 1', Number, 0.5)
  .option('--width <pixels>', 'an even number', Number, 256)
  .option('--height <pixels>', 'an even number', Number, 192)
  .option('--fps <n>', 'frames a second', Number, 12)
  .action(async (folder, { actions, width, height, fps, ...order }) => {
    const say = (line: string): void => console.error(line);
    const written = await renderFilms({
      ...order,
      folder,
      actions: actions === undefined ? worldActions : namedIn(actions),
      picture: { width, height, fps },
      version: programVersion,
      say,
    });
    for (const file of written) console.log(file);
  });

const namedIn = (text: string): WorldAction[] =>
  actionsNamed([
    ...new Set(
      text
        .split(',')
        .map((id) => id.trim())
        .filter((id) => id !== ''),
    ),
  ]);

followCaller('render-world');
await program.parseAsync().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
