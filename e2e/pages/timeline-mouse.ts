import type { StudioPage } from './studio-page.ts';

/** Room beyond each end of the video in a view of the whole of it, pixels. */
const endRoomPx = 16;

export interface Place {
  readonly x: number;
  readonly y: number;
}

/** The timeline by mouse, while all of a video of so many seconds is in view. */
export class TimelineMouse {
  readonly #window: StudioPage;
  readonly #seconds: number;

  constructor(window: StudioPage, seconds: number) {
    this.#window = window;
    this.#seconds = seconds;
  }

  /** Where a time stands in a class's row. */
  async at(name: string, timeS: number): Promise<Place> {
    const canvas = (await this.#window.page.getByTestId('timeline-canvas').boundingBox())!;
    const header = (await this.#window.panel('Timeline').getByText(name, { exact: true }).first().boundingBox())!;
    const x = canvas.x + endRoomPx + (timeS / this.#seconds) * (Math.floor(canvas.width) - 2 * endRoomPx);
    return { x, y: header.y + header.height / 2 };
  }

  /** Along a class's row, with a key held if one is named. */
  async drag(name: string, fromS: number, toS: number, modifier?: 'Shift'): Promise<void> {
    const { mouse, keyboard } = this.#window.page;
    const [from, to] = [await this.at(name, fromS), await this.at(name, toS)];
    if (modifier) await keyboard.down(modifier);
    await mouse.move(from.x, from.y);
    await mouse.down();
    await mouse.move((from.x + to.x) / 2, to.y, { steps: 4 });
    await mouse.move(to.x, to.y, { steps: 4 });
    await mouse.up();
    if (modifier) await keyboard.up(modifier);
  }

  async click(name: string, timeS: number, modifier?: 'Control'): Promise<void> {
    const { keyboard, mouse } = this.#window.page;
    const { x, y } = await this.at(name, timeS);
    if (modifier) await keyboard.down(modifier);
    await mouse.click(x, y);
    if (modifier) await keyboard.up(modifier);
  }

  /** Spans of a class's segments in seconds, rounded to a fifth: a pixel is less, and edges stand on frames. */
  async spans(name: string): Promise<number[][]> {
    return (await this.#window.segments.filter({ hasText: name }).allTextContents()).map((spoken) =>
      /, ([\d.]+) s to ([\d.]+) s/
        .exec(spoken)!
        .slice(1)
        .map((time) => Math.round(Number(time) * 5) / 5),
    );
  }
}
