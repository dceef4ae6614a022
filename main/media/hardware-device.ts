import type { Codec } from 'node-av/lib';
import { HardwareDeviceContext } from 'node-av/lib';
import {
  AV_CODEC_HW_CONFIG_METHOD_HW_DEVICE_CTX,
  AV_HWDEVICE_TYPE_CUDA,
  AV_HWDEVICE_TYPE_D3D11VA,
  AV_HWDEVICE_TYPE_VAAPI,
  AV_HWDEVICE_TYPE_VIDEOTOOLBOX,
} from 'node-av/constants';
import type { AVPixelFormat } from 'node-av/constants';

/** A device that decodes a codec, and the pixel format its pictures have while they are on it. */
export interface HardwareDevice extends Disposable {
  readonly name: string;
  readonly context: HardwareDeviceContext;
  readonly pixelFormat: AVPixelFormat;
}

const preference = [
  AV_HWDEVICE_TYPE_VIDEOTOOLBOX,
  AV_HWDEVICE_TYPE_CUDA,
  AV_HWDEVICE_TYPE_D3D11VA,
  AV_HWDEVICE_TYPE_VAAPI,
];

/** Device types that could not be opened; asking a driver that is not there again and again costs tens of milliseconds. */
const absent = new Set<number>();

/** The first device of this machine that says it decodes `codec`, or null. Whether it really does shows at the first frame. */
export function openHardwareDevice(codec: Codec): HardwareDevice | null {
  for (const type of preference) {
    if (absent.has(type)) continue;
    const pixelFormat = devicePixelFormat(codec, type);
    if (pixelFormat === null) continue;
    const context = new HardwareDeviceContext();
    if (context.create(type, null, null) >= 0) {
      return {
        name: HardwareDeviceContext.getTypeName(type) ?? String(type),
        context,
        pixelFormat,
        [Symbol.dispose]: () => context.free(),
      };
    }
    context.free();
    absent.add(type);
  }
  return null;
}

function devicePixelFormat(codec: Codec, type: (typeof preference)[number]): AVPixelFormat | null {
  for (let index = 0; ; index += 1) {
    const config = codec.getHwConfig(index);
    if (!config) return null;
    if (config.deviceType === type && (config.methods & AV_CODEC_HW_CONFIG_METHOD_HW_DEVICE_CTX) !== 0)
      return config.pixFmt;
  }
}
