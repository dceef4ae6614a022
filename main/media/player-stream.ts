import { avGetCodecName } from 'node-av/lib';
import type { FormatContext, Stream } from 'node-av/lib';
import {
  AVMEDIA_TYPE_VIDEO,
  AV_CODEC_ID_NONE,
  AV_DISPOSITION_DEFAULT,
  AV_DISPOSITION_ATTACHED_PIC,
  AV_DISPOSITION_TIMED_THUMBNAILS,
} from 'node-av/constants';

/** Codecs whose streams Chromium's demuxer takes for video; it steps over streams of any other. */
const playerCodecs = new Set(['h264', 'hevc', 'vp8', 'vp9', 'av1', 'theora', 'mpeg4']);

/** Codecs of single pictures: beside a film they are covers, previews or title cards. */
const pictureCodecs = new Set(['mjpeg', 'png', 'bmp', 'tiff', 'webp', 'gif', 'jpeg2000', 'jpegxl', 'ppm']);

/** The video streams of a container that may be a film, in its order. */
export const videoStreams = (format: FormatContext): Stream[] =>
  format.streams.filter(
    (stream) =>
      stream.codecpar.codecType === AVMEDIA_TYPE_VIDEO &&
      stream.codecpar.codecId !== AV_CODEC_ID_NONE &&
      // A song's cover picture is stored as a video stream of one packet.
      !stream.hasDisposition(AV_DISPOSITION_ATTACHED_PIC) &&
      !stream.hasDisposition(AV_DISPOSITION_TIMED_THUMBNAILS),
  );

/**
 * The video stream that a person sees: of those that a browser can show the first that is not switched off, whatever
 * sizes the others have; where it can show none, the first film, and at last the first pictures.
 */
export function playerStream(format: FormatContext): Stream | null {
  // A track of an MP4 or MOV file may be switched off; in other containers such a mark is only a wish.
  const switchesOff = (format.iformat?.name ?? '').includes('mp4');
  const rank = (stream: Stream): number => {
    const codec = avGetCodecName(stream.codecpar.codecId) ?? '';
    const isOff = switchesOff && !stream.hasDisposition(AV_DISPOSITION_DEFAULT);
    return (pictureCodecs.has(codec) ? 4 : playerCodecs.has(codec) ? 0 : 2) + (isOff ? 1 : 0);
  };
  return videoStreams(format).reduce<Stream | null>(
    (best, stream) => (best === null || rank(stream) < rank(best) ? stream : best),
    null,
  );
}
