import { AVFMT_NOTIMESTAMPS } from 'node-av/constants';
import type { VideoFile } from './video-file.ts';

/** Whether a container stores no times of pictures, but only their number, or nothing at all; FFmpeg makes up the rest. */
export function countsTimes({ format }: VideoFile): boolean {
  const { flags = 0, name = '' } = format.iformat ?? {};
  return (flags & AVFMT_NOTIMESTAMPS) !== 0 || /^(avi|dv|image2|.*_pipe|yuv4mpegpipe|mjpeg)$/.test(name ?? '');
}
