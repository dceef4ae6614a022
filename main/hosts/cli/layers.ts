import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Agreement, Merged } from '#preload/contract/layers.ts';
import { counted } from '#preload/domain/counted.ts';
import { Failure } from '#preload/domain/failure.ts';
import { verbatim, english } from '#preload/domain/saying.ts';
import type { CliCommand, CliGroup } from './cli-command.ts';
import { openProject, projectFolderOf } from './open-project.ts';
import { list, numberOf, wholeNumberOf } from './option-values.ts';
import type { Outcome } from './outcome.ts';
import type { Session } from './session.ts';
import { InvalidArgumentError } from '@commander-js/extra-typings';

type Client = Awaited<ReturnType<typeof openProject>>['client'];

/** What the project says itself, in a comparison. */
const own = 'own';

/** A layer by its name or number; null for what the project says itself. */
async function sideOf(client: Client, named: string): Promise<number | null> {
  if (named === own) return null;
  const layers = await client.layers.list();
  const found = layers.find(({ id, name }) => name === named || String(id) === named);
  if (found !== undefined) return found.id;
  const has = [own, ...layers.map(({ name }) => name)].join(', ');
  throw new Failure('not-found', verbatim(`The project has no layer "${named}"; it has ${has}.`), { named });
}

const wholeLayer = async (client: Client, named: string): Promise<number> => {
  const id = await sideOf(client, named);
  if (id === null) throw new Failure('bad-input', verbatim('What the project says itself is no layer.'), {});
  return id;
};

/** How far two agree: two that are named, else each two of the layers and what the project says itself. */
async function agreement(session: Session, project: string, names: readonly string[]): Promise<Outcome> {
  const { client } = await openProject(session, project);
  const sides = names.length > 0 ? names : [own, ...(await client.layers.list()).map(({ name }) => name)];
  if (sides.length < 2)
    throw new Failure(
      'bad-input',
      verbatim('There is nobody to compare with: "layers add" brings another annotator’s work.'),
      {},
    );
  const ids = await Promise.all(sides.map((name) => sideOf(client, name)));
  const pairs = [];
  for (const [index, a] of ids.entries()) {
    for (const [offset, b] of ids.slice(index + 1).entries()) {
      const value = await client.layers.agreement({ a, b });
      pairs.push({ a: sides[index]!, b: sides[index + 1 + offset]!, value });
    }
  }
  return {
    document: { pairs: pairs.map(({ a, b, value }) => ({ a, b, ...agreementDocument(value) })) },
    text: pairs.flatMap(({ a, b, value }) => agreementLines(a, b, value)).join('\n'),
  };
}

const agreementDocument = (value: Agreement) => ({
  videos: value.videos,
  segments: value.segments,
  matches: value.matches.map(matchDocument),
  frames: value.frames,
  same_frames: value.sameFrames,
  kappa: value.kappa,
  classes: value.classes.map(({ name, segments, matches, kappa }) => ({
    name,
    segments,
    matches: matches.map(matchDocument),
    kappa,
  })),
  boundaries: {
    pairs: value.boundaries.pairs,
    start: deviationDocument(value.boundaries.start),
    end: deviationDocument(value.boundaries.end),
  },
  confusion: {
    classes: [...value.confusion.classIds.map((id) => value.classes.find(({ classId }) => classId === id)!.name), null],
    counts: value.confusion.counts,
  },
});

const matchDocument = ({ tIoU, ...rest }: Agreement['matches'][number]) => ({ tiou: tIoU, ...rest });

const deviationDocument = (value: Agreement['boundaries']['start']) =>
  value && {
    mean_s: value.meanUs / 1e6,
    mean_absolute_s: value.meanAbsoluteUs / 1e6,
    median_absolute_s: value.medianAbsoluteUs / 1e6,
    maximum_s: value.maximumUs / 1e6,
  };

const number = (value: number | null): string => value?.toFixed(3) ?? 'not known';

