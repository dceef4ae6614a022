import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { Command, Option } from '@commander-js/extra-typings';
import { isFailure } from '#preload/domain/failure.ts';
import { filmSettings, samplingFps } from './filmed-video.ts';
import { learningCurves } from './learning-curves.ts';
import { numbersOf } from './numbers-of.ts';
import { renderedReport } from './rendered-report.ts';
import { difficulties } from './report-seeds.ts';
import { reportSize } from './rendered-videos.ts';
import { targetsOf } from './targets.ts';
import { markdownOf, writeReport, type Report } from './write-report.ts';

const resources = path.resolve(import.meta.dirname, '../../../resources');
const starterModel = path.join(resources, 'starter-model');
const starterScorer = path.join(resources, 'starter-xclip');

const program = new Command('report')
  .description('Measures recognition, localisation, retrieval and what is learned from few corrections.')
  .option('--out <folder>', 'where report.json, report.md and the plots go')
  .option('--seeds <list>', 'seeds of the videos and of what is learned', numbersOf, [1, 2, 3, 4, 5])
  .option('--shots <list>', 'accepted segments of each class', numbersOf, [0, 1, 2, 4, 8, 16])
  .option('--model <folder>', 'a CLIP checkpoint', starterModel)
  .option('--xclip <folder>', 'an X-CLIP checkpoint beside it; by default the shipped one, if there is one')
  .addOption(
    new Option('--only <world>', 'videos of the rendered world, or features that are made up')
      .choices(['rendered', 'generated'] as const)
      .default('rendered' as const),
  )
  .option('--json', 'print the report as JSON', false)
  .action(async ({ out, seeds, shots, model, xclip, only, json }) => {
    const say = (line: string): void => console.error(line);
    const scorer = xclip ?? (existsSync(starterScorer) ? starterScorer : null);
    const rows =
      only === 'generated'
        ? await learningCurves({ folder: model, seeds, shotCounts: shots, say })
        : await renderedReport({
            model,
            xclip: scorer,
            cache: path.resolve(resources, '../.cache/report'),
            seeds,
            shotCounts: shots,
            threads: availableParallelism(),
            say,
          });
    const about = only === 'generated' ? aboutGenerated(model) : aboutRendered(model, scorer);
    const report: Report = { about, seeds, rows, targets: targetsOf(rows) };
    if (out !== undefined) for (const file of await writeReport(out, report)) say(`wrote ${file}`);
    process.stdout.write(json ? `${JSON.stringify(report)}\n` : markdownOf(report));
  });

function aboutRendered(model: string, scorer: string | null): string[] {
  const { width, height, fps } = filmSettings;
  const { clipsPerAction, seenVideos, novelVideos } = reportSize;
  return [
    `Model: ${shown(model)}${scorer === null ? '' : `; X-CLIP: ${shown(scorer)}`}.`,
    `Films of the rendered world that training never drew, ${width} x ${height} at ${fps} frames a second, of which ${samplingFps} a second are looked at; difficulty of the scenes uniform in [${difficulties.join(', ')}]. A seed has ${clipsPerAction} films of every action for recognition and retrieval, ${seenVideos} untrimmed films of seen actions and ${novelVideos} of novel ones to localise in, and further ones to take shots from.`,
    'Shots are accepted segments of each novel class; a film of which all is accepted counts as reviewed. `quick` and `full` are what the studio does: the gate decides whether what was tuned is used, and the instant adapter stands beside it. `efficient-prompt` is the published preset, trained once on all shots.',
  ];
}

const aboutGenerated = (model: string): string[] => [
  `Model: ${shown(model)}; its texts alone are used.`,
  'Features are made up around the texts of ten classes, with known gaps between what videos show and what texts say.',
];

const shown = (folder: string): string => path.relative(process.cwd(), folder) || folder;

await program.parseAsync().catch((error: unknown) => {
  console.error(isFailure(error) ? error.message : error);
  process.exitCode = 1;
});
