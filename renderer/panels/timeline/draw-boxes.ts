import type { Segment, SegmentState } from '#preload/domain/segment.ts';
import type { ClassPaint, TimelinePalette } from './timeline-palette.ts';

/** A segment's rectangle on the canvas, CSS pixels. */
export interface BoxPlace {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly heightPx: number;
}

export interface BoxLook {
  readonly state: SegmentState;
  /** 0 to 1: a proposal's opacity. */
  readonly score: number;
  /** Who made it; null for several segments in one box. */
  readonly source: Segment['source']['kind'] | null;
  readonly label: string;
  readonly selected: boolean;
  readonly locked: boolean;
}

const hatchStepPx = 6;
const leastWidthPx = 1.5;
/** Narrower than this a box has no inside: a bar is all that can be seen, and much cheaper to draw. */
const slimPx = 7;

/** Model-made boxes are round, everything a person brought in has square corners. */
const cornerOf = (source: BoxLook['source']): number => (source === 'model' ? 4 : 0);

/** One segment: proposals outlined, accepted solid, rejected hatched; a person's work carries a notch. */
export function drawBox(
  ctx: CanvasRenderingContext2D,
  place: BoxPlace,
  look: BoxLook,
  paint: ClassPaint,
  palette: TimelinePalette,
): void {
  const { left, top, heightPx } = place;
  const width = Math.max(leastWidthPx, place.right - left);
  if (width < slimPx) {
    ctx.globalAlpha = look.state === 'proposed' ? opacityOf(look.score) : look.state === 'rejected' ? 0.35 : 1;
    ctx.fillStyle = look.state === 'rejected' ? palette.dimText : look.state === 'proposed' ? paint.ink : paint.fill;
    ctx.fillRect(left, top, width, heightPx);
    ctx.globalAlpha = 1;
    if (look.selected) outlineSelected(ctx, left, top, width, heightPx, 0, palette);
    return;
  }
  const corner = cornerOf(look.source);
  if (look.state === 'accepted') {
    path(ctx, left, top, width, heightPx, corner);
    ctx.fillStyle = paint.fill;
    ctx.fill();
  } else if (look.state === 'proposed') {
    path(ctx, left + 0.75, top + 0.75, width - 1.5, heightPx - 1.5, corner);
    ctx.fillStyle = paint.fill;
    ctx.globalAlpha = 0.06 + 0.22 * look.score;
    ctx.fill();
    ctx.globalAlpha = opacityOf(look.score);
    ctx.strokeStyle = paint.ink;
    ctx.lineWidth = 1.5;
    ctx.stroke();
    ctx.globalAlpha = 1;
  } else drawRejected(ctx, left, top, width, heightPx, palette);
  if (look.source === 'human' || look.source === 'import') drawNotch(ctx, left, top, look, paint, palette);
  const lockPx = look.locked ? drawLock(ctx, place, inkOn(look.state, paint, palette)) : 0;
  if (look.label !== '') drawLabel(ctx, { ...place, right: place.right - lockPx }, look, paint, palette);
  if (look.selected) outlineSelected(ctx, left, top, width, heightPx, corner, palette);
}

/** Even a doubtful proposal must be seen. */
const opacityOf = (score: number): number => 0.35 + 0.65 * score;

function path(
  ctx: CanvasRenderingContext2D,
  x: number,
  y: number,
  width: number,
  height: number,
  corner: number,
): void {
  ctx.beginPath();
  if (corner > 0) ctx.roundRect(x, y, width, height, Math.min(corner, width / 2));
  else ctx.rect(x, y, width, height);
}

function drawRejected(
  ctx: CanvasRenderingContext2D,
  left: number,
  top: number,
  width: number,
  height: number,
  palette: TimelinePalette,
): void {
  ctx.save();
  ctx.globalAlpha = 0.5;
  path(ctx, left + 0.5, top + 0.5, width - 1, height - 1, 0);
  ctx.strokeStyle = palette.dimText;
  ctx.lineWidth = 1;
  ctx.stroke();
  ctx.clip();
  ctx.beginPath();
  for (let x = left - height; x < left + width; x += hatchStepPx) {
    ctx.moveTo(x, top + height);
    ctx.lineTo(x + height, top);
  }
  ctx.stroke();
  ctx.restore();
}

