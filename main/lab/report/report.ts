import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { Command, Option } from '@commander-js/extra-typings';
import { followCaller } from '#main/hosts/typed-in.ts';
import { isFailure } from '#preload/domain/failure.ts';
import { filmSettings, samplingFps } from './filmed-video.ts';
import { taskNames } from './measure-seed.ts';
import { numbersOf } from './numbers-of.ts';
import { renderedReport } from './rendered-report.ts';
import { difficulties } from './report-seeds.ts';
import { reportSize } from './rendered-videos.ts';
import { targetsOf } from './targets.ts';
import { markdownOf, writeReport, type Report } from './write-report.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const starterModel = path.join(root, 'resources/starter-model');
const starterScorer = path.join(root, 'resources/starter-xclip');
/** Features of films and results are kept here; it may be deleted at any time. */
const cache = path.join(root, '.cache/report');

const program = new Command('report')
  .description('Measures recognition, localisation, retrieval and what is learned from few corrections.')
  .option('--out <folder>', 'where report.json, report.md and the plots go')
  .option('--seeds <list>', 'seeds of the videos and of what is learned', numbersOf, [1, 2, 3, 4, 5])
  .option('--shots <list>', 'accepted segments of each class', numbersOf, [0, 1, 2, 4, 8, 16])
  .option('--model <folder>', 'a CLIP checkpoint', starterModel)
  .option('--xclip <folder>', 'an X-CLIP checkpoint beside it; by default the shipped one, if there is one')
  .addOption(new Option('--only <task...>', 'some of what is measured').choices(taskNames))
  .option('--slow-seeds <count>', 'on how many of the seeds the presets of papers and the X-CLIP are measured', Number)
  .option('--json', 'print the report as JSON', false)
  .action(async ({ out, seeds, shots, model, xclip, only, slowSeeds, json }) => {
    const say = (line: string): void => console.error(line);
    const scorer = xclip ?? (existsSync(starterScorer) ? starterScorer : null);
    const rows = await renderedReport({
      model,
      xclip: scorer,
      cache,
      seeds,
      shotCounts: shots,
      threads: availableParallelism(),
      say,
      ...(only === undefined ? {} : { only }),
      ...(slowSeeds === undefined ? {} : { slowSeeds }),
    });
    const report: Report = { about: about(model, scorer, { slowSeeds, only }), seeds, rows, targets: targetsOf(rows) };
    if (out !== undefined) for (const file of await writeReport(out, report)) say(`wrote ${file}`);
    process.stdout.write(json ? `${JSON.stringify(report)}\n` : markdownOf(report));
  });

interface Extent {
  readonly slowSeeds: number | undefined;
  readonly only: readonly string[] | undefined;
}

function about(model: string, scorer: string | null, { slowSeeds, only }: Extent): string[] {
  const skipped = taskNames.filter((name) => only !== undefined && !only.includes(name));
  const { width, height, fps } = filmSettings;
  const { clipsPerAction, seenVideos, novelVideos } = reportSize;
  return [
    `Model: ${shown(model)}${scorer === null ? '' : `; X-CLIP: ${shown(scorer)}`}.`,
    `Films of the rendered world that training never drew, ${width} x ${height} at ${fps} frames a second, of which ${samplingFps} a second are looked at; difficulty of the scenes uniform in [${difficulties.join(', ')}]. A seed has ${clipsPerAction} films of every action for recognition and retrieval, ${seenVideos} untrimmed films of seen actions and ${novelVideos} of novel ones to localise in, and further ones to take shots from.`,
    'Shots are accepted segments of each novel class; a film of which all is accepted counts as reviewed. `zero-shot` is the names alone. `studio` is what the studio does by default with these corrections and the films to be labelled, of which it knows no label; the targets were fixed in advance and are about it. `efficient-prompt` is the published preset as published: random prompts and a random temporal transformer without a skip on plain frame features, batches of random windows, no clipping; five windows averaged in recognition; the studio’s proposals in localisation. Its prompts alone look at the features that the studio classifies by. `actionclip` and `clip4clip` are these presets as the studio trains them: time alone, over frozen towers and plain frame features. A lesson of another project is the version file of 8 corrections a class in films of one action each, or in unlike scenes; `studio, nothing brought along` is the studio without it.',
    'Paired differences are the studio less the other method on the same films, with 95 % intervals by Student’s t over the seeds.',
    ...(slowSeeds === undefined
      ? []
      : [
          `The presets of papers and the X-CLIP were measured on the first ${slowSeeds} of the seeds, all else on all of them.`,
        ]),
    ...(skipped.length === 0 ? [] : [`Not measured in this report, so without rows: ${skipped.join(', ')}.`]),
  ];
}

const shown = (folder: string): string => path.relative(process.cwd(), folder) || folder;

followCaller('report');
await program.parseAsync().catch((error: unknown) => {
  console.error(isFailure(error) ? error.message : error);
  process.exitCode = 1;
});
