import path from 'node:path';
import type { CliCommand } from './cli-command.ts';
import { openProject } from './open-project.ts';
import type { Outcome } from './outcome.ts';
import type { Session } from './session.ts';

async function reportProject(session: Session, project: string, out: string): Promise<Outcome> {
  const { client, targetOf } = await openProject(session, project);
  const file = path.resolve(out);
  await client.transfer.report({ place: targetOf(file).token, fileName: path.basename(file) });
  return { document: { out: file }, text: file };
}

export const reportProjectCommand: CliCommand = {
  name: 'report-project',
  declare: (command, perform) =>
    command
      .description('figures and plots of the data set as one page of HTML')
      .argument('<project>')
      .requiredOption('--out <file>', 'a file that ends in .html')
      .action((project, { out }) => perform((session) => reportProject(session, project, out))),
};
