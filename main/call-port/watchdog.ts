const ticksOfSilence = 20;

/**
 * Tells once when there was no sign for so long. It counts ticks rather than time: while the machine sleeps, or this
 * process is held up itself, nobody is blamed.
 */
export class Watchdog {
  readonly #timer: NodeJS.Timeout;
  #silentTicks = 0;

  constructor(silenceMs: number, onSilence: () => void) {
    this.#timer = setInterval(() => {
      this.#silentTicks += 1;
      if (this.#silentTicks < ticksOfSilence) return;
      this.stop();
      onSilence();
    }, silenceMs / ticksOfSilence);
    this.#timer.unref();
  }

  sign(): void {
    this.#silentTicks = 0;
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
