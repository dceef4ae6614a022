import type { ContractRouterClient } from '@orpc/contract';
import type { Span } from '../domain/span.ts';
import { attributes } from './attributes.ts';
import { classes } from './classes.ts';
import { history } from './history.ts';
import { layers } from './layers.ts';
import { models } from './models.ts';
import { people } from './people.ts';
import { places } from './places.ts';
import { projects } from './projects.ts';
import { quality } from './quality.ts';
import { recordings } from './recordings.ts';
import { reviews, segments } from './segments.ts';
import { shards } from './shards.ts';
import { splits } from './splits.ts';
import { studio } from './studio.ts';
import { tuning } from './tuning.ts';
import { versions } from './versions.ts';
import { videos } from './videos.ts';
import { analysis, jobs, transfer } from './work.ts';

/**
 * Everything that may be asked of the backend, as data: the handlers' types, the client's proxy and the checks at the
 * border all derive from it. Failures arrive as `{ code, message, data }` with a code of `domain/failure.ts`;
 * `data` holds the details, and as `said` the message with its values apart.
 */
export const contract = {
  studio,
  people,
  places,
  projects,
  videos,
  classes,
  attributes,
  recordings,
  segments,
  reviews,
  splits,
  layers,
  history,
  analysis,
  shards,
  jobs,
  models,
  transfer,
  tuning,
  quality,
  versions,
};

export type Contract = typeof contract;
export type BackendClient = ContractRouterClient<Contract>;

/** The header in which a page that was let in on loopback proves that it is that page. The desktop needs none. */
export const proofHeader = 'x-cuepoint-proof';

/** The header in which a page says which window it is, by a name that it made up: windows tell each other's edits apart. */
export const windowHeader = 'x-cuepoint-window';

/** Addresses beside the page, relative to it: the same under every host. */
export const addresses = {
  rpc: 'rpc',
  /** The media file (or its proxy), with byte ranges. */
  media: (videoId: number) => `media/${videoId}`,
  /** `[N + 1]` little-endian doubles: frame starts in microseconds, then the end of the last frame. */
  frameTable: (videoId: number) => `frames/${videoId}`,
  /** A picture of the frame on screen at `atUs`. */
  thumbnail: (videoId: number, atUs: number, width: number) =>
    `thumbnail/${videoId}?at=${Math.round(atUs)}&width=${width}`,
  /** A frame at its own size, pixel for pixel, as PNG. */
  picture: (videoId: number, frame: number) => `picture/${videoId}?frame=${frame}`,
  /** A span in `stripPictures` small pictures, side by side. */
  clipStrip: (videoId: number, { startUs, endUs }: Span, width: number) =>
    `strip/${videoId}?from=${startUs}&to=${endUs}&width=${width}`,
  /** Little-endian float32 peaks `[buckets, 2]` (minimum, maximum); 204 without audio. */
  waveform: (videoId: number) => `waveform/${videoId}`,
  /** A tile of the sound's spectrogram, bytes `[columns, bands]`; 204 without audio. See `domain/spectrogram.ts`. */
  spectrogram: (videoId: number, level: number, tile: number) => `spectrogram/${videoId}?level=${level}&tile=${tile}`,
  /**
   * A tile of a column of a recording, little-endian doubles `[n, 4]`: own times of the first and last sample, lowest and
   * highest value; see `domain/recording.ts`.
   */
  recordingTile: (recordingId: number, column: number, level: number, tile: number) =>
    `recording/${recordingId}?column=${column}&level=${level}&tile=${tile}`,
  /** What `segments.list` answers, as JSON of packed segments. */
  segments: (videoId: number) => `segments/${videoId}`,
  download: (token: string) => `download/${token}`,
} as const;
