import { once } from 'node:events';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { Failure } from '#preload/domain/failure.ts';
import { verbatim } from '#preload/domain/saying.ts';
import { keepLog, logIn } from '#main/failures/program-log.ts';
import { homeFolder } from '../home-folder.ts';
import { rendererFolder } from '../program-files.ts';
import { serveStudio } from '../serve.ts';
import { readTeamFile } from '../team-file.ts';
import { openProject } from './open-project.ts';
import type { Session } from './session.ts';
import type { CliCommand } from './cli-command.ts';
import { wholeNumberOf } from './option-values.ts';

/**
 * Serves the studio until Ctrl-C or an end signal. Enter prints a fresh link: for another browser, or for the one that
 * was closed and has forgotten that it was let in.
 */
async function serve(
  session: Session,
  project: string | undefined,
  options: { readonly port: number; readonly team?: string },
): Promise<void> {
  const team = options.team === undefined ? undefined : readTeamFile(options.team);
  if (team && (options.port === 0 || project === undefined))
    throw new Failure('bad-input', verbatim('A team needs a project, and a fixed --port that its proxy goes on to.'));
  const backend = project === undefined ? await session.backend() : await openProject(session, project);
  if (!existsSync(path.join(rendererFolder, 'index.html'))) {
    throw new Failure(
      'not-found',
      verbatim('The studio’s pages are not built; "npm run build" builds them, "npm start" does all.'),
    );
  }
  keepLog(logIn(homeFolder()));
  await using studio = await serveStudio(backend, rendererFolder, { port: options.port, ...(team && { team }) });
  // On standard output alone: what goes to the error output is kept in the log, and a link lets somebody in.
  const showLink = (): void => {
    const url = studio.newLink();
    session.announce({ document: { url, port: studio.port }, text: url });
  };
  showLink();
  if (team) {
    session.progress.note(
      `Its proxy goes on to http://127.0.0.1:${studio.port} and names people in ${team.personHeader}. Ctrl-C stops the studio.`,
    );
    if (!session.signal.aborted) await once(session.signal, 'abort');
    return;
  }
  session.progress.note(
    'The link works once, in one browser on this machine. Enter prints a fresh one, Ctrl-C stops the studio.',
  );

  // A pipe may ask for a link as well, such as that of a program which keeps the studio running.
  using lines = createInterface({ input: process.stdin });
  lines.on('SIGINT', () => process.kill(process.pid, 'SIGINT')).on('line', showLink);
  if (!session.signal.aborted) await once(session.signal, 'abort');
}

export const serveCommand: CliCommand = {
  name: 'serve',
  declare: (command, perform) =>
    command
      .description('the studio in a browser on this machine')
      .argument('[project]')
      .option('--team <file>', 'for several people behind a sign-in: the proxy that is trusted')
      .option('--port <port>', 'a fixed port, as an ssh tunnel needs', wholeNumberOf, 0)
      .action((project, options) => perform((session) => serve(session, project, options))),
};
