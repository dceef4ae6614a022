import type { Frame } from 'node-av/lib';
import {
  AVCOL_PRI_BT2020,
  AVCOL_PRI_BT709,
  AVCOL_PRI_UNSPECIFIED,
  AVCOL_SPC_BT2020_CL,
  AVCOL_SPC_BT2020_NCL,
  AVCOL_SPC_CHROMA_DERIVED_CL,
  AVCOL_SPC_CHROMA_DERIVED_NCL,
  AVCOL_SPC_ICTCP,
  AVCOL_SPC_YCGCO,
  AVCOL_TRC_ARIB_STD_B67,
  AVCOL_TRC_BT709,
  AVCOL_TRC_SMPTE2084,
  AVCOL_TRC_UNSPECIFIED,
} from 'node-av/constants';
import type { AVColorSpace, AVColorTransferCharacteristic } from 'node-av/constants';
import { FilterChain, inputKindOf } from './filter-chain.ts';
import type { FilterStage } from './filter-chain.ts';

/** Matrices that FFmpeg's scaler has no numbers for; zimg has. */
const wideMatrices: readonly AVColorSpace[] = [
  AVCOL_SPC_YCGCO,
  AVCOL_SPC_BT2020_CL,
  AVCOL_SPC_CHROMA_DERIVED_NCL,
  AVCOL_SPC_CHROMA_DERIVED_CL,
  AVCOL_SPC_ICTCP,
];

/** Transfer functions of high dynamic range: perceptual quantiser, hybrid log-gamma. */
export const isHighDynamicRange = (transfer: AVColorTransferCharacteristic): boolean =>
  transfer === AVCOL_TRC_SMPTE2084 || transfer === AVCOL_TRC_ARIB_STD_B67;

/** Whether chroma is coded in a way that neither FFmpeg's scaler nor Chromium undoes. */
export const isWideMatrix = (matrix: AVColorSpace): boolean => wideMatrices.includes(matrix);

/** Whether a frame needs `WideColour` before it can be scaled. */
export const isWideColour = (frame: Frame): boolean =>
  isWideMatrix(frame.colorSpace) || isHighDynamicRange(frame.colorTrc);

/** Brightness of diffuse white, in candela per square metre (ITU-R BT.2408), which becomes the white of the screen. */
const diffuseWhite = 203;

/**
 * Turns frames in colours that the scaler does not know (constant luminance, ICtCp, YCgCo), or of high dynamic range,
 * into planar RGB of ordinary range: matrix undone by zimg, brightness mapped to the screen's, primaries of BT.709.
 */
export class WideColour implements Disposable {
  #chain: FilterChain | null = null;
  #input = '';

  /** On loan until the next call. */
  convert(frame: Frame): Frame {
    completeTags(frame);
    const input = inputKindOf(frame);
    if (!this.#chain || input !== this.#input) {
      this.#chain?.[Symbol.dispose]();
      this.#chain = new FilterChain(frame, isHighDynamicRange(frame.colorTrc) ? toScreenBrightness : toRgb);
      this.#input = input;
    }
    return this.#chain.run(frame);
  }

  [Symbol.dispose](): void {
    this.#chain?.[Symbol.dispose]();
  }
}

const toRgb: readonly FilterStage[] = [
  ['zscale', 'm=gbr:r=full'],
  ['format', 'gbrp'],
];

const toScreenBrightness: readonly FilterStage[] = [
  ['zscale', `t=linear:npl=${diffuseWhite}:m=gbr:r=full`],
  ['format', 'gbrpf32le'],
  ['zscale', 'p=bt709'],
  ['tonemap', 'tonemap=mobius:desat=0'],
  ['zscale', 't=bt709:r=full'],
  ['format', 'gbrp'],
];

/** zimg refuses to guess what a stream leaves open. */
function completeTags(frame: Frame): void {
  if (frame.colorPrimaries === AVCOL_PRI_UNSPECIFIED)
    frame.colorPrimaries = frame.colorSpace === AVCOL_SPC_YCGCO ? AVCOL_PRI_BT709 : AVCOL_PRI_BT2020;
  if (frame.colorTrc === AVCOL_TRC_UNSPECIFIED)
    frame.colorTrc = frame.colorSpace === AVCOL_SPC_ICTCP ? AVCOL_TRC_SMPTE2084 : AVCOL_TRC_BT709;
  if (!wideMatrices.includes(frame.colorSpace) && isHighDynamicRange(frame.colorTrc))
    frame.colorSpace = AVCOL_SPC_BT2020_NCL;
}
