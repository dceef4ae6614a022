import { Command, CommanderError, Option } from '@commander-js/extra-typings';
import type { EngineCarrier } from '#main/engine/carriers.ts';
import { segmentState, type SegmentState } from '#preload/domain/segment.ts';
import { scorerPresetId } from '#preload/domain/scorer-version.ts';
import { scorerMode } from '#preload/domain/settings.ts';
import { tuningPresetId } from '#preload/domain/tuning.ts';
import { programVersion } from '../program-files.ts';
import { add } from './add.ts';
import { checkProject } from './check.ts';
import { classActions, classes } from './classes.ts';
import { embed, embedText } from './embed.ts';
import { evaluateFiles, evaluationProtocols } from './evaluate.ts';
import { frame } from './frame.ts';
import { info } from './info.ts';
import { checkModel, downloadModel, listModels, registerModel, removeModel } from './models.ts';
import { newProject } from './new.ts';
import { numberOf, list, oneOf, wholeNumberOf } from './option-values.ts';
import { performIn, printFailure } from './perform.ts';
import type { Perform } from './perform.ts';
import { probe } from './probe.ts';
import { propose } from './propose.ts';
import { recognise } from './recognise.ts';
import { search } from './search.ts';
import { serve } from './serve.ts';
import { splitActions, splits } from './splits.ts';
import { tune } from './tune.ts';
import { tuneScorer } from './tune-scorer.ts';
import { exportAnnotations, formatOptions, formats, importAnnotations } from './transfer.ts';
import { exportVersion, importVersion, listVersions, useVersion } from './versions.ts';

const name = 'cuepoint';

/**
 * Runs one command line, printing to this process's standard streams and setting its exit code: 0 only where all that
 * was asked worked.
 */
export async function runCommandLine(args: readonly string[], carrier: EngineCarrier): Promise<void> {
  const upToTheEndOfOptions = args.includes('--') ? args.slice(0, args.indexOf('--')) : args;
  const json = upToTheEndOfOptions.includes('--json');
  endWhenNobodyReads();
  try {
    await commandLine(performIn(json, carrier)).parseAsync(args, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return;
    const problem = error.code === 'commander.help' ? 'no command was named' : error.message.replace(/^error: /, '');
    printFailure({ code: 'bad-input', message: `${problem}; "${name} --help" shows how.` }, json);
  }
}

/** `cuepoint … | head` closes our output early, which is no failure. */
function endWhenNobodyReads(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit();
    throw error;
  });
}

function commandLine(perform: Perform): Command {
  const program = new Command(name)
    .description('Labels actions in video: it proposes, you correct.')
    .version(programVersion)
    .exitOverride()
    .configureOutput({ outputError: () => undefined });
  addVideoCommands(program, perform);
  addProjectCommands(program, perform);
  addTransferCommands(program, perform);
  addModelCommands(program, perform);
  addVersionCommands(program, perform);
  everyCommand(program).forEach((command) => command.option('--json', 'print one JSON document'));
  return program;
}

const everyCommand = (command: Command): Command[] =>
  command.commands.flatMap((child) =>
    child.commands.length > 0 ? everyCommand(child as Command) : [child as Command],
  );

function addVideoCommands(program: Command, perform: Perform): void {
  program
    .command('probe')
    .description('what a video is, and the exact times of its frames')
    .argument('<video>')
    .option('--frames', 'with the time of every frame')
    .option('--stream <n>', 'another video stream of the file than a player shows', wholeNumberOf)
    .option('--separate-fields', 'both fields of interlaced pictures as frames of their own')
    .option('--frame-rate <fps>', 'rate of a folder of frames (25)', numberOf)
    .action((video, options) => perform((session) => probe(session, video, options)));
  program
    .command('frame')
    .description('exact frames as PNG, upright, with square pixels')
    .argument('<video>')
    .option('--at <seconds...>', 'the frames on screen at these times', list(numberOf))
    .option('--index <n...>', 'the frames of these numbers', list(wholeNumberOf))
    .option('--stream <n>', 'another video stream of the file than a player shows', wholeNumberOf)
    .option('--separate-fields', 'both fields of interlaced pictures as frames of their own')
    .option('--frame-rate <fps>', 'rate of a folder of frames (25)', numberOf)
    .requiredOption('--out <folder>', 'written as <index>.png in this folder')
    .action((video, options) => perform((session) => frame(session, video, options)));
  program
    .command('embed')
    .description('frame features [N, D] as .npy, rows of length 1')
    .argument('<video>')
    .requiredOption('--model <model>', 'a registered name or a checkpoint folder')
    .option('--fps <rate>', 'frames sampled a second', numberOf, 4)
    .requiredOption('--out <file>', 'the .npy file to write')
    .option('--times <file>', 'also write their seconds [N]')
    .action((video, options) => perform((session) => embed(session, video, options)));
  program
    .command('embed-text')
    .description('text features [K, D] as .npy, rows of length 1')
    .argument('<text...>')
    .requiredOption('--model <model>', 'a registered name or a checkpoint folder')
    .requiredOption('--out <file>', 'the .npy file to write')
    .action((texts, options) => perform((session) => embedText(session, texts, options)));
}

