import { disableTypes, imageSize, types } from 'image-size';
import type { Stream } from 'node-av/lib';
import {
  AV_CODEC_ID_BMP,
  AV_CODEC_ID_MJPEG,
  AV_CODEC_ID_PNG,
  AV_CODEC_ID_TIFF,
  AV_CODEC_ID_VP8,
  AV_CODEC_ID_WEBP,
} from 'node-av/constants';
import type { AVCodecID } from 'node-av/constants';

/** Codecs of which every packet is a picture file of its own. */
const pictureFiles = new Set<AVCodecID>([
  AV_CODEC_ID_BMP,
  AV_CODEC_ID_MJPEG,
  AV_CODEC_ID_PNG,
  AV_CODEC_ID_TIFF,
  AV_CODEC_ID_WEBP,
]);

disableTypes(types.filter((type) => !['bmp', 'jpg', 'png', 'tiff', 'webp'].includes(type)));

/** Width and height, as stored, that a packet states; null where it states none. */
export type StatedSize = (packet: Uint8Array) => readonly [width: number, height: number] | null;

/** How packets of a stream state the size of their pictures; null where only decoding tells. */
export function statedSizeOf({ codecpar: { codecId } }: Stream): StatedSize | null {
  if (codecId === AV_CODEC_ID_VP8) return vp8Size;
  return pictureFiles.has(codecId) ? pictureFileSize : null;
}

function pictureFileSize(packet: Uint8Array): readonly [number, number] | null {
  try {
    const { width, height } = imageSize(packet);
    return [width, height];
  } catch {
    // What is no picture is told by the decoder.
    return null;
  }
}

/** RFC 6386, 9.1: a key frame begins with three bytes, a start code of three, and 14 bits each of width and height. */
function vp8Size(packet: Uint8Array): readonly [number, number] | null {
  const [first = 1, , , ...rest] = packet.subarray(0, 10);
  if ((first & 1) !== 0 || rest.length < 7 || rest[0] !== 0x9d || rest[1] !== 0x01 || rest[2] !== 0x2a) return null;
  return [rest[3]! | ((rest[4]! & 0x3f) << 8), rest[5]! | ((rest[6]! & 0x3f) << 8)];
}
