import type { PresentWindow } from '#preload/contract/people.ts';
import type { Editor } from '#preload/domain/editor.ts';

/**
 * The windows that are open. One is here as long as it listens to changes: no other sign of life is needed. A window that
 * connects anew may be heard twice for a moment.
 */
export class People {
  readonly #changed: () => void;
  readonly #windows = new Map<string, { shown: PresentWindow; listening: number }>();

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  list(): PresentWindow[] {
    return [...this.#windows.values()].map(({ shown }) => shown);
  }

  /** Segments that are selected in any of them. */
  selected(): ReadonlySet<number> {
    return new Set(this.list().flatMap(({ segmentIds }) => segmentIds));
  }

  /** A window listens, until the answered function is called, which may be more than once. Scripts have no window, and are nobody. */
  enter(editor: Editor, name: string): () => void {
    if (editor.window === null) return () => undefined;
    const key = keyOf(editor);
    const here = this.#windows.get(key) ?? {
      shown: { window: editor.window, person: name === '' ? null : name, videoId: null, segmentIds: [] },
      listening: 0,
    };
    here.listening += 1;
    this.#windows.set(key, here);
    this.#changed();
    let isHere = true;
    return () => {
      if (!isHere) return;
      isHere = false;
      here.listening -= 1;
      if (here.listening > 0) return;
      this.#windows.delete(key);
      this.#changed();
    };
  }

  /** What a window that listens looks at. */
  look(editor: Editor, at: Pick<PresentWindow, 'videoId' | 'segmentIds'>): void {
    const here = this.#windows.get(keyOf(editor));
    if (here === undefined) return;
    here.shown = { ...here.shown, ...at };
    this.#changed();
  }
}

const keyOf = ({ person, window }: Editor): string => JSON.stringify([person, window]);
