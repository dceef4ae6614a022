/** Bits of a raw byte sequence payload, first bit highest (ITU-T H.264, 7.2 and 9.1). */
class BitWriter {
  readonly #bytes: number[] = [];
  #bits = 0;

  /** `u(count)`. */
  fixed(value: number, count: number): this {
    for (let at = count - 1; at >= 0; at -= 1) {
      if (this.#bits === 0) this.#bytes.push(0);
      this.#bytes[this.#bytes.length - 1]! |= (Math.floor(value / 2 ** at) % 2) << (7 - this.#bits);
      this.#bits = (this.#bits + 1) % 8;
    }
    return this;
  }

  /** `ue(v)`; zero as `se(v)` is the same. */
  golomb(value: number): this {
    const length = Math.floor(Math.log2(value + 1));
    return this.fixed(value + 1, 2 * length + 1);
  }

  aligned(bytes: Uint8Array): this {
    this.#bits = 0;
    for (const byte of bytes) this.#bytes.push(byte);
    return this;
  }

  /** The payload with its stop bit. */
  finish(): Uint8Array {
    this.fixed(1, 1);
    return Uint8Array.from(this.#bytes);
  }
}

/** A unit of the byte stream: start code, head, payload with emulation prevention (annex B, 7.4.1). */
function unit(importance: number, type: number, payload: Uint8Array): Buffer {
  const bytes = [0, 0, 0, 1, (importance << 5) | type];
  let zeros = 0;
  for (const byte of payload) {
    if (zeros >= 2 && byte <= 3) {
      bytes.push(3);
      zeros = 0;
    }
    bytes.push(byte);
    zeros = byte === 0 ? zeros + 1 : 0;
  }
  return Buffer.from(bytes);
}

const keyInterval = 25;

/**
 * A raw H.264 stream in which each picture is a pair of field pictures, as broadcasts and camcorders have them and no
 * encoder of FFmpeg writes them. Every macroblock holds its samples as they are (I_PCM). Of each three pictures the last
 * is stored first.
 * @param luma `[height, width]` brightness of picture `n` (both a multiple of 32), of limited range.
 */
export function fieldPairFilm(count: number, width: number, height: number, luma: (n: number) => Uint8Array): Buffer {
  const units = [parameterSets(width, height)];
  let frameNumber = 0;
  for (const n of storedOrder(count)) {
    const isKey = n % keyInterval === 0;
    const isReference = isKey || storedEarly(n);
    if (isKey) frameNumber = 0;
    for (const bottom of [0, 1] as const) {
      const header = new BitWriter()
        .golomb(0)
        .golomb(7)
        .golomb(0)
        .fixed(frameNumber % 16, 4)
        .fixed(1, 1)
        .fixed(bottom, 1);
      const isInstant = isKey && bottom === 0;
      if (isInstant) header.golomb((n / keyInterval) % 2);
      header.fixed((2 * (n % keyInterval) + bottom) % 256, 8);
      if (isInstant) header.fixed(0, 2);
      else if (isReference) header.fixed(0, 1);
      header.golomb(0);
      writeMacroblocks(header, luma(n), width, height, bottom);
      units.push(unit(isReference ? 1 : 0, isInstant ? 5 : 1, header.finish()));
    }
    if (isReference) frameNumber += 1;
  }
  return Buffer.concat(units);
}

const pictureOfPacket = `floor(N/2)`;
const placeOfPicture = `mod(${pictureOfPacket},${keyInterval})`;
const ahead = `if(${placeOfPicture},if(mod(${placeOfPicture}-1,3),-1,2),0)`;

/**
 * FFmpeg's bitstream filter that gives the packets of such a stream, a field each, their times: 50 fields a second, shown
 * a picture later than stored.
 */
export const fieldPairTimes = `setts=dts=N*0.02/TB:pts=(2*(${pictureOfPacket}+${ahead}+1)+mod(N,2))*0.02/TB`.replaceAll(
  ',',
  '\\,',
);

const storedEarly = (n: number): boolean => n % keyInterval > 0 && (n % keyInterval) % 3 === 0;

/** Pictures in the order in which they are stored. */
function storedOrder(count: number): number[] {
  const order: number[] = [];
  for (let from = 0; from < count; from += keyInterval) {
    const length = Math.min(keyInterval, count - from);
    order.push(from);
    for (let at = 1; at < length; at += 3)
      order.push(...[at + 2, at, at + 1].filter((place) => place < length).map((place) => from + place));
  }
  return order;
}

/** Main profile, field pictures allowed; 25 pictures a second, one of them kept back for reordering. */
function parameterSets(width: number, height: number): Buffer {
  const sequence = new BitWriter().fixed(77, 8).fixed(0, 8).fixed(30, 8).golomb(0).golomb(0).golomb(0).golomb(4);
  sequence
    .golomb(2)
    .fixed(0, 1)
    .golomb(width / 16 - 1)
    .golomb(height / 32 - 1);
  // Field pictures, no mixed ones; direct inference; no cropping; usability information follows.
  sequence.fixed(0b00101, 5);
  // Of it the clock (50 fields a second), and at its end how far pictures are reordered.
  sequence.fixed(0b0000, 4).fixed(1, 1).fixed(1, 32).fixed(50, 32).fixed(1, 1).fixed(0b000, 3).fixed(1, 1);
  sequence.fixed(1, 1).golomb(0).golomb(0).golomb(10).golomb(10).golomb(1).golomb(2);
  const picture = new BitWriter().golomb(0).golomb(0).fixed(0, 2).golomb(0).golomb(0).golomb(0).fixed(0, 3);
  picture.golomb(0).golomb(0).golomb(0).fixed(0, 3);
  return Buffer.concat([unit(3, 7, sequence.finish()), unit(3, 8, picture.finish())]);
}

function writeMacroblocks(bits: BitWriter, luma: Uint8Array, width: number, height: number, bottom: 0 | 1): void {
  const samples = new Uint8Array(256 + 128).fill(128);
  for (let y = 0; y < height / 2; y += 16) {
    for (let x = 0; x < width; x += 16) {
      for (let row = 0; row < 16; row += 1) {
        const from = (2 * (y + row) + bottom) * width + x;
        samples.set(luma.subarray(from, from + 16), row * 16);
      }
      bits.golomb(25).aligned(samples);
    }
  }
}
