import { fitSpan } from '#main/annotation/fit-span.ts';
import { Failure } from '#preload/domain/failure.ts';
import { spectrogramLevels, spectrogramTileSpan } from '#preload/domain/spectrogram.ts';
import { secondsOf, type Span } from '#preload/domain/span.ts';
import type { Studio } from './studio.ts';
import { frameAsPng } from './frame-as-png.ts';
import { SharedResults } from './shared-results.ts';

export interface Picture {
  readonly mime: string;
  readonly bytes: Uint8Array;
}

/** Pictures kept in memory: a few long filmstrips. */
const keptPictures = 2000;
/** Wider ones stand in for a video that cannot be played, a tenth of a megabyte each; the page keeps its own as well. */
const widestSmallPicture = 400;
const keptStills = 100;
/** Some tens of kilobytes each: a few screens full. */
const keptStrips = 300;
const widestStrip = 320;
const keptWaveforms = 50;
/** 16 kB each. */
const keptSpectrogramTiles = 1000;

/** Peaks per second of audio, within what a screen can show of a whole video. */
const peaksPerSecond = 50;
const fewestPeaks = 500;
const mostPeaks = 50_000;

/** What the player and the timeline draw, asked of the engine once and kept while it is likely to be wanted again. */
export class MediaForPlayer {
  readonly #studio: Studio;
  readonly #pictures = new SharedResults<Picture>(keptPictures);
  readonly #strips = new SharedResults<Picture>(keptStrips);
  readonly #stills = new SharedResults<Picture>(keptStills);
  readonly #waveforms = new SharedResults<Float32Array | null>(keptWaveforms);

  readonly #spectrogramTiles = new SharedResults<Uint8Array | null>(keptSpectrogramTiles);

  constructor(studio: Studio) {
    this.#studio = studio;
  }

  /** The video's own file where the player shows it, else its playable copy. Fails with `not-found` where it is missing. */
  pathOf(videoId: number): string {
    const project = this.#studio.project();
    const video = project.video(videoId);
    const proxy = video.facts.browserPlayable ? null : project.proxyOf(video);
    return proxy ?? project.indexedMedia(videoId).path;
  }

  /** The frame on screen at `atUs`, `width` pixels wide. Fails as decoding does. */
  async thumbnail(videoId: number, atUs: number, width: number, signal?: AbortSignal): Promise<Picture> {
    const project = this.#studio.project();
    const { checksum } = project.video(videoId);
    const frame = project.frames(videoId).frameAt(atUs);
    return (width > widestSmallPicture ? this.#stills : this.#pictures).get(
      `${checksum}:${frame}:${width}`,
      (whileWanted) =>
        this.#studio.engine.run(
          'thumbnail',
          { media: project.indexedMedia(videoId), atUs, width },
          { signal: whileWanted },
        ),
      signal,
    );
  }

  /** A frame at its own size, pixel for pixel, as PNG. Fails as decoding does, and with `bad-input` for no frame. */
  async framePng(videoId: number, frame: number, signal?: AbortSignal): Promise<Uint8Array> {
    const media = this.#studio.project().indexedMedia(videoId);
    return frameAsPng(this.#studio.engine, media, frame, signal);
  }

  /** A span of a video in small pictures, side by side, each `width` pixels wide at most. Fails as decoding does. */
  async clipStrip(videoId: number, given: Span, width: number, signal?: AbortSignal): Promise<Picture> {
    const project = this.#studio.project();
    const { checksum } = project.video(videoId);
    const span = fitSpan(given, project.frames(videoId), undefined);
    const pictureWidth = Math.min(Math.max(width, 16), widestStrip);
    return this.#strips.get(
      `${checksum}:${span.startUs}:${span.endUs}:${pictureWidth}`,
      (whileWanted) =>
        this.#studio.engine.run(
          'clipStrip',
          { media: project.indexedMedia(videoId), span, width: pictureWidth },
          { signal: whileWanted },
        ),
      signal,
    );
  }

  /** One tile `[columns, bands]` of what the sound is made of; null without audio. */
  async spectrogram(videoId: number, level: number, tile: number, signal?: AbortSignal): Promise<Uint8Array | null> {
    const project = this.#studio.project();
    const { checksum, facts } = project.video(videoId);
    if (level >= spectrogramLevels || spectrogramTileSpan(level, tile).startUs >= facts.endUs)
      throw new Failure('not-found', 'The sound has no such part.', { videoId, level, tile });
    if (!facts.hasAudio) return null;
    return this.#spectrogramTiles.get(
      `${checksum}:${level}:${tile}`,
      (whileWanted) => {
        const media = project.indexedMedia(videoId);
        return this.#studio.engine.run('spectrogram', { media, level, tile }, { signal: whileWanted });
      },
      signal,
    );
  }

  /** `[buckets, 2]` minimum and maximum; null without audio. */
  async waveform(videoId: number, signal?: AbortSignal): Promise<Float32Array | null> {
    const project = this.#studio.project();
    const { checksum, facts } = project.video(videoId);
    if (!facts.hasAudio) return null;
    const buckets = Math.round(Math.min(Math.max(secondsOf(facts.endUs) * peaksPerSecond, fewestPeaks), mostPeaks));
    return this.#waveforms.get(
      checksum,
      (whileWanted) => {
        const media = project.indexedMedia(videoId);
        return this.#studio.engine.run('waveform', { media, buckets }, { signal: whileWanted });
      },
      signal,
    );
  }
}
