import type { FrameTable } from '#preload/domain/frame-table.ts';
import { formatShortTime } from '../../ui/timecode.ts';
import { visibleSpan, xOf, type TimeScale } from './time-scale.ts';

export interface RulerTick {
  readonly us: number;
  readonly x: number;
  /** Null for a small tick between two labels. */
  readonly label: string | null;
}

const secondSteps = [0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400] as const;
const frameSteps = [1, 2, 5, 10, 20, 50] as const;

const labelRoomPx = 76;
/** From this width of a frame on, the ruler counts frames. */
const frameModePx = 8;

/** How many small ticks to draw between labels of `step`: tenths read badly for quarters of an hour. */
const subdivisions = (stepS: number): number => (String(stepS).startsWith('15') || stepS === 900 ? 3 : 5);

/**
 * Ticks of the visible stretch, left to right, labels at least a label's width apart. Zoomed out they carry times;
 * zoomed in they stand on the starts of real frames and carry frame numbers, however unequal the frames.
 */
export function rulerTicks(scale: TimeScale, table: FrameTable): RulerTick[] {
  const { startUs, endUs } = visibleSpan(scale);
  const framePx = (table.lastEndUs - table.firstStartUs) / table.frameCount / scale.usPerPx;
  return framePx >= frameModePx
    ? frameTicks(scale, table, startUs, endUs, framePx)
    : timeTicks(scale, table, startUs, endUs);
}

function timeTicks(scale: TimeScale, table: FrameTable, startUs: number, endUs: number): RulerTick[] {
  const stepS = secondSteps.find((step) => (step * 1e6) / scale.usPerPx >= labelRoomPx) ?? secondSteps.at(-1)!;
  const between = subdivisions(stepS);
  const smallUs = (stepS * 1e6) / between;
  const decimals = stepS < 1 ? 1 : 0;
  const ticks: RulerTick[] = [];
  const last = Math.floor(Math.min(endUs, table.lastEndUs) / smallUs);
  for (let index = Math.max(0, Math.ceil(startUs / smallUs - between)); index <= last; index += 1) {
    const us = Math.round(index * smallUs);
    ticks.push({ us, x: xOf(scale, us), label: index % between === 0 ? formatShortTime(us, decimals) : null });
  }
  return ticks;
}

function frameTicks(scale: TimeScale, table: FrameTable, startUs: number, endUs: number, framePx: number): RulerTick[] {
  const step = frameSteps.find((frames) => frames * framePx >= labelRoomPx) ?? frameSteps.at(-1)!;
  const ticks: RulerTick[] = [];
  let labelledX = -Infinity;
  const first = Math.max(0, Math.floor(table.frameAt(startUs) / step - 1) * step);
  const last = table.frameAt(endUs);
  for (let frame = first; frame <= last; frame += 1) {
    const us = table.startUs(frame);
    const x = xOf(scale, us);
    const labelled = frame % step === 0 && x - labelledX >= labelRoomPx * 0.75;
    if (labelled) labelledX = x;
    ticks.push({ us, x, label: labelled ? `#${frame}` : null });
  }
  return ticks;
}
