import { createRouterClient } from '@orpc/server';
import type { BackendClient } from '#preload/contract/contract.ts';
import { thisMachine } from '#preload/domain/editor.ts';
import type { Span } from '#preload/domain/span.ts';
import type { Computing } from '#preload/domain/inference-server.ts';
import type { ProjectInfo } from '#preload/contract/projects.ts';
import { createRouter } from './api/router.ts';
import type { Engine } from './engine/tasks.ts';
import { MediaForPlayer } from './studio/media-for-player.ts';
import type { Picture } from './studio/media-for-player.ts';
import { Studio } from './studio/studio.ts';
import type { Download } from './studio/studio.ts';

export interface BackendOptions {
  /** What belongs to the person at this machine: settings, added models, recent projects. Made if need be. */
  readonly homeFolder: string;
  /** Stays the caller's: close the backend first, then the engine. */
  readonly engine: Engine;
  /** Of the program, as written into projects and exports. */
  readonly version: string;
  /** Whether pages look folders up by themselves, as they must where the host has no dialogs; so it is where not given. */
  readonly pagesBrowse?: boolean;
}

/** The studio behind every host: one contract, at most one open project. */
export interface Backend {
  /** The implemented contract, for a carrier such as oRPC's fetch handler. */
  readonly router: ReturnType<typeof createRouter>;
  /** The same, called in this process. */
  readonly client: BackendClient;
  /** The file that the player shows: the video's own, or its playable copy. Fails with `not-found`. */
  mediaPathOf(videoId: number): string;
  /** `[N + 1]` microseconds: frame starts, then the end of the last frame. Fails with `not-found`. */
  frameTableOf(videoId: number): Float64Array;
  /** The frame on screen at `atUs`, `width` pixels wide. Fails as decoding does. */
  thumbnail(videoId: number, atUs: number, width: number, signal?: AbortSignal): Promise<Picture>;
  /** A frame at its own size, pixel for pixel, as PNG. Fails as decoding does. */
  framePng(videoId: number, frame: number, signal?: AbortSignal): Promise<Uint8Array>;
  clipStrip(videoId: number, span: Span, width: number, signal?: AbortSignal): Promise<Picture>;
  /** `[buckets, 2]` minimum and maximum; null without audio. */
  waveform(videoId: number, signal?: AbortSignal): Promise<Float32Array | null>;
  /** A tile of the sound's spectrogram, `[columns, bands]`; null without audio. Fails with `not-found` beyond the video. */
  spectrogram(videoId: number, level: number, tile: number, signal?: AbortSignal): Promise<Uint8Array | null>;
  /** A tile of a column of a recording, `[n, 4]`. Fails with `not-found` for one that has not been read. */
  recordingTile: MediaForPlayer['recordingTile'];
  /** All segments of a video by start time, as JSON of packed segments. Fails with `not-found`. */
  segmentsText(videoId: number): string;
  /** What an export left under a token, once. Fails with `not-found` after that. */
  takeDownload(token: string): Download;
  /** The token of a path that a dialog or a command line gave. */
  placeOf(path: string): { readonly token: string };
  /** The token of a file that a person named whole, to be written whether or not it is there. */
  targetOf(path: string): { readonly token: string };
  openProject(path: string): Promise<ProjectInfo>;
  /** What computes, as this machine's settings say, with the secret of a server. */
  computing(): Computing;
  /** Where the open project lies; null while none is open. */
  openedProject(): string | null;
  /** Calls `listener` whenever another project is opened or the open one closed; answers how to stop. */
  onProject(listener: () => void): () => void;
  /** Pauses downloads, ends jobs (they go on at the next start), backs up and closes the project. */
  close(): Promise<void>;
}

/** The composition root: everything that the hosts share, over an engine that a host has started. */
export function createBackend(options: BackendOptions): Backend {
  const studio = new Studio({ pagesBrowse: true, ...options });
  const router = createRouter(studio);
  const media = new MediaForPlayer(studio);
  return {
    router,
    client: createRouterClient(router, { context: { editor: thisMachine, isOwner: true } }),
    mediaPathOf: (videoId) => media.pathOf(videoId),
    frameTableOf: (videoId) => studio.project().frames(videoId).toArray(),
    thumbnail: (videoId, atUs, width, signal) => media.thumbnail(videoId, atUs, width, signal),
    framePng: (videoId, frame, signal) => media.framePng(videoId, frame, signal),
    clipStrip: (videoId, span, width, signal) => media.clipStrip(videoId, span, width, signal),
    waveform: (videoId, signal) => media.waveform(videoId, signal),
    spectrogram: (videoId, level, tile, signal) => media.spectrogram(videoId, level, tile, signal),
    recordingTile: (recordingId, column, at) => media.recordingTile(recordingId, column, at),
    segmentsText: (videoId) => {
      const project = studio.project();
      return project.database.segments.textOfVideo(project.video(videoId).id);
    },
    takeDownload: (token) => studio.takeDownload(token),
    placeOf: (path) => ({ token: studio.places.choose(path) }),
    targetOf: (path) => ({ token: studio.places.target(path) }),
    computing: () => studio.home.computing(),
    openProject: async (path) => (await studio.openProject(path)).info(),
    openedProject: () => studio.openedProject?.folder.path ?? null,
    onProject: (listener) => studio.changes.listen(({ topic }) => topic === 'project' && listener()),
    close: () => studio.close(),
  };
}
