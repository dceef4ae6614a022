import { Codec, CodecContext, Frame, Packet, Rational, SoftwareScaleContext } from 'node-av/lib';
import {
  AVCOL_RANGE_JPEG,
  AVCOL_SPC_BT470BG,
  AVCOL_SPC_RGB,
  AV_CODEC_FLAG_QSCALE,
  AV_CODEC_ID_MJPEG,
  AV_PIX_FMT_RGB24,
  AV_PIX_FMT_YUVJ420P,
  FF_QP2LAMBDA,
} from 'node-av/constants';
import { expectOk, silenceFfmpeg } from './ffmpeg.ts';
import type { RgbPixels } from './rgb-pixels.ts';

/** FFmpeg's JPEG quantiser scale, 2 (best) to 31; 4 shows no artefacts at thumbnail sizes. */
const thumbnailQuality = 4;

/** A JPEG of a picture, in JPEG's own colours: BT.601, full range. */
export async function jpegOf({ rgb, width, height }: RgbPixels, quality = thumbnailQuality): Promise<Uint8Array> {
  silenceFfmpeg();
  const codec = Codec.findEncoder(AV_CODEC_ID_MJPEG);
  if (!codec) throw new Error('this FFmpeg was built without a JPEG encoder');
  using context = new CodecContext();
  using scaler = new SoftwareScaleContext();
  using packet = new Packet();
  context.allocContext3(codec);
  context.width = width;
  context.height = height;
  context.pixelFormat = AV_PIX_FMT_YUVJ420P;
  context.colorRange = AVCOL_RANGE_JPEG;
  context.timeBase = new Rational(1, 25);
  context.setFlags(AV_CODEC_FLAG_QSCALE);
  context.globalQuality = quality * FF_QP2LAMBDA;
  expectOk(await context.open2(codec, null), 'opening the JPEG encoder');
  using picture = Frame.fromVideoBuffer(Buffer.from(rgb.buffer, rgb.byteOffset, rgb.byteLength), {
    width,
    height,
    format: AV_PIX_FMT_RGB24,
  });
  picture.colorSpace = AVCOL_SPC_RGB;
  picture.colorRange = AVCOL_RANGE_JPEG;
  using converted = new Frame();
  converted.alloc();
  converted.width = width;
  converted.height = height;
  converted.format = AV_PIX_FMT_YUVJ420P;
  converted.colorSpace = AVCOL_SPC_BT470BG;
  converted.colorRange = AVCOL_RANGE_JPEG;
  expectOk(converted.getBuffer(64), 'making room for a picture');
  scaler.allocContext();
  expectOk(await scaler.scaleFrame(converted, picture), 'converting a picture for JPEG');
  converted.quality = context.globalQuality;
  converted.pts = 0n;
  packet.alloc();
  expectOk(await context.sendFrame(converted), 'encoding a JPEG');
  expectOk(await context.receivePacket(packet), 'encoding a JPEG');
  return Uint8Array.from(packet.data!);
}
