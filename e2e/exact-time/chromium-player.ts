import type { Page } from 'playwright-core';
import { launchChromium } from '../chromium.ts';
import { startFileServer } from './file-server.ts';

/** What a `<video>` shows: its pixels as drawn on a canvas, and the time that the browser gives this frame. */
export interface ShownFrame {
  readonly width: number;
  readonly height: number;
  /** RGBA, `[height, width, 4]`. */
  readonly rgba: Uint8Array;
  readonly mediaTimeUs: number;
}

export interface OpenedVideo {
  readonly width: number;
  readonly height: number;
  readonly durationUs: number;
  /** The frame on screen after seeking there. It must be another one than before: a browser does not draw one twice. */
  frameAt(us: number): Promise<ShownFrame>;
}

/** A Chromium window that plays videos, to see what a person would see. */
export interface ChromiumPlayer extends AsyncDisposable {
  /** Opens a video file; rejects with the browser's reason where it cannot play it. */
  open(file: string): Promise<OpenedVideo>;
}

export async function startChromiumPlayer(): Promise<ChromiumPlayer> {
  const server = await startFileServer('<!doctype html><title>player</title><body></body>');
  const { context, ...browser } = await launchChromium();
  const page = await context.newPage();
  await page.goto(server.origin);
  return {
    open: async (file) => openVideo(page, server.addressOf(file)),
    async [Symbol.asyncDispose]() {
      await browser[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
    },
  };
}

async function openVideo(page: Page, address: string): Promise<OpenedVideo> {
  const opened = await page.evaluate(async (source) => {
    document.querySelector('video')?.remove();
    const video = document.createElement('video');
    video.muted = true;
    video.preload = 'auto';
    document.body.append(video);
    await new Promise<void>((resolve, reject) => {
      // A frame must have been shown once: before that, a seek may be answered by the first frame.
      video.requestVideoFrameCallback(() => resolve());
      video.addEventListener('error', () => reject(new Error(video.error?.message ?? 'unknown')), { once: true });
      video.src = source;
    });
    return { width: video.videoWidth, height: video.videoHeight, durationUs: video.duration * 1e6 };
  }, address);
  return { ...opened, frameAt: (us) => frameAt(page, us) };
}

async function frameAt(page: Page, us: number): Promise<ShownFrame> {
  const shown = await page.evaluate(async (seconds) => {
    const video = document.querySelector('video')!;
    const mediaTime = await new Promise<number>((resolve, reject) => {
      let sought = false;
      let time: number | null = null;
      const settle = (): void => {
        if (sought && time !== null) resolve(time);
      };
      // Both must have happened: the seek is over, and a frame that it brought has reached the screen.
      video.requestVideoFrameCallback((_now, metadata) => {
        time = metadata.mediaTime;
        settle();
      });
      const haveSought = (): void => {
        sought = true;
        settle();
      };
      video.addEventListener('seeked', haveSought, { once: true });
      video.addEventListener('error', () => reject(new Error(video.error?.message ?? 'unknown')), { once: true });
      video.currentTime = seconds;
    });
    const canvas = new OffscreenCanvas(video.videoWidth, video.videoHeight);
    const painter = canvas.getContext('2d', { willReadFrequently: true })!;
    painter.drawImage(video, 0, 0);
    const { data, width, height } = painter.getImageData(0, 0, canvas.width, canvas.height);
    // base64 crosses the debugger's wire far faster than an array of numbers.
    let binary = '';
    for (let at = 0; at < data.length; at += 32_768) binary += String.fromCharCode(...data.subarray(at, at + 32_768));
    return { width, height, base64: btoa(binary), mediaTime };
  }, us / 1e6);
  const { width, height, base64, mediaTime } = shown;
  return { width, height, rgba: Buffer.from(base64, 'base64'), mediaTimeUs: Math.round(mediaTime * 1e6) };
}
