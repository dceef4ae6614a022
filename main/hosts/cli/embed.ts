import { Option } from '@commander-js/extra-typings';
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readNpy, writeNpy } from '#main/pipeline/feature-store/npy.ts';
import { framing, type Framing } from '#preload/domain/settings.ts';
import { secondsOf } from '#preload/domain/span.ts';
import { chooseModel } from './choose-model.ts';
import type { Outcome } from './outcome.ts';
import type { Session } from './session.ts';
import type { CliCommand } from './cli-command.ts';
import { numberOf } from './option-values.ts';
import { english } from '#preload/domain/saying.ts';

/** Writes a video's frame features `[N, D]` and, asked for, their seconds `[N]`. */
async function embed(
  session: Session,
  file: string,
  options: {
    readonly model: string;
    readonly fps: number;
    readonly framing: Framing;
    readonly out: string;
    readonly times?: string;
  },
): Promise<Outcome> {
  const { engine, progress, signal } = session;
  const model = { ...(await chooseModel(session, options.model)), framing: options.framing };
  const filePath = path.resolve(file);
  const { checksum, frames } = await engine.run('index', { path: filePath }, progress.task(file, signal));
  const featuresFolder = await mkdtemp(path.join(tmpdir(), 'cuepoint-embed-'));
  try {
    const media = { path: filePath, checksum, frames };
    const made = await engine.run(
      'embed',
      { media, model, samplingFps: options.fps, featuresFolder },
      progress.task(file, signal),
    );
    // All were computed now: the folder is new.
    const provider = made.provider!.chosen;
    await copyFile(path.join(featuresFolder, `${made.key}.npy`), options.out);
    if (options.times) await writeSeconds(path.join(featuresFolder, `${made.key}.times.npy`), options.times);
    return {
      document: {
        file,
        model: options.model,
        out: options.out,
        times: options.times ?? null,
        rows: made.rows,
        fps: options.fps,
        framing: options.framing,
        damaged_packets: made.damagedPackets,
        provider,
      },
      text: `${options.out}: ${made.rows} frame features at ${options.fps} fps, computed by ${provider}`,
    };
  } finally {
    await rm(featuresFolder, { recursive: true, force: true });
  }
}

/** The store keeps microseconds `[N]`. */
async function writeSeconds(stored: string, out: string): Promise<void> {
  const { data, shape } = readNpy(await readFile(stored), stored);
  await writeFile(out, writeNpy({ data: Float64Array.from(data, secondsOf), shape }));
}

/** Writes text features `[K, D]`, a row a text. */
async function embedText(
  session: Session,
  texts: readonly string[],
  options: { readonly model: string; readonly out: string },
): Promise<Outcome> {
  const model = await chooseModel(session, options.model);
  const { embeddings, dim, warnings } = await session.engine.run(
    'embedTexts',
    { model, texts },
    { signal: session.signal },
  );
  await writeFile(options.out, writeNpy({ data: embeddings, shape: [texts.length, dim] }));
  return {
    document: {
      model: options.model,
      out: options.out,
      texts,
      rows: texts.length,
      dim,
      warnings: warnings.map(english),
    },
    text: [`${options.out}: ${texts.length} text features of ${dim} numbers`, ...warnings.map(english)].join('\n'),
  };
}

export const embedCommand: CliCommand = {
  name: 'embed',
  declare: (command, perform) =>
    command
      .description('frame features [N, D] as .npy, rows of length 1')
      .argument('<video>')
      .requiredOption('--model <model>', 'a registered name or a checkpoint folder')
      .option('--fps <rate>', 'frames sampled a second', numberOf, 4)
      .addOption(
        new Option('--framing <part>', 'what is looked at: the middle of pictures, or the part that moves')
          .choices(framing.options)
          .default('middle' as const),
      )
      .requiredOption('--out <file>', 'the .npy file to write')
      .option('--times <file>', 'also write their seconds [N]')
      .action((video, options) => perform((session) => embed(session, video, options))),
};

export const embedTextCommand: CliCommand = {
  name: 'embed-text',
  declare: (command, perform) =>
    command
      .description('text features [K, D] as .npy, rows of length 1')
      .argument('<text...>')
      .requiredOption('--model <model>', 'a registered name or a checkpoint folder')
      .requiredOption('--out <file>', 'the .npy file to write')
      .action((texts, options) => perform((session) => embedText(session, texts, options))),
};
