/** Rows `[from, to)` of a video, and the rows around them that a module must see so that no window of theirs is cut. */
export interface DensePart {
  readonly from: number;
  readonly to: number;
  readonly seenFrom: number;
  readonly seenTo: number;
}

/** Steps between windows in a part: some seconds of computing at the most. */
const stepsPerPart = 64;

/**
 * A video of N rows in parts that a module with windows of T rows, half overlapping, can be asked for one by one: what it
 * makes of a part's rows is what it makes of them in the whole video.
 */
export function denseParts(rows: number, frames: number): DensePart[] {
  const step = Math.max(1, frames >> 1);
  const before = step * Math.ceil((frames - step) / step);
  const parts: DensePart[] = [];
  for (let from = 0; from < rows;) {
    const end = from + stepsPerPart * step;
    // The last window of a video ends with it, wherever that is: a short rest is no part of its own.
    const to = rows - end < 2 * frames ? rows : end;
    parts.push({ from, to, seenFrom: Math.max(0, from - before), seenTo: to === rows ? rows : to - step + frames });
    from = to;
  }
  return parts;
}
