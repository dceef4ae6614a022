import { BrowserWindow, ipcMain, type IpcMainInvokeEvent } from 'electron';
import type { z } from 'zod';
import { Failure } from '#preload/domain/failure.ts';
import { say } from '#preload/domain/saying.ts';
import { isOurs } from './scheme.ts';

/** Answers what pages of ours ask on a channel; others are refused, and input that is not of `schema`. */
export function answer<Input>(
  channel: string,
  schema: z.ZodType<Input>,
  work: (input: Input, window: BrowserWindow) => Promise<unknown>,
): void {
  ipcMain.handle(channel, async (event, input: unknown) => {
    const window = windowOfOurs(event);
    return work(schema.parse(input), window);
  });
}

function windowOfOurs(event: IpcMainInvokeEvent): BrowserWindow {
  const window = BrowserWindow.fromWebContents(event.sender);
  const frame = event.senderFrame;
  if (!window || !frame || frame.parent !== null || !isOurs(frame.url)) {
    throw new Failure('forbidden', say('Only the studio itself may ask for this.'));
  }
  return window;
}