const agreementLines = (a: string, b: string, value: Agreement): string[] => [
  `${a} and ${b}: ${counted(value.videos, 'video')} of both, ${value.segments.a} and ${value.segments.b} segments`,
  ...value.matches.map(({ tIoU, f1, pairs }) => `  F1@${tIoU}\t${number(f1)}\t${counted(pairs, 'pair')}`),
  `  kappa\t${number(value.kappa)}\t${counted(value.frames, 'frame')}`,
  ...(['start', 'end'] as const).map((edge) => {
    const of = value.boundaries[edge];
    return `  ${edge}\t${of === null ? 'not known' : `${number(of.meanAbsoluteUs / 1e6)} s apart on average, ${number(of.maximumUs / 1e6)} s at most`}`;
  }),
  ...value.classes.map((one) => `  ${one.name}\tF1@0.5 ${number(one.matches[0]!.f1)}\tkappa ${number(one.kappa)}`),
];

const mergedOutcome = (of: string, done: Merged): Outcome => ({
  document: {
    taken: done.taken,
    unchanged: done.unchanged,
    added_classes: done.addedClasses,
    layers: done.layers,
    warnings: done.warnings.map(english),
  },
  text: [
    `${of}: ${counted(done.taken, 'segment')} taken over, ${done.unchanged} unchanged, ${counted(done.addedClasses, 'class', 'classes')} added`,
    ...done.layers.map(
      ({ name, videos, segments }) =>
        `layer ${name}: ${counted(segments, 'segment')} in ${counted(videos, 'video')} of which others say otherwise`,
    ),
    ...done.warnings.map(english),
  ].join('\n'),
});

async function merge(session: Session, project: string, others: readonly string[]): Promise<Outcome> {
  const { client, placeOf } = await openProject(session, project);
  const places = others.map((other) => placeOf(projectFolderOf(other)).token);
  return mergedOutcome(project, await client.layers.merge({ places }));
}

async function splitWork(
  session: Session,
  project: string,
  options: {
    readonly annotators: number;
    readonly names?: readonly string[];
    readonly overlap: number;
    readonly out: string;
    readonly seed: number;
    readonly partSeconds?: number;
  },
): Promise<Outcome> {
  const { client, placeOf } = await openProject(session, project);
  const out = path.resolve(options.out);
  await mkdir(out, { recursive: true });
  const names = options.names ?? Array.from({ length: options.annotators }, (_, index) => String(index + 1));
  const parts = await client.layers.splitWork({
    place: placeOf(out).token,
    annotators: [...names],
    overlap: options.overlap,
    seed: options.seed,
    partSeconds: options.partSeconds ?? null,
  });
  return {
    document: {
      projects: parts.map(({ parts: asked, ...rest }) => ({
        ...rest,
        parts: asked.map(({ video, startUs, endUs }) => ({ video, start_s: startUs / 1e6, end_s: endUs / 1e6 })),
      })),
    },
    text: parts
      .map(
        ({ path: folder, videos, parts: asked, seconds }) =>
          `${folder}\t${counted(videos.length, 'video')}${asked.length === 0 ? '' : `, ${counted(asked.length, 'part')} of them`}\t${seconds.toFixed(1)} s`,
      )
      .join('\n'),
  };
}

const layerListing = async (client: Client): Promise<Outcome> => {
  const layers = await client.layers.list();
  return {
    document: {
      layers: layers.map(({ id, name, videoIds, segmentCount }) => ({
        id,
        name,
        videos: videoIds.length,
        segments: segmentCount,
      })),
    },
    text: layers
      .map(
        ({ name, videoIds, segmentCount }) =>
          `${name}\t${counted(videoIds.length, 'video')}\t${counted(segmentCount, 'segment')}`,
      )
      .join('\n'),
  };
};

/** `10%` or `0.1`. */
function shareOf(text: string): number {
  const value = text.endsWith('%') ? numberOf(text.slice(0, -1)) / 100 : numberOf(text);
  if (value < 0 || value > 1) throw new InvalidArgumentError('It is no share between 0% and 100%.');
  return value;
}

