import type { BackendClient } from '#preload/contract/contract.ts';
import { Failure } from '#preload/domain/failure.ts';
import { verbatim } from '#preload/domain/saying.ts';
import { openProject } from './open-project.ts';
import type { Outcome } from './outcome.ts';
import type { Session } from './session.ts';
import type { CliCommand } from './cli-command.ts';
import { oneOf } from './option-values.ts';

const classActions = ['add', 'rename', 'merge', 'list'] as const;
export type ClassAction = (typeof classActions)[number];

/** Changes the project's classes and answers how they then are. */
async function classes(
  session: Session,
  project: string,
  action: ClassAction,
  names: readonly string[],
  options: { readonly prompt?: string },
): Promise<Outcome> {
  const { client } = await openProject(session, project);
  const { prompt } = options;
  const takesPrompt = action === 'rename' || (action === 'add' && names.length === 1);
  if (prompt !== undefined && !takesPrompt) {
    throw new Failure('bad-input', verbatim('--prompt goes with "add" of one name, or with "rename".'));
  }
  await change[action](client, names, prompt);
  return listing(client);
}

type Change = (client: BackendClient, names: readonly string[], prompt: string | undefined) => Promise<void>;

const change: Readonly<Record<ClassAction, Change>> = {
  async add(client, names, prompt) {
    if (names.length === 0) throw new Failure('bad-input', verbatim('Name at least one class to add.'));
    for (const name of names) await client.classes.add({ name, ...(prompt !== undefined && { prompt }) });
  },
  async rename(client, names, prompt) {
    const [from, to] = two(names, 'rename takes the old name and the new one');
    await client.classes.update({
      classId: await idOf(client, from),
      name: to,
      ...(prompt !== undefined && { prompt }),
    });
  },
  async merge(client, names) {
    const [from, into] = two(names, 'merge takes the class that ends and the class that takes its segments');
    await client.classes.merge({ from: await idOf(client, from), into: await idOf(client, into) });
  },
  async list(_client, names) {
    if (names.length > 0) throw new Failure('bad-input', verbatim('"list" takes no names.'));
  },
};

function two(names: readonly string[], what: string): readonly [string, string] {
  const [first, second] = names;
  if (names.length !== 2 || first === undefined || second === undefined)
    throw new Failure('bad-input', verbatim(`${what}.`));
  return [first, second];
}

async function idOf(client: BackendClient, name: string): Promise<number> {
  const found = (await client.classes.list()).find((one) => one.name === name);
  if (!found)
    throw new Failure('not-found', verbatim(`The project has no class "${name}"; "classes list" shows them.`));
  return found.id;
}

async function listing(client: BackendClient): Promise<Outcome> {
  const all = (await client.classes.list()).map((one) => ({
    id: one.id,
    name: one.name,
    prompt: one.prompt,
    colour: one.colour,
    digit_key: one.digitKey,
    proposed: one.counts.proposed,
    accepted: one.counts.accepted,
  }));
  const text = all.map(
    (one) => `${one.name}\t${one.accepted} accepted\t${one.proposed} proposed\tprompt: ${one.prompt}`,
  );
  return { document: { classes: all }, text: text.join('\n') || 'The project has no classes.' };
}

export const classesCommand: CliCommand = {
  name: 'classes',
  declare: (command, perform) =>
    command
      .description('add <name...>, rename <old> <new>, merge <from> <into>, or list')
      .argument('<project>')
      .argument('<action>', classActions.join('|'), oneOf(classActions))
      .argument('[name...]')
      .option('--prompt <text>', 'the text that the model reads for this class')
      .action((project, action, names, options) =>
        perform((session) => classes(session, project, action, names, options)),
      ),
};
