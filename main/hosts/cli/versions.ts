import path from 'node:path';
import { Failure } from '#preload/domain/failure.ts';
import { verbatim, english } from '#preload/domain/saying.ts';
import type { LearnedVersion } from '#preload/domain/version-kinds.ts';
import { finishRescoring } from './finish-jobs.ts';
import { openProject } from './open-project.ts';
import type { Outcome } from './outcome.ts';
import type { Session } from './session.ts';
import type { CliCommand, CliGroup } from './cli-command.ts';

type Client = Awaited<ReturnType<typeof openProject>>['client'];

/** Everything that was learned in a project, newest first. */
async function listVersions(session: Session, project: string): Promise<Outcome> {
  const { client } = await openProject(session, project);
  const versions = await client.versions.list({ kind: null });
  return {
    document: { versions: versions.map(documentOf) },
    text: versions.length > 0 ? versions.map(lineOf).join('\n') : 'Nothing was learned in this project yet.',
  };
}

/** Makes a version the live one of its kind; proposals are scored again. */
async function useVersion(session: Session, project: string, wanted: string): Promise<Outcome> {
  const { client } = await openProject(session, project);
  const version = await versionNamed(client, wanted);
  await client.versions.setLive({ versionId: version.id });
  await finishRescoring(session, client);
  return { document: documentOf({ ...version, live: true }), text: `In use: ${version.name}` };
}

/** Writes a version as two files that another project can take in. */
async function exportVersion(
  session: Session,
  project: string,
  wanted: string,
  options: { readonly out: string },
): Promise<Outcome> {
  const backend = await openProject(session, project);
  const version = await versionNamed(backend.client, wanted);
  const place = backend.placeOf(path.resolve(options.out)).token;
  const written = await backend.client.versions.export({ versionId: version.id, place });
  return {
    document: { ...documentOf(version), path: written.path },
    text: `${version.name} was written to ${written.path}`,
  };
}

/** Writes what the corrections of now teach at once, for a project that begins. */
async function exportCorrections(
  session: Session,
  project: string,
  options: { readonly out: string },
): Promise<Outcome> {
  const backend = await openProject(session, project);
  const place = backend.placeOf(path.resolve(options.out)).token;
  const written = await backend.client.versions.exportCorrections({ place });
  return { document: written, text: `What the corrections teach was written to ${written.path}` };
}

/** Takes in a version that another project exported. */
async function importVersion(session: Session, project: string, file: string): Promise<Outcome> {
  const backend = await openProject(session, project);
  const version = await backend.client.versions.import({ place: backend.placeOf(path.resolve(file)).token });
  return {
    document: documentOf(version),
    text: `${lineOf(version)}\nIt is not in use yet: "versions use" makes it so.`,
  };
}

/** By number or name; a name that several bear is the newest of them. Fails with `not-found`, naming those there are. */
async function versionNamed(client: Client, wanted: string): Promise<LearnedVersion> {
  const versions = await client.versions.list({ kind: null });
  const version = versions.find(({ id }) => String(id) === wanted) ?? versions.find(({ name }) => name === wanted);
  if (version !== undefined) return version;
  const known = versions.length > 0 ? versions.map(({ id, name }) => `${id} (${name})`).join(', ') : 'none';
  throw new Failure('not-found', verbatim(`There is no version "${wanted}" in this project; there are: ${known}.`));
}

const documentOf = (version: LearnedVersion) => ({
  version: version.id,
  kind: version.kind,
  name: version.name,
  model: version.model,
  origin: version.origin,
  live: version.live,
  usable: version.usable,
  passed: version.passed,
  reason: english(version.reason),
});

const lineOf = ({ id, kind, name, model, origin, live }: LearnedVersion): string =>
  [id, kind, name, model, live ? 'in use' : '', origin === null ? '' : `from ${origin}`].join('\t').trimEnd();

const listVersionCommand: CliCommand = {
  name: 'list',
  declare: (command, perform) =>
    command
      .description('every version, newest first')
      .argument('<project>')
      .action((project) => perform((session) => listVersions(session, project))),
};

const useVersionCommand: CliCommand = {
  name: 'use',
  declare: (command, perform) =>
    command
      .description('make a version the one that has a say; proposals are scored again')
      .argument('<project>')
      .argument('<version>', 'number or name')
      .action((project, version) => perform((session) => useVersion(session, project, version))),
};

const exportVersionCommand: CliCommand = {
  name: 'export',
  declare: (command, perform) =>
    command
      .description('write a version for another project: tensors as .safetensors, what they are as .json')
      .argument('<project>')
      .argument('<version>', 'number or name')
      .requiredOption('--out <folder>', 'where both files are written')
      .action((project, version, options) => perform((session) => exportVersion(session, project, version, options))),
};

const exportCorrectionsCommand: CliCommand = {
  name: 'export-corrections',
  declare: (command, perform) =>
    command
      .description('write what the corrections teach at once, without training, for another project')
      .argument('<project>')
      .requiredOption('--out <folder>', 'where both files are written')
      .action((project, options) => perform((session) => exportCorrections(session, project, options))),
};

const importVersionCommand: CliCommand = {
  name: 'import',
  declare: (command, perform) =>
    command
      .description('take in a version that was learned for the same model in another project')
      .argument('<project>')
      .argument('<file>', 'either of the two files')
      .action((project, file) => perform((session) => importVersion(session, project, file))),
};

export const versionCommands: CliGroup = {
  name: 'versions',
  description: 'what a project has learned, to go back to and to pass on',
  commands: [
    listVersionCommand,
    useVersionCommand,
    exportVersionCommand,
    exportCorrectionsCommand,
    importVersionCommand,
  ],
};
