import { ownUsOf, recordingTileUs, tileFields, videoUsOf } from '#preload/domain/recording.ts';
import type { TimelineScene } from '../timeline-scene.ts';
import { usAt, xOf, type TimeScale } from '../time-scale.ts';
import type { Band } from '../track-bands.ts';
import { gapSteps, levelForView, valueWords, type SeriesTrack } from './series-track.ts';

/** A track of a sensor: its envelope, its scale at the left, and in words what is missing. */
export function drawSeries(ctx: CanvasRenderingContext2D, scene: TimelineScene, track: SeriesTrack, band: Band): void {
  const { scale, palette } = scene;
  const { drawn, facts } = track;
  ctx.font = `10px ${palette.digitsFont}`;
  ctx.textAlign = 'left';
  ctx.textBaseline = 'middle';
  if (!drawn || !facts) {
    ctx.fillStyle = palette.dimText;
    ctx.font = `11px ${palette.font}`;
    ctx.fillText(track.words, 12, band.y + band.heightPx / 2);
    return;
  }
  const tiles = tilesInView(track, drawn, scale);
  drawn.settle();
  const columns = columnsOf(track, tiles, scale);
  const range = shownRange(track, columns);
  ctx.save();
  ctx.beginPath();
  ctx.rect(0, band.y, scale.widthPx, band.heightPx - 1);
  ctx.clip();
  drawColumns(ctx, columns, track.ink, yWithin(range, band));
  ctx.restore();
  if (band.heightPx < 30) return;
  ctx.fillStyle = palette.dimText;
  ctx.globalAlpha = 0.8;
  ctx.fillText(valueWords(range.high, range), 3, band.y + 7);
  ctx.fillText(valueWords(range.low, range), 3, band.y + band.heightPx - 8);
  ctx.globalAlpha = 1;
}

interface Range {
  readonly low: number;
  readonly high: number;
}

/** From value to canvas, with a little room at both ends. */
const yWithin = ({ low, high }: Range, { y, heightPx }: Band) => {
  const room = 3;
  const perValue = (heightPx - 1 - 2 * room) / (high - low);
  return (value: number): number => y + heightPx - 1 - room - (value - low) * perValue;
};

/** Entries of what is in view; where they are on their way, those of a coarser level that is at hand. */
function tilesInView(
  track: SeriesTrack,
  drawn: NonNullable<SeriesTrack['drawn']>,
  scale: TimeScale,
): readonly Float64Array[] {
  const level = levelForView(scale.usPerPx / track.rate);
  const tileUs = recordingTileUs(level);
  const first = Math.max(0, Math.floor(ownUsOf(track, scale.startUs) / tileUs));
  const last = Math.floor(ownUsOf(track, usAt(scale, scale.widthPx)) / tileUs);
  const tiles: Float64Array[] = [];
  let coarser: string | null = null;
  for (let tile = first; tile <= last; tile += 1) {
    const found = drawn.want(level, tile);
    if (found) tiles.push(found);
    if (found !== undefined) continue;
    for (let up = 1; up <= 6; up += 1) {
      const other = drawn.peek(level + up, tile >> up);
      if (!other) continue;
      if (coarser !== `${up}:${tile >> up}`) tiles.push(other);
      coarser = `${up}:${tile >> up}`;
      break;
    }
  }
  return tiles;
}

/** Of each pixel with a value its lowest and highest; `parts` from the one before where something is missing between. */
interface Columns {
  readonly x: number[];
  readonly low: number[];
  readonly high: number[];
  readonly parted: boolean[];
}

function columnsOf(track: SeriesTrack, tiles: readonly Float64Array[], scale: TimeScale): Columns {
  const columns: Columns = { x: [], low: [], high: [], parted: [] };
  const gapUs = gapSteps * (track.facts?.stepUs ?? 0);
  let [lastUs, isParted] = [-Infinity, true];
  for (const entries of tiles) {
    for (let at = 0; at < entries.length; at += tileFields) {
      const [first, last, low, high] = [entries[at]!, entries[at + 1]!, entries[at + 2]!, entries[at + 3]!];
      // Tiles begin with what leads into them, which the one before has shown.
      if (last <= lastUs) continue;
      if (first - lastUs > gapUs) isParted = true;
      lastUs = last;
      if (Number.isNaN(low)) {
        isParted = true;
        continue;
      }
      const isOne = first === last;
      const left = Math.floor(xOf(scale, videoUsOf(track, first)));
      const from = isOne ? left : Math.max(-1, left);
      const to = isOne ? left : Math.min(scale.widthPx + 1, Math.floor(xOf(scale, videoUsOf(track, last))));
      for (let x = from; x <= to; x += 1) {
        const place = columns.x.length - 1;
        if (columns.x[place] === x) {
          columns.low[place] = Math.min(columns.low[place]!, low);
          columns.high[place] = Math.max(columns.high[place]!, high);
        } else {
          columns.x.push(x);
          columns.low.push(low);
          columns.high.push(high);
          columns.parted.push(isParted);
        }
        isParted = false;
      }
    }
  }
  return columns;
}

/** The values that the track's height stands for. */
function shownRange({ scale, facts }: SeriesTrack, { low, high }: Columns): Range {
  const seen =
    scale.kind === 'view' && low.length > 0
      ? { low: low.reduce((a, b) => Math.min(a, b)), high: high.reduce((a, b) => Math.max(a, b)) }
      : scale.kind === 'fixed'
        ? scale
        : facts!;
  // What never changes is drawn in the middle.
  const room = seen.high > seen.low ? 0 : Math.max(Math.abs(seen.low) * 1e-3, 1e-9);
  return { low: seen.low - room, high: seen.high + room };
}

function drawColumns(
  ctx: CanvasRenderingContext2D,
  columns: Columns,
  ink: string,
  yOf: (value: number) => number,
): void {
  const { x, low, high, parted } = columns;
  ctx.fillStyle = ink;
  ctx.strokeStyle = ink;
  ctx.lineWidth = 1.25;
  ctx.beginPath();
  for (let at = 0; at < x.length; at += 1) {
    const isJoined = at > 0 && parted[at] === false;
    const isNext = isJoined && x[at]! - x[at - 1]! <= 1;
    // Neighbouring pixels overlap, so that steep lines have no holes.
    const top = yOf(isNext ? Math.max(high[at]!, low[at - 1]!) : high[at]!);
    const bottom = yOf(isNext ? Math.min(low[at]!, high[at - 1]!) : low[at]!);
    ctx.fillRect(x[at]!, top - 0.5, 1, Math.max(1.25, bottom - top));
    if (!isJoined || isNext) continue;
    ctx.moveTo(x[at - 1]! + 0.5, yOf((low[at - 1]! + high[at - 1]!) / 2));
    ctx.lineTo(x[at]! + 0.5, yOf((low[at]! + high[at]!) / 2));
  }
  ctx.stroke();
}
