import path from 'node:path';
import { counted } from '#preload/domain/counted.ts';
import { FrameTable } from '#preload/domain/frame-table.ts';
import { secondsOf } from '#preload/domain/span.ts';
import type { Outcome } from './outcome.ts';
import { readingOf, readingOptions, type ReadingOptions } from './reading-options.ts';
import type { Session } from './session.ts';
import type { CliCommand } from './cli-command.ts';
import { english } from '#preload/domain/saying.ts';

/** What a video is, and, asked for, the time of its every frame. */
async function probe(
  session: Session,
  file: string,
  options: { readonly frames?: true } & ReadingOptions,
): Promise<Outcome> {
  const filePath = path.resolve(file);
  const { facts, frames } = await session.engine.run(
    'index',
    { path: filePath, reading: readingOf(options) },
    session.progress.task(file, session.signal),
  );
  const table = FrameTable.fromArray(frames);
  const [sarWidth, sarHeight] = facts.sampleAspectRatio;
  const document = {
    file,
    codec: facts.codec,
    container: facts.container,
    width: facts.width,
    height: facts.height,
    coded_width: facts.codedWidth,
    coded_height: facts.codedHeight,
    rotation: facts.rotation,
    sample_aspect_ratio: `${sarWidth}:${sarHeight}`,
    frame_count: facts.frameCount,
    // Where the player's timeline ends, which starts at 0 whatever the first frame's time is.
    duration_s: secondsOf(facts.endUs),
    average_fps: facts.averageFps,
    variable_frame_rate: facts.variableFrameRate,
    times: facts.times,
    interlaced: facts.interlaced,
    first_frame_s: secondsOf(facts.firstFrameUs),
    last_frame_s: secondsOf(facts.lastFrameUs),
    has_audio: facts.hasAudio,
    browser_playable: facts.browserPlayable,
    damaged_packets: facts.damagedPackets,
    warnings: facts.warnings.map(english),
    ...(options.frames && { frame_times_s: Array.from(table.startsUs(), secondsOf) }),
  };
  const rate = facts.variableFrameRate
    ? `${facts.averageFps.toFixed(3)} fps on average, variable`
    : `${facts.averageFps.toFixed(3)} fps`;
  const text = [
    `${file}: ${facts.codec} in ${facts.container}, ${facts.width}x${facts.height}, ${rate}`,
    `${counted(facts.frameCount, 'frame')}, first at ${document.first_frame_s} s, last at ${document.last_frame_s} s`,
    ...(facts.damagedPackets > 0 ? [`${counted(facts.damagedPackets, 'damaged packet')} skipped`] : []),
    ...document.warnings,
    ...(document.frame_times_s ?? []).map((seconds, index) => `${index}\t${seconds}`),
  ].join('\n');
  return { document, text };
}

export const probeCommand: CliCommand = {
  name: 'probe',
  declare: (command, perform) =>
    command
      .description('what a video is, and the exact times of its frames')
      .argument('<video>')
      .option('--frames', 'with the time of every frame')
      .addOption(readingOptions.stream)
      .addOption(readingOptions.separateFields)
      .addOption(readingOptions.frameRate)
      .action((video, options) => perform((session) => probe(session, video, options))),
};
