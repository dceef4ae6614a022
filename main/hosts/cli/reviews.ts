import type { BackendClient } from '#preload/contract/contract.ts';
import { counted } from '#preload/domain/counted.ts';
import { Failure } from '#preload/domain/failure.ts';
import { verbatim } from '#preload/domain/saying.ts';
import { reviewState, type Review } from '#preload/domain/segment.ts';
import type { CliCommand } from './cli-command.ts';
import { findVideos } from './find-video.ts';
import { openProject } from './open-project.ts';
import { list, oneOf } from './option-values.ts';
import type { Outcome } from './outcome.ts';
import type { Session } from './session.ts';

const reviewActions = ['list', 'set'] as const;

/** Shows or says how far videos were looked through: for which classes every segment is marked. */
async function reviews(
  session: Session,
  project: string,
  action: (typeof reviewActions)[number],
  words: readonly string[],
  options: { readonly class?: readonly string[] },
): Promise<Outcome> {
  const { client } = await openProject(session, project);
  const classes = await classesNamed(client, options.class);
  const [named, ...videos] = action === 'set' ? words : ['', ...words];
  const state = reviewState.options.find((one) => one === named);
  if (action === 'set' && (state === undefined || videos.length === 0))
    throw new Failure('bad-input', verbatim(`"set" takes ${reviewState.options.join(', ')}, and then videos.`), {});
  // All are there before any is changed.
  const found = await findVideos(client, videos);
  if (state !== undefined)
    await client.reviews.setOfVideos({
      videoIds: found.map(({ id }) => id),
      classIds: classes.map(({ id }) => id),
      state,
    });
  return listing(client, found.length > 0 ? found : await client.videos.list(), classes);
}

interface Named {
  readonly id: number;
  readonly name: string;
}

/** All where none is named. */
async function classesNamed(client: BackendClient, names: readonly string[] | undefined): Promise<readonly Named[]> {
  const all = await client.classes.list();
  return (
    names?.map((name) => {
      const found = all.find((one) => one.name === name);
      if (!found)
        throw new Failure('not-found', verbatim(`The project has no class "${name}"; "classes list" shows them.`));
      return found;
    }) ?? all
  );
}

async function listing(client: BackendClient, videos: readonly Named[], classes: readonly Named[]): Promise<Outcome> {
  const rows = await Promise.all(
    videos.map(async ({ id, name }) => {
      const stateOf = new Map((await client.reviews.list({ videoId: id })).map((row) => [row.classId, row.state]));
      const namesOf = (state: Review['state']): string[] =>
        classes.filter((one) => (stateOf.get(one.id) ?? 'unseen') === state).map((one) => one.name);
      return {
        video: name,
        complete: namesOf('complete'),
        in_progress: namesOf('in-progress'),
        unseen: namesOf('unseen'),
      };
    }),
  );
  return {
    document: { videos: rows },
    text: rows
      .map(
        ({ video, complete, in_progress: begun }) =>
          `${video}\t${complete.length} of ${counted(classes.length, 'class', 'classes')} complete\t${begun.length} in progress`,
      )
      .join('\n'),
  };
}

export const reviewsCommand: CliCommand = {
  name: 'reviews',
  declare: (command, perform) =>
    command
      .description(`how far videos were looked through: list, or set <${reviewState.options.join('|')}> <video...>`)
      .argument('<project>')
      .argument('<action>', reviewActions.join('|'), oneOf(reviewActions))
      .argument('[word...]')
      .option('--class <name>', 'for this class instead of all; given again, for each', list(String))
      .action((project, action, words, options) =>
        perform((session) => reviews(session, project, action, words, options)),
      ),
};
