/** A clock of animation frames that is moved by hand: what was asked for is called back at the next move. */
export class HandClock {
  ms = 0;
  callbacks: (() => void)[] = [];
  now = (): number => this.ms;
  request = (callback: () => void): number => this.callbacks.push(callback);
  cancel = (): void => void (this.callbacks = []);
  advance(ms: number): void {
    this.ms += ms;
    const due = this.callbacks;
    this.callbacks = [];
    for (const callback of due) callback();
  }
}
