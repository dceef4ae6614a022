import FFT from 'fft.js';
import type { FrameTable } from '#preload/domain/frame-table.ts';
import { spectrogramColumnUs, spectrogramTile, spectrogramTileSpan } from '#preload/domain/spectrogram.ts';
import { readAudio } from './audio-samples.ts';
import { unpackReadingNotes } from './reading-notes.ts';

/** Up to 11 kHz: what speech, steps and tools sound like. */
const sampleRate = 22_050;
/** Samples of one short-time transform: 46 ms, 21.5 Hz a bin. */
const windowSize = 1024;
/** Of a long column so many moments are looked at, evenly: hours cost no more than minutes. */
const mostWindows = 8;
/** What is quieter than this below full scale is drawn as silence. */
const floorDb = -90;

const { columns, bands } = spectrogramTile;

/** Hann's window. */
const taper = Float64Array.from(
  { length: windowSize },
  (_, at) => 0.5 - 0.5 * Math.cos((2 * Math.PI * at) / (windowSize - 1)),
);

/** The mel scale, as O'Shaughnessy gives it: equal steps sound equally far. */
const melOf = (hz: number): number => 2595 * Math.log10(1 + hz / 700);
const hzOf = (mel: number): number => 700 * (10 ** (mel / 2595) - 1);

/** First bin of each band, and the one after the last; every band holds one at least. */
const firstBins = Int32Array.from({ length: bands + 1 }, (_, band) =>
  Math.round((hzOf((melOf(sampleRate / 2) * band) / bands) * windowSize) / sampleRate),
);
for (let band = 1; band <= bands; band += 1) firstBins[band] = Math.max(firstBins[band]!, firstBins[band - 1]! + 1);

/**
 * One tile of the sound's spectrogram, `[columns, bands]`, 0 for silence to 255 for full scale in equal steps of decibels, the
 * loudest of the moments that are looked at in each column; null where the file has no sound that can be decoded there or
 * anywhere. Only the stretch of the tile is decoded.
 */
export async function readSpectrogram(
  file: string,
  table: FrameTable,
  {
    level,
    tile,
    signal,
    onProgress,
  }: {
    readonly level: number;
    readonly tile: number;
    readonly signal?: AbortSignal;
    readonly onProgress?: (share: number) => void;
  },
): Promise<Uint8Array | null> {
  const span = spectrogramTileSpan(level, tile);
  const { clockShifts } = unpackReadingNotes(table.readingNotes);
  const windows = windowsOf(span.startUs, spectrogramColumnUs(level));
  const loudness = new Uint8Array(columns * bands);
  const transform = new Transform();
  let heard = false;
  let next = 0;
  const open: OpenWindow[] = [];
  const finishUntil = (sample: number): void => {
    while (open[0] && open[0].start + windowSize <= sample) {
      const { column, samples } = open.shift()!;
      transform.addTo(loudness.subarray(column * bands, (column + 1) * bands), samples);
    }
  };
  const sound = readAudio(file, {
    channels: 1,
    sampleRate,
    clockShifts,
    fromUs: span.startUs - (windowSize * 1_000_000) / sampleRate,
    ...(signal && { signal }),
    onProgress: (us) => onProgress?.(Math.min(1, Math.max(0, us / Math.min(span.endUs, table.lastEndUs)))),
  });
  for await (const { startUs, samples } of sound) {
    heard ||= samples.length > 0;
    const first = Math.round((startUs * sampleRate) / 1_000_000);
    const end = first + samples.length;
    while (next < windows.length && windows[next]!.start < end) {
      open.push({ ...windows[next]!, samples: new Float64Array(windowSize) });
      next += 1;
    }
    for (const { start, samples: into } of open) copyOverlap(samples, first, into, start);
    finishUntil(end);
    if (startUs > span.endUs + 1_000_000) break;
  }
  finishUntil(Infinity);
  return heard ? loudness : null;
}

interface Window {
  /** Position of the first sample, counted from the start of the player's timeline. */
  readonly start: number;
  readonly column: number;
}

interface OpenWindow extends Window {
  readonly samples: Float64Array;
}

/** Where the windows of a tile begin, in order, each around a moment of its column. */
function windowsOf(startUs: number, columnUs: number): Window[] {
  const perColumn = Math.min(
    mostWindows,
    Math.max(1, Math.round((columnUs * sampleRate) / 1_000_000 / (windowSize / 2))),
  );
  return Array.from({ length: columns * perColumn }, (_, index) => {
    const us = startUs + (columnUs * (index + 0.5)) / perColumn;
    return {
      start: Math.round((us * sampleRate) / 1_000_000) - windowSize / 2,
      column: Math.floor(index / perColumn),
    };
  });
}

function copyOverlap(samples: Float32Array, first: number, into: Float64Array, start: number): void {
  const from = Math.max(first, start);
  const to = Math.min(first + samples.length, start + into.length);
  for (let at = from; at < to; at += 1) into[at - start] = samples[at - first]!;
}

/** A short-time Fourier transform, and what of it is seen. */
class Transform {
  readonly #fft = new FFT(windowSize);
  readonly #spectrum = this.#fft.createComplexArray() as number[];
  readonly #tapered = new Float64Array(windowSize);

  /** Raises the loudness of each band to that of a window's samples. */
  addTo(loudness: Uint8Array, samples: Float64Array): void {
    for (let at = 0; at < windowSize; at += 1) this.#tapered[at] = samples[at]! * taper[at]!;
    this.#fft.realTransform(this.#spectrum, this.#tapered);
    for (let band = 0; band < bands; band += 1) {
      let power = 0;
      for (let bin = firstBins[band]!; bin < firstBins[band + 1]!; bin += 1)
        power = Math.max(power, this.#spectrum[2 * bin]! ** 2 + this.#spectrum[2 * bin + 1]! ** 2);
      // A full-scale tone has a quarter of the window's length as its magnitude under Hann's window.
      const db = 10 * Math.log10(power / (windowSize / 4) ** 2 + 1e-12);
      const value = Math.round((255 * (db - floorDb)) / -floorDb);
      loudness[band] = Math.max(loudness[band]!, Math.min(255, Math.max(0, value)));
    }
  }
}
