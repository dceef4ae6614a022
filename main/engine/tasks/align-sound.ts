import { readSoundEnvelope } from '#main/media/sound-envelope.ts';
import { matchEnvelopes } from '#main/pipeline/align/match-envelopes.ts';
import { FrameTable } from '#preload/domain/frame-table.ts';
import { say } from '#preload/domain/saying.ts';
import type { EngineTask } from './task-context.ts';

/** How the sounds of two files lie to each other. */
export const alignSound: EngineTask<'alignSound'> = async ({ first, second }, { signal, report }) => {
  const envelopes = [];
  for (const [index, { path, frames }] of [first, second].entries()) {
    const envelope = await readSoundEnvelope(path, FrameTable.fromArray(frames), {
      signal,
      onProgress: (done) => report({ done: (index + done) / 2, step: say('listening') }),
    });
    if (envelope === null) return { kind: 'silent', which: index === 0 ? 'first' : 'second' };
    envelopes.push(envelope);
  }
  const match = matchEnvelopes(envelopes[0]!, envelopes[1]!);
  return match === null ? { kind: 'unclear' } : { kind: 'match', ...match };
};