export const agreementCommand: CliCommand = {
  name: 'agreement',
  declare: (command, perform) =>
    command
      .description('how far annotators agree: segments, frames, edges, classes')
      .argument('<project>')
      .argument('[name...]', `layers, or ${own} for what the project says itself; left out, all`)
      .action((project, names) => perform((session) => agreement(session, project, names))),
};

export const mergeCommand: CliCommand = {
  name: 'merge',
  declare: (command, perform) =>
    command
      .description('bring what was decided in other projects together; what contradicts becomes a layer for each')
      .argument('<project>', 'the one that changes')
      .argument('<other...>')
      .action((project, others) => perform((session) => merge(session, project, others))),
};

export const splitWorkCommand: CliCommand = {
  name: 'split-work',
  declare: (command, perform) =>
    command
      .description('a project for each annotator, with a share of the videos that all get; "merge" brings them back')
      .argument('<project>')
      .requiredOption('--out <folder>', 'where the projects are written')
      .option('--annotators <n>', 'how many', wholeNumberOf, 2)
      .option('--names <name...>', 'theirs, instead of numbers', list(String))
      .option('--overlap <share>', 'of the seconds that everybody gets, such as 10%', shareOf, 0.1)
      .option('--seed <n>', 'the same videos and seed give the same parts', wholeNumberOf, 1)
      .option('--part-seconds <seconds>', 'hand longer videos out in parts of about this length', numberOf)
      .action((project, options) => perform((session) => splitWork(session, project, options))),
};

const withProject =
  (work: (client: Client, placeOf: (path: string) => { readonly token: string }) => Promise<Outcome>) =>
  (project: string) =>
  async (session: Session): Promise<Outcome> => {
    const { client, placeOf } = await openProject(session, project);
    return work(client, placeOf);
  };

export const layerCommands: CliGroup = {
  name: 'layers',
  description: 'what other annotators decided, beside what the project says itself',
  commands: [
    {
      name: 'list',
      declare: (command, perform) =>
        command.argument('<project>').action((project) => perform(withProject(layerListing)(project))),
    },
    {
      name: 'add',
      declare: (command, perform) =>
        command
          .description('another project’s decisions as a layer')
          .argument('<project>')
          .argument('<other>')
          .option('--name <name>', 'else who signed it, or the project’s name', '')
          .action((project, other, { name }) =>
            perform(
              withProject(async (client, placeOf) => {
                const place = placeOf(projectFolderOf(other)).token;
                return mergedOutcome(project, await client.layers.add({ place, name }));
              })(project),
            ),
          ),
    },
    {
      name: 'keep',
      declare: (command, perform) =>
        command
          .description('what the project says itself, kept as a layer')
          .argument('<project>')
          .argument('<name>')
          .action((project, name) =>
            perform(
              withProject(async (client) => {
                await client.layers.keepOwn({ name });
                return layerListing(client);
              })(project),
            ),
          ),
    },
    {
      name: 'settle',
      declare: (command, perform) =>
        command
          .description('accept on what layers agree, and put the rest into the review queue')
          .argument('<project>')
          .argument('<name...>')
          .option('--tiou <share>', 'how alike the edges must be', numberOf, 0.8)
          .action((project, names, { tiou }) =>
            perform(
              withProject(async (client) => {
                const layerIds = await Promise.all(names.map((name) => wholeLayer(client, name)));
                const done = await client.layers.adjudicate({ layerIds, tIoU: tiou });
                return {
                  document: done,
                  text: `${counted(done.agreed, 'segment')} agreed on and accepted, ${done.disputed} wait for review, in ${counted(done.videos, 'video')}`,
                };
              })(project),
            ),
          ),
    },
    {
      name: 'remove',
      declare: (command, perform) =>
        command
          .argument('<project>')
          .argument('<name>')
          .action((project, name) =>
            perform(
              withProject(async (client) => {
                await client.layers.remove({ layerId: await wholeLayer(client, name) });
                return layerListing(client);
              })(project),
            ),
          ),
    },
  ],
};