/** What stands out on a box of a state. */
const inkOn = (state: SegmentState, paint: ClassPaint, palette: TimelinePalette): string =>
  state === 'accepted' ? paint.onFill : state === 'proposed' ? paint.ink : palette.dimText;

/** A padlock at the right of a box that has room for one; answers how much it takes. */
function drawLock(ctx: CanvasRenderingContext2D, { left, right, top, heightPx }: BoxPlace, ink: string): number {
  if (right - left < 22 || heightPx < 9) return 0;
  const [x, y] = [right - 12, top + heightPx / 2];
  ctx.fillStyle = ink;
  ctx.strokeStyle = ink;
  ctx.lineWidth = 1.25;
  ctx.fillRect(x - 3, y - 0.5, 7, 5);
  ctx.beginPath();
  ctx.arc(x + 0.5, y - 0.5, 2.25, Math.PI, 0);
  ctx.stroke();
  return 12;
}

/** A filled corner for what a person drew, an open one for what was imported. */
function drawNotch(
  ctx: CanvasRenderingContext2D,
  left: number,
  top: number,
  look: BoxLook,
  paint: ClassPaint,
  palette: TimelinePalette,
): void {
  const size = 6;
  ctx.beginPath();
  ctx.moveTo(left, top);
  ctx.lineTo(left + size, top);
  ctx.lineTo(left, top + size);
  ctx.closePath();
  const ink = inkOn(look.state, paint, palette);
  if (look.source === 'human') {
    ctx.fillStyle = ink;
    ctx.globalAlpha = 0.75;
    ctx.fill();
    ctx.globalAlpha = 1;
  } else {
    ctx.strokeStyle = ink;
    ctx.lineWidth = 1;
    ctx.stroke();
  }
}

function outlineSelected(
  ctx: CanvasRenderingContext2D,
  left: number,
  top: number,
  width: number,
  height: number,
  corner: number,
  palette: TimelinePalette,
): void {
  path(ctx, left - 1, top - 1, width + 2, height + 2, corner === 0 ? 0 : corner + 1);
  ctx.strokeStyle = palette.text;
  ctx.lineWidth = 2;
  ctx.stroke();
  if (width < 18) return;
  // Handles: what is grabbed to move an edge.
  ctx.fillStyle = palette.text;
  ctx.fillRect(left + 2, top + height / 2 - 4, 2, 8);
  ctx.fillRect(left + width - 4, top + height / 2 - 4, 2, 8);
}

const labelRoomPx = 8;
const widths = new Map<string, number>();

function drawLabel(
  ctx: CanvasRenderingContext2D,
  place: BoxPlace,
  look: BoxLook,
  paint: ClassPaint,
  palette: TimelinePalette,
): void {
  // Keep the label on screen while the box begins to the left of it.
  const left = Math.max(place.left, 0) + labelRoomPx;
  const room = place.right - left - labelRoomPx + 2;
  if (room < 18) return;
  ctx.font = `500 11px ${palette.font}`;
  const text = fitText(ctx, look.label, room);
  if (text === '') return;
  ctx.textBaseline = 'middle';
  ctx.textAlign = 'left';
  ctx.fillStyle = look.state === 'accepted' ? paint.onFill : look.state === 'proposed' ? palette.text : palette.dimText;
  ctx.fillText(text, left, place.top + place.heightPx / 2 + 0.5);
}

const widthOf = (ctx: CanvasRenderingContext2D, text: string): number => {
  const key = `${ctx.font}\n${text}`;
  let width = widths.get(key);
  if (width === undefined) {
    // Measuring is the dearest call of all; the texts are few and come back every frame.
    if (widths.size > 5_000) widths.clear();
    width = ctx.measureText(text).width;
    widths.set(key, width);
  }
  return width;
};

/** Fewer letters than this say nothing. */
const leastLetters = 4;

/** `text`, or as much of it as fits `room` pixels with an ellipsis; empty where too little fits to be read. */
export function fitText(ctx: CanvasRenderingContext2D, text: string, room: number): string {
  if (widthOf(ctx, text) <= room) return text;
  let fits = Math.floor((text.length * room) / widthOf(ctx, text));
  while (fits >= leastLetters && widthOf(ctx, `${text.slice(0, fits).trimEnd()}…`) > room) fits -= 1;
  return fits >= leastLetters ? `${text.slice(0, fits).trimEnd()}…` : '';
}
