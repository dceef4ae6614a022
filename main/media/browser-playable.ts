const containers = ['mov', 'mp4', 'matroska', 'webm'];

/** Pixel formats that Chromium's own (software) decoders hand to the screen, per codec. */
const pixelFormats: Readonly<Record<string, readonly string[]>> = {
  h264: ['yuv420p', 'yuvj420p', 'yuv422p', 'yuv444p', 'yuv420p10le'],
  vp8: ['yuv420p'],
  vp9: ['yuv420p', 'yuv422p', 'yuv444p', 'yuv420p10le'],
  av1: ['yuv420p', 'yuv420p10le'],
};

/** Whether Chromium plays this combination everywhere, without the help of a graphics card. */
export function isBrowserPlayable(container: string, codec: string, pixelFormat: string): boolean {
  const known = container.split(',').some((name) => containers.includes(name));
  return known && (pixelFormats[codec]?.includes(pixelFormat) ?? false);
}

/** What decides whether a browser's seeking lands on the frame that was meant. */
export interface SeekFacts {
  readonly container: string;
  /** Whether an MP4's video track has an edit list. */
  readonly hasEditList: boolean;
  /** Of the first packet of the stream, in ticks. */
  readonly firstPts: bigint;
  readonly firstDts: bigint;
  readonly keyframes: number;
  readonly lastFrameStartUs: number;
  /** How long the container says it lasts; negative where it does not say. */
  readonly containerDurationUs: number;
  /** Whether a stored duration reaches into the second half of the frame after it, as with uneven times. */
  readonly durationsOverlap: boolean;
}

/**
 * Whether Chromium shows every frame when told to seek into it. It lets nobody seek past the duration that the container
 * states, and in an MP4 whose frames are reordered and that has no edit list to take back the delay of reordering, it
 * takes presentation times for decoding times, so that seeking shortly before a keyframe lands on it. In Matroska it
 * believes the stored durations: a frame that claims to last longer than it does hides the one after it. (Measured.)
 */
export function seeksExactly(facts: SeekFacts): boolean {
  const delayed = facts.container.includes('mp4') && !facts.hasEditList && facts.firstPts > facts.firstDts;
  const hidden = facts.container.includes('matroska') && facts.durationsOverlap;
  return facts.lastFrameStartUs <= facts.containerDurationUs && !(delayed && facts.keyframes > 1) && !hidden;
}

/** Whether any of these times, with what is stored as its duration, reaches past the middle of the frame after it. */
export function durationsOverlap(
  shown: readonly { readonly pts: bigint | null; readonly duration: bigint }[],
): boolean {
  const timed = shown.flatMap(({ pts, duration }) => (pts === null ? [] : { pts, duration }));
  timed.sort((a, b) => Number(a.pts - b.pts));
  // The middle of a frame is known only by the start of the one after it.
  return timed.slice(0, -2).some(({ pts, duration }, index) => {
    const [start, end] = [timed[index + 1]!.pts, timed[index + 2]!.pts];
    return 2n * (pts + duration) > start + end;
  });
}
