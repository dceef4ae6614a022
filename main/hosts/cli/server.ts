import { readFile } from 'node:fs/promises';
import { inferenceServer } from '#preload/domain/inference-server.ts';
import { Failure } from '#preload/domain/failure.ts';
import { verbatim } from '#preload/domain/saying.ts';
import type { CliCommand } from './cli-command.ts';
import { wholeNumberOf } from './option-values.ts';
import type { Outcome } from './outcome.ts';
import type { Session } from './session.ts';

interface ServerOptions {
  readonly model?: string;
  readonly version?: string;
  readonly batch?: number;
  readonly requests?: number;
  readonly goOnLocally?: true;
  readonly caFile?: string;
  readonly tokenFile?: string;
  readonly off?: true;
}

/** Says which server computes, sets one, or leaves it. */
async function server(session: Session, address: string | undefined, options: ServerOptions): Promise<Outcome> {
  const { client } = await session.backend();
  const { off, caFile, tokenFile, ...rest } = options;
  if (off) await client.studio.changeSettings({ provider: 'auto' });
  else if (address !== undefined) {
    const authority = caFile === undefined ? '' : await readFile(caFile, 'utf8');
    if (caFile !== undefined && authority.trim() === '')
      throw new Failure('bad-input', verbatim(`${caFile} is empty.`));
    const { success, data, error } = inferenceServer.safeParse({ ...rest, authority, address });
    if (!success) {
      const [issue] = error.issues;
      if (issue!.path[0] === 'model' && rest.model === undefined)
        throw new Failure(
          'bad-input',
          verbatim(
            'Say as --model under which name the server has the model, without "-frames": its own list of models shows it.',
          ),
        );
      throw new Failure('bad-input', verbatim(`${issue!.path.join('.')}: ${issue!.message}.`));
    }
    const token = tokenFile === undefined ? null : (await readFile(tokenFile, 'utf8')).trim();
    await client.studio.changeSettings({ server: data, provider: 'remote' });
    if (token !== null) await client.studio.setServerToken({ token });
  }
  const { provider, server: kept } = await client.studio.settings();
  const inUse = provider === 'remote';
  const hasToken = await client.studio.hasServerToken();
  return {
    document: { in_use: inUse, server: kept, has_token: hasToken },
    text:
      kept === null
        ? 'No inference server is set; this machine computes.'
        : inUse
          ? `${kept.address} computes with ${kept.model}: frames and texts leave this machine, and whoever runs it can see and keep them.`
          : `This machine computes; ${kept.address} with ${kept.model} is set and not used.`,
  };
}

export const serverCommand: CliCommand = {
  name: 'server',
  declare: (command, perform) =>
    command
      .description('let a server of the Open Inference Protocol compute; frames and texts leave this machine then')
      .argument('[address]', 'http(s)://… or grpc(s)://…; left out, says what is set')
      .option('--model <name>', 'under which the server has the model, without "-frames"')
      .option('--version <version>', 'of the model; else as the server chooses')
      .option('--batch <n>', 'rows of a request', wholeNumberOf)
      .option('--requests <n>', 'how many are under way at once', wholeNumberOf)
      .option('--go-on-locally', 'compute on this machine while the server is away; otherwise work waits')
      .option(
        '--ca-file <file>',
        'PEM of the authority that signed its certificate, where this machine does not know it',
      )
      .option('--token-file <file>', 'what the server asks for, read from a file so that no list of processes shows it')
      .option('--off', 'compute on this machine again')
      .action((address, options) => perform((session) => server(session, address, options))),
};
