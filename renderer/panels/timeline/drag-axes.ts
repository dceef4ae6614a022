/** So far sideways, in pixels, a drag moves in time; one that set out up or down means rows, and no hand is that straight. */
const sidewaysPx = { level: 3, upright: 24 };
const setOutPx = 3;

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Tells whether a drag means another time or, set out up or down, another row. Once in time, it stays so. */
export class DragAxes {
  readonly #start: Point;
  #direction: keyof typeof sidewaysPx | null = null;
  #inTime = false;

  constructor(start: Point) {
    this.#start = start;
  }

  movesTime({ x, y }: Point): boolean {
    const [dx, dy] = [Math.abs(x - this.#start.x), Math.abs(y - this.#start.y)];
    if (this.#direction === null && Math.hypot(dx, dy) >= setOutPx) this.#direction = dy > dx ? 'upright' : 'level';
    this.#inTime ||= this.#direction !== null && dx >= sidewaysPx[this.#direction];
    return this.#inTime;
  }
}
