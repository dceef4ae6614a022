import { existsSync } from 'node:fs';
import path from 'node:path';
import { checkProject as check } from '#main/project/check-project.ts';
import { counted } from '#preload/domain/counted.ts';
import { programVersion } from '../program-files.ts';
import { projectFolderOf } from './open-project.ts';
import type { Outcome } from './outcome.ts';
import type { Session } from './session.ts';
import type { CliCommand } from './cli-command.ts';

const words = { mended: 'mended', mendable: 'can be mended with --repair', stays: 'needs a person' } as const;

/** Verifies a project without opening it, and with `repair` mends what can be. */
async function checkProject(
  { signal, progress }: Session,
  given: string,
  { repair = false }: { readonly repair?: boolean | undefined },
): Promise<Outcome> {
  const literal = path.resolve(given);
  const project = [projectFolderOf(given), literal].find((candidate) => existsSync(candidate)) ?? literal;
  const faults = await check(project, {
    appVersion: programVersion,
    repair,
    signal,
    onProgress: (done, step) => progress.show('check', done, step, null),
  });
  const open = faults.filter(({ outcome }) => outcome !== 'mended');
  return {
    document: { project, sound: open.length === 0, faults },
    text: [
      ...faults.map(({ text, outcome }) => `${text}: ${words[outcome]}`),
      faults.length === 0 ? `${project} is sound` : `${counted(faults.length, 'fault')}, ${open.length} left`,
    ].join('\n'),
    incomplete: open.length > 0,
  };
}

export const checkCommand: CliCommand = {
  name: 'check',
  declare: (command, perform) =>
    command
      .description('verify a project: database, edits, files, the content of its media')
      .argument('<project>')
      .option('--repair', 'mend what can be mended without touching what a person made')
      .action((project, options) => perform((session) => checkProject(session, project, options))),
};