function addProjectCommands(program: Command, perform: Perform): void {
  program
    .command('new')
    .description('make a project folder')
    .argument('<project>')
    .option('--classes <names>', 'class names, separated by commas; given again, each is one name', list(String))
    .action((project, options) => perform((session) => newProject(session, project, options)));
  program
    .command('add')
    .description('add videos, or the videos inside folders; every good one is added')
    .argument('<project>')
    .argument('<video...>', 'files, folders of files, or folders of numbered pictures')
    .option('--stream <n>', 'another video stream of the file than a player shows', wholeNumberOf)
    .option('--separate-fields', 'both fields of interlaced pictures as frames of their own')
    .option('--frame-rate <fps>', 'rate of a folder of frames (25)', numberOf)
    .action((project, videos, options) => perform((session) => add(session, project, videos, options)));
  program
    .command('classes')
    .description('add <name...>, rename <old> <new>, merge <from> <into>, or list')
    .argument('<project>')
    .argument('<action>', classActions.join('|'), oneOf(classActions))
    .argument('[name...]')
    .option('--prompt <text>', 'the text that the model reads for this class')
    .action((project, action, names, options) =>
      perform((session) => classes(session, project, action, names, options)),
    );
  program
    .command('splits')
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
    );
  program
    .command('info')
    .description('what is in a project')
    .argument('<project>')
    .action((project) => perform((session) => info(session, project)));
  program
    .command('check')
    .description('verify a project: database, edits, files, the content of its media')
    .argument('<project>')
    .option('--repair', 'mend what can be mended without touching what a person made')
    .action((project, options) => perform((session) => checkProject(session, project, options)));
  program
    .command('propose')
    .description('features where missing, then proposals, stored in the project')
    .argument('<project>')
    .option('--model <model>', 'a registered name or a checkpoint folder, kept as the project’s model')
    .option('--scorer <scorer>', `who scores, kept: ${scorerMode.options.join('|')}`, oneOf(scorerMode.options))
    .option('--scorer-model <model>', 'the X-CLIP that scores, a registered name or a checkpoint folder, kept')
    .option('--video <video...>', 'only these: number, name or file')
    .action((project, options) => perform((session) => propose(session, project, options)));
  program
    .command('tune')
    .description('learn from the corrections; what is learned goes live if corrections held back say so')
    .argument('<project>')
    .option('--model <model>', 'a registered name or a checkpoint folder, kept as the project’s model')
    .option('--preset <preset>', tuningPresetId.options.join('|'), oneOf(tuningPresetId.options), 'quick')
    .option('--seed <n>', 'the same corrections and seed give the same result', wholeNumberOf, 1)
    .action((project, options) => perform((session) => tune(session, project, options)));
  program
    .command('recognise')
    .description('the most likely classes of a video, or of a stretch of it')
    .argument('<project>')
    .argument('<video>', 'number, name or file')
    .option('--start <seconds>', 'where the stretch begins; the whole video without', numberOf)
    .option('--end <seconds>', 'where it ends', numberOf)
    .option('--top <n>', 'how many classes', wholeNumberOf, 5)
    .action((project, video, options) => perform((session) => recognise(session, project, video, options)));
  program
    .command('tune-scorer')
    .description('fine-tune the project’s X-CLIP on its corrections')
    .argument('<project>')
    .option('--preset <preset>', scorerPresetId.options.join('|'), oneOf(scorerPresetId.options), 'careful')
    .option('--allow-minutes <n>', 'refuse, with an estimate, what would take longer', numberOf, 60)
    .option('--use <version>', 'go to a version instead: its name, or "published"')
    .action((project, options) => perform((session) => tuneScorer(session, project, options)));
  program
    .command('search')
    .description('the moments that fit a text')
    .argument('<project>')
    .argument('<text>')
    .option('--top <n>', 'how many', wholeNumberOf, 20)
    .action((project, text, options) => perform((session) => search(session, project, text, options)));
  program
    .command('serve')
    .description('the studio in a browser on this machine')
    .argument('[project]')
    .option('--port <port>', 'a fixed port, as an ssh tunnel needs', wholeNumberOf, 0)
    .action((project, options) => perform((session) => serve(session, project, options)));
}

