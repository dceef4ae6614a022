/** The half-open runs of numbers that follow each other, of frames in any order. */
export function frameRuns(frames: Iterable<number>): { readonly startFrame: number; readonly endFrame: number }[] {
  const runs: { startFrame: number; endFrame: number }[] = [];
  for (const frame of [...new Set(frames)].toSorted((a, b) => a - b)) {
    const run = runs.at(-1);
    if (run?.endFrame === frame) run.endFrame += 1;
    else runs.push({ startFrame: frame, endFrame: frame + 1 });
  }
  return runs;
}
