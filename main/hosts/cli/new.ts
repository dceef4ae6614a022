import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { counted } from '#preload/domain/counted.ts';
import { projectFolderOf } from './open-project.ts';
import type { Outcome } from './outcome.ts';
import type { Session } from './session.ts';
import type { CliCommand } from './cli-command.ts';
import { list } from './option-values.ts';

/** One list is parted at its commas; of several, each is one name and may have commas in it. */
const namesIn = (lists: readonly string[]): string[] =>
  (lists.length === 1 ? lists[0]!.split(',') : lists).map((name) => name.trim()).filter((name) => name !== '');

/** Makes a project folder, with classes where some are named. */
async function newProject(
  session: Session,
  given: string,
  options: { readonly classes?: readonly string[] },
): Promise<Outcome> {
  const folder = projectFolderOf(given);
  const parent = path.dirname(folder);
  await mkdir(parent, { recursive: true });
  const backend = await session.backend();
  const classes = namesIn(options.classes ?? []);
  const name = path.basename(folder, '.cuepoint');
  const info = await backend.client.projects.create({ place: backend.placeOf(parent).token, name, classes });
  return {
    document: { project: info.location, name: info.name, classes },
    text: `Made ${info.location}${classes.length > 0 ? ` with ${counted(classes.length, 'class', 'classes')}` : ''}.`,
  };
}

export const newCommand: CliCommand = {
  name: 'new',
  declare: (command, perform) =>
    command
      .description('make a project folder')
      .argument('<project>')
      .option('--classes <names>', 'class names, separated by commas; given again, each is one name', list(String))
      .action((project, options) => perform((session) => newProject(session, project, options))),
};