function addTransferCommands(program: Command, perform: Perform): void {
  const states = (names: string): SegmentState[] => commaSeparated(names).map(oneOf(segmentState.options));
  const exporting = program
    .command('export')
    .description('write annotations')
    .argument('<project>')
    .requiredOption('--format <format>', '"formats" lists them')
    .requiredOption('--out <path>', 'the file to write, or the folder where a format has several')
    .option('--states <states>', 'any of proposed,accepted,rejected', states, [
      'accepted',
      'proposed',
    ] as SegmentState[])
    .option('--minimum-score <score>', 'leave proposals below it out', numberOf, 0)
    .option('--video <video...>', 'only these: number, name or file')
    .action((project, options) => perform((session) => exportAnnotations(session, project, options)));
  for (const { id, description, choices } of formatOptions) {
    const able = choices.map((choice) => choice.id);
    exporting.addOption(new Option(`--${id} <choice>`, description).choices(able).default(able[0]));
  }
  program
    .command('import')
    .description('take annotations in; what is there already stays')
    .argument('<project>')
    .argument('<file>', 'or a folder of such files')
    .requiredOption('--format <format>', '"formats" lists them')
    .action((project, file, options) => perform((session) => importAnnotations(session, project, file, options)));
  program
    .command('formats')
    .description('the annotation formats that can be read and written')
    .action(() => perform((session) => formats(session)));
  program
    .command('evaluate')
    .description('of segments mAP at temporal IoU and average recall, of clips accuracy, of searches recall and ranks')
    .requiredOption('--ground-truth <file>')
    .requiredOption('--predictions <file>')
    .addOption(new Option('--protocol <name>').choices(evaluationProtocols).makeOptionMandatory())
    .option('--subset <name>', 'the part of the ground truth to score')
    .action((options) => perform(() => evaluateFiles(options)));
}

function addModelCommands(program: Command, perform: Perform): void {
  const models = program.command('models').description('checkpoint folders that this machine knows');
  models
    .command('list')
    .description('the registered models')
    .action(() => perform((session) => listModels(session)));
  models
    .command('add')
    .description('register a checkpoint folder')
    .argument('<folder>')
    .action((folder) => perform((session) => registerModel(session, folder)));
  models
    .command('download')
    .description('bring a model from the Hugging Face hub; an interrupted download goes on where it stopped')
    .argument('<owner/name>')
    .option('--revision <revision>', 'a branch, a tag or a commit', 'main')
    .action((repository, options) => perform((session) => downloadModel(session, repository, options)));
  models
    .command('check')
    .description('load a model and compare it with the folder’s expected.safetensors')
    .argument('<model>', 'a checkpoint folder or a registered name')
    .action((model) => perform((session) => checkModel(session, model)));
  models
    .command('remove')
    .description('forget a model; its folder stays')
    .argument('<name>')
    .action((model) => perform((session) => removeModel(session, model)));
}

function addVersionCommands(program: Command, perform: Perform): void {
  const versions = program.command('versions').description('what a project has learned, to go back to and to pass on');
  versions
    .command('list')
    .description('every version, newest first')
    .argument('<project>')
    .action((project) => perform((session) => listVersions(session, project)));
  versions
    .command('use')
    .description('make a version the one that has a say; proposals are scored again')
    .argument('<project>')
    .argument('<version>', 'number or name')
    .action((project, version) => perform((session) => useVersion(session, project, version)));
  versions
    .command('export')
    .description('write a version for another project: tensors as .safetensors, what they are as .json')
    .argument('<project>')
    .argument('<version>', 'number or name')
    .requiredOption('--out <folder>', 'where both files are written')
    .action((project, version, options) => perform((session) => exportVersion(session, project, version, options)));
  versions
    .command('import')
    .description('take in a version that was learned for the same model in another project')
    .argument('<project>')
    .argument('<file>', 'either of the two files')
    .action((project, file) => perform((session) => importVersion(session, project, file)));
}

/** Videos of one folder, or of names that begin alike. */
const together = ['video', 'folder', 'name'] as const;

const shares = (text: string): number[] => commaSeparated(text).map(numberOf);

const commaSeparated = (names: string): string[] =>
  names
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
