import { english, type Told } from '#preload/domain/saying.ts';
import type { TaskOptions } from '#main/engine/tasks.ts';
import type { TaskProgress } from '#main/engine/vocabulary.ts';

/**
 * Progress on standard error. On a terminal it is one line that is written over; elsewhere only `note` prints.
 */
export class ProgressLine {
  readonly #stream: NodeJS.WriteStream;
  #shown = false;

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
  }

  /** `remainingS`: estimated seconds left, null where nothing can be said. */
  show(what: Told, done: number, step: Told, remainingS: number | null): void {
    if (!this.#stream.isTTY) return;
    const left = remainingS === null ? '' : ` · ${durationInWords(remainingS)} left`;
    const now = english(step);
    const line = `${english(what)}: ${Math.floor(done * 100)}%${now && ` · ${now}`}${left}`;
    this.#stream.write(`\r\x1b[K${line.slice(0, Math.max(this.#stream.columns - 1, 20))}`);
    this.#shown = true;
  }

  /** A line that stays. */
  note(text: string): void {
    this.clear();
    this.#stream.write(`${text}\n`);
  }

  clear(): void {
    if (this.#shown) this.#stream.write('\r\x1b[K');
    this.#shown = false;
  }

  /** Options that show an engine task's progress here and cancel it by `signal`. */
  task(what: string, signal: AbortSignal): Required<TaskOptions> {
    const startedAt = performance.now();
    const onProgress = ({ done, step }: TaskProgress) => {
      const elapsedS = (performance.now() - startedAt) / 1000;
      const remainingS = done > 0.02 && elapsedS > 1 ? (elapsedS * (1 - done)) / done : null;
      this.show(what, done, step, remainingS);
    };
    return { signal, onProgress };
  }
}

/** "2 h 05 min", "3 min 20 s", "4 s". */
function durationInWords(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const [h, min, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  if (h > 0) return `${h} h ${String(min).padStart(2, '0')} min`;
  return min > 0 ? `${min} min ${String(s).padStart(2, '0')} s` : `${s} s`;
}
