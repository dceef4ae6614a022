import { openFrameSource } from '#main/media/frame-source.ts';
import { encodeClips } from '#main/pipeline/score-clips/encode-clips.ts';
import type { FrameRange } from '#main/pipeline/score-clips/clip-span.ts';
import type { ProviderReport } from '#preload/domain/model.ts';
import { FrameTable } from '#preload/domain/frame-table.ts';
import { say } from '#preload/domain/saying.ts';
import type { WithScorers } from '../memory/ports.ts';
import type { IndexedMedia, ScorerModel, TaskControl } from '../vocabulary.ts';

interface EncodedRanges {
  readonly encoded: number;
  readonly damagedPackets: number;
  readonly provider: ProviderReport;
}

/** Clips of these stretches into the project's store, where they are missing. */
export async function encodeRanges(
  { memory, signal, report }: TaskControl & { readonly memory: WithScorers },
  media: IndexedMedia,
  scorer: ScorerModel,
  featuresFolder: string,
  ranges: readonly FrameRange[],
): Promise<EncodedRanges> {
  report({ done: 0, step: say('loading the scorer') });
  const encoder = await memory.scorers.openEncoder(scorer);
  signal.throwIfAborted();
  const store = await memory.scorers.storeOf(scorer, featuresFolder, media.checksum);
  const { provider } = encoder;
  if ((await store.missing(ranges)).length === 0) return { encoded: 0, damagedPackets: 0, provider };
  await using source = await openFrameSource(media.path, FrameTable.fromArray(media.frames), {
    signal,
    hardware: true,
  });
  const { encoded } = await encodeClips({
    source,
    ranges,
    encoder,
    store,
    signal,
    onProgress: (looked, total) =>
      report({
        done: looked / Math.max(1, total),
        step: say('looking at clip {{looked}} of {{total}}', { looked, total }),
      }),
  });
  return { encoded, damagedPackets: source.damagedPackets, provider };
}
