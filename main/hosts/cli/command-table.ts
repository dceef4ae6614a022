import { addCommand } from './add.ts';
import { checkCommand } from './check.ts';
import { classesCommand } from './classes.ts';
import type { CliCommand, CliGroup } from './cli-command.ts';
import { doctorCommand } from './doctor.ts';
import { embedCommand, embedTextCommand } from './embed.ts';
import { evaluateCommand } from './evaluate.ts';
import { frameCommand } from './frame.ts';
import { infoCommand } from './info.ts';
import { agreementCommand, layerCommands, mergeCommand, splitWorkCommand } from './layers.ts';
import { modelCommands } from './models.ts';
import { newCommand } from './new.ts';
import { probeCommand } from './probe.ts';
import { proposeCommand } from './propose.ts';
import { qualityCommand } from './quality.ts';
import { recogniseCommand } from './recognise.ts';
import { reportProjectCommand } from './report-project.ts';
import { collectCommand, planCommand, workCommand } from './shards.ts';
import { reviewsCommand } from './reviews.ts';
import { searchCommand } from './search.ts';
import { serveCommand } from './serve.ts';
import { splitsCommand } from './splits.ts';
import { tuneScorerCommand } from './tune-scorer.ts';
import { tuneCommand } from './tune.ts';
import { exportCommand, formatsCommand, importCommand } from './transfer.ts';
import { versionCommands } from './versions.ts';

/** Every command, in the order in which help lists them. */
export const commandTable: readonly (CliCommand | CliGroup)[] = [
  probeCommand,
  frameCommand,
  embedCommand,
  embedTextCommand,
  newCommand,
  addCommand,
  classesCommand,
  reviewsCommand,
  splitsCommand,
  splitWorkCommand,
  mergeCommand,
  layerCommands,
  agreementCommand,
  infoCommand,
  checkCommand,
  proposeCommand,
  planCommand,
  workCommand,
  collectCommand,
  tuneCommand,
  recogniseCommand,
  tuneScorerCommand,
  searchCommand,
  serveCommand,
  exportCommand,
  importCommand,
  formatsCommand,
  reportProjectCommand,
  evaluateCommand,
  qualityCommand,
  modelCommands,
  versionCommands,
  doctorCommand,
];
