import { fitSpan } from '#main/annotation/fit-span.ts';
import { Failure } from '#preload/domain/failure.ts';
import { say } from '#preload/domain/saying.ts';
import { spectrogramLevels, spectrogramTileSpan } from '#preload/domain/spectrogram.ts';
import { secondsOf, type Span } from '#preload/domain/span.ts';
import { recordingLevels } from '#preload/domain/recording.ts';
import { readTile, readTimeIndex, type TimeIndex } from '../series/read-tile.ts';
import { columnFile, readFacts, seriesFolder, timesFile } from '../series/series-files.ts';
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

/** Of ten million rows 160 kB. */
const keptTimeIndexes = 50;

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

  readonly #timeIndexes = new SharedResults<TimeIndex>(keptTimeIndexes);

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
      throw new Failure('not-found', say('The sound has no such part.'), { videoId, level, tile });
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

  /** A tile of a column of a recording, `[n, 4]`. Fails with `not-found` for one that has not been read. */
  async recordingTile(
    recordingId: number,
    column: number,
    at: { readonly level: number; readonly tile: number },
  ): Promise<Float64Array> {
    const project = this.#studio.project();
    const folder = seriesFolder(project.folder.series, project.recording(recordingId));
    const facts = readFacts(folder);
    if (at.level >= recordingLevels || !facts?.columns.some((each) => each.column === column))
      throw new Failure('not-found', say('This has not been read yet.'), { recordingId, column });
    const times = timesFile(folder);
    const index = await this.#timeIndexes.get(times, async () => readTimeIndex(times, facts.rows));
    return readTile({ times, column: columnFile(folder, column) }, facts.rows, index, at);
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
