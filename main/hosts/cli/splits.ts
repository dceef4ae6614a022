import type { SplitDraw, SplitPlan } from '#preload/contract/splits.ts';
import { counted } from '#preload/domain/counted.ts';
import { Failure } from '#preload/domain/failure.ts';
import { verbatim } from '#preload/domain/saying.ts';
import { split as splitNames } from '#preload/domain/split.ts';
import type { CliCommand } from './cli-command.ts';
import { findVideos } from './find-video.ts';
import { openProject } from './open-project.ts';
import { numberOf, oneOf, wholeNumberOf } from './option-values.ts';
import type { Outcome } from './outcome.ts';
import type { Session } from './session.ts';

const splitActions = ['list', 'set', 'draw'] as const;

/** Shows or changes the parts of the data set that a project's videos belong to. */
async function splits(
  session: Session,
  project: string,
  action: (typeof splitActions)[number],
  names: readonly string[],
  options: {
    readonly shares: readonly number[];
    readonly seed: number;
    readonly together: SplitDraw['together'];
    readonly pattern?: string;
    readonly stratified: boolean;
    readonly dryRun?: boolean;
  },
): Promise<Outcome> {
  const { client } = await openProject(session, project);
  if (action === 'set') {
    const [part, ...videos] = names;
    const to = part === 'none' ? null : splitNames.options.find((one) => one === part);
    if (to === undefined || videos.length === 0)
      throw new Failure('bad-input', verbatim('"set" takes train, validation, test or none, and then videos.'), {});
    const found = await findVideos(client, videos);
    await client.splits.assign({ videoIds: found.map(({ id }) => id), split: to });
  } else if (names.length > 0) throw new Failure('bad-input', verbatim(`"${action}" takes no names.`), {});
  if (action !== 'draw') return listing(await client.splits.counts(), await client.videos.list());
  const [train = 0, validation = 0, test = 0] = options.shares;
  const draw = {
    shares: { train, validation, test },
    seed: options.seed,
    stratified: options.stratified,
    together: options.pattern === undefined ? options.together : ('pattern' as const),
    pattern: options.pattern ?? '',
  };
  if (options.dryRun) return listing(await client.splits.preview(draw), []);
  const plan = await client.splits.draw(draw);
  return listing(plan, await client.videos.list());
}

function listing(
  plan: SplitPlan,
  videos: readonly { readonly name: string; readonly split: string | null }[],
): Outcome {
  const parts = [...splitNames.options, 'none'] as const;
  return {
    document: {
      videos: plan.videos,
      segments: plan.segments,
      classes: plan.classes.map(({ name, counts }) => ({ name, ...counts })),
      split_of_video: videos.map(({ name, split }) => ({ video: name, split })),
    },
    text: parts
      .filter((part) => plan.videos[part] > 0)
      .map((part) => `${part}\t${counted(plan.videos[part], 'video')}\t${counted(plan.segments[part], 'segment')}`)
      .join('\n'),
  };
}

/** Videos of one folder, or of names that begin alike. */
const together = ['video', 'folder', 'name'] as const;

const shares = (text: string): number[] => text.split(',').map(numberOf);

export const splitsCommand: CliCommand = {
  name: 'splits',
  declare: (command, perform) =>
    command
      .description('the parts of the data set: list, set <train|validation|test|none> <video...>, or draw')
      .argument('<project>')
      .argument('<action>', splitActions.join('|'), oneOf(splitActions))
      .argument('[name...]')
      .option('--shares <train,validation,test>', 'of the videos, in any unit', shares, [70, 15, 15])
      .option('--seed <n>', 'the same videos and seed give the same parts', wholeNumberOf, 1)
      .option('--together <what>', `stays in one part: ${together.join('|')}`, oneOf(together), 'video' as const)
      .option('--pattern <regexp>', 'videos stay together in whose names it finds the same, such as "g\\d+"')
      .option('--no-stratified', 'regardless of the classes of accepted segments')
      .option('--dry-run', 'only say what "draw" would do')
      .action((project, action, names, options) =>
        perform((session) => splits(session, project, action, names, options)),
      ),
};
