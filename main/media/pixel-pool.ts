/** Pixels on loan; the memory goes back to its pool once every borrower has disposed its lease. */
export interface PixelLease extends Disposable {
  readonly pixels: Uint8Array;
  /** One more lease on the same pixels. */
  share(): PixelLease;
}

/** Buffers of one size, used again and again, so that reading a long video takes no more memory than a short one. */
export class PixelPool {
  readonly #free: Uint8Array[] = [];
  readonly #size: number;

  constructor(size: number) {
    this.#size = size;
  }

  borrow(): PixelLease {
    const pixels = this.#free.pop() ?? new Uint8Array(this.#size);
    let leases = 0;
    const lease = (): PixelLease => {
      leases += 1;
      let held = true;
      return {
        pixels,
        share: lease,
        [Symbol.dispose]: () => {
          if (!held) return;
          held = false;
          leases -= 1;
          if (leases === 0) this.#free.push(pixels);
        },
      };
    };
    return lease();
  }
}
