import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Failure } from '#preload/domain/failure.ts';
import { verbatim } from '#preload/domain/saying.ts';
import { FrameTable } from '#preload/domain/frame-table.ts';
import { microsecondsOf, secondsOf } from '#preload/domain/span.ts';
import type { Outcome } from './outcome.ts';
import { readingOf, readingOptions, type ReadingOptions } from './reading-options.ts';
import type { Session } from './session.ts';
import type { CliCommand } from './cli-command.ts';
import { numberOf, list, wholeNumberOf } from './option-values.ts';

/** Frames asked of the engine at once: bounds what one answer holds in memory. */
const batchSize = 8;

/** Writes exact frames as `<index>.png`, by time (the frame on screen then) or by index. */
async function frame(
  session: Session,
  file: string,
  options: {
    readonly at?: readonly number[];
    readonly index?: readonly number[];
    readonly out: string;
  } & ReadingOptions,
): Promise<Outcome> {
  const filePath = path.resolve(file);
  const indexed = await session.engine.run(
    'index',
    { path: filePath, reading: readingOf(options) },
    session.progress.task(file, session.signal),
  );
  const table = FrameTable.fromArray(indexed.frames);
  const indices = [
    ...(options.at ?? []).map((seconds) => frameAt(table, seconds, file)),
    ...(options.index ?? []).map((index) => frameNumber(table, index, file)),
  ];
  if (indices.length === 0)
    throw new Failure('bad-input', verbatim(`No frame of ${file} was asked for; give --at or --index.`));

  await mkdir(options.out, { recursive: true });
  const media = { path: filePath, checksum: indexed.checksum, frames: indexed.frames };
  const wanted = [...new Set(indices)].sort((a, b) => a - b);
  const fileOf = (index: number) => path.join(options.out, `${index}.png`);
  for (let start = 0; start < wanted.length; start += batchSize) {
    const batch = wanted.slice(start, start + batchSize);
    const { pngs } = await session.engine.run('frames', { media, indices: batch }, { signal: session.signal });
    for (const { index, bytes } of pngs) await writeFile(fileOf(index), bytes);
    session.progress.show(file, (start + batch.length) / wanted.length, 'frames', null);
  }
  const frames = indices.map((index) => ({ index, time_s: secondsOf(table.startUs(index)), file: fileOf(index) }));
  return { document: { file, frames }, text: frames.map((one) => `${one.file}\t${one.time_s} s`).join('\n') };
}

function frameAt(table: FrameTable, seconds: number, file: string): number {
  const us = microsecondsOf(seconds);
  if (us < table.firstStartUs || us >= table.lastEndUs) {
    const [from, to] = [secondsOf(table.firstStartUs), secondsOf(table.lastEndUs)];
    throw new Failure(
      'bad-input',
      verbatim(`${file} shows nothing at ${seconds} s; it runs from ${from} s to ${to} s.`),
    );
  }
  return table.frameAt(us);
}

function frameNumber(table: FrameTable, index: number, file: string): number {
  if (!Number.isInteger(index) || index < 0 || index >= table.frameCount) {
    throw new Failure(
      'bad-input',
      verbatim(`${file} has no frame ${index}; its frames are 0 to ${table.frameCount - 1}.`),
    );
  }
  return index;
}

export const frameCommand: CliCommand = {
  name: 'frame',
  declare: (command, perform) =>
    command
      .description('exact frames as PNG, upright, with square pixels')
      .argument('<video>')
      .option('--at <seconds...>', 'the frames on screen at these times', list(numberOf))
      .option('--index <n...>', 'the frames of these numbers', list(wholeNumberOf))
      .addOption(readingOptions.stream)
      .addOption(readingOptions.separateFields)
      .addOption(readingOptions.frameRate)
      .requiredOption('--out <folder>', 'written as <index>.png in this folder')
      .action((video, options) => perform((session) => frame(session, video, options))),
};
