import type { Frame } from 'node-av/lib';
import {
  AVCOL_PRI_BT2020,
  AVCOL_PRI_BT709,
  AVCOL_PRI_RESERVED,
  AVCOL_PRI_RESERVED0,
  AVCOL_PRI_SMPTE428,
  AVCOL_PRI_UNSPECIFIED,
  AVCOL_SPC_BT2020_CL,
  AVCOL_SPC_BT2020_NCL,
  AVCOL_SPC_CHROMA_DERIVED_CL,
  AVCOL_SPC_CHROMA_DERIVED_NCL,
  AVCOL_SPC_ICTCP,
  AVCOL_SPC_YCGCO,
  AVCOL_TRC_ARIB_STD_B67,
  AVCOL_TRC_BT1361_ECG,
  AVCOL_TRC_BT2020_10,
  AVCOL_TRC_BT2020_12,
  AVCOL_TRC_BT709,
  AVCOL_TRC_RESERVED,
  AVCOL_TRC_RESERVED0,
  AVCOL_TRC_SMPTE170M,
  AVCOL_TRC_SMPTE2084,
  AVCOL_TRC_SMPTE428,
  AVCOL_TRC_UNSPECIFIED,
} from 'node-av/constants';
import type { AVColorPrimaries, AVColorSpace, AVColorTransferCharacteristic } from 'node-av/constants';
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

/** What a stream says of its colours (ITU-T H.273). */
export interface ColourTags {
  readonly matrix: AVColorSpace;
  readonly transfer: AVColorTransferCharacteristic;
  readonly primaries: AVColorPrimaries;
}

/**
 * The tags with which zimg decodes a wide picture: what a stream leaves open is filled in, and what cannot be meant
 * together (constant luminance is defined for ordinary brightness, ICtCp for high dynamic range) gives way to the matrix.
 */
export function decodableTags({ matrix, transfer, primaries }: ColourTags): ColourTags {
  const isIctcp = matrix === AVCOL_SPC_ICTCP;
  const usual = matrix === AVCOL_SPC_YCGCO ? AVCOL_PRI_BT709 : AVCOL_PRI_BT2020;
  const primariesFit = isIctcp ? primaries === AVCOL_PRI_BT2020 : !withoutPrimaries.includes(primaries);
  const transferFits = isIctcp
    ? isHighDynamicRange(transfer)
    : matrix === AVCOL_SPC_BT2020_CL
      ? ordinaryTransfers.includes(transfer)
      : !withoutTransfer.includes(transfer);
  return {
    matrix: isWideMatrix(matrix) ? matrix : AVCOL_SPC_BT2020_NCL,
    transfer: transferFits ? transfer : isIctcp ? AVCOL_TRC_SMPTE2084 : AVCOL_TRC_BT709,
    primaries: primariesFit ? primaries : usual,
  };
}

/** Whether something that a wide picture states cannot be so, and its colours are therefore a guess. */
export function contradictsItself(stated: ColourTags): boolean {
  const { transfer, primaries } = decodableTags(stated);
  return (
    (stated.transfer !== AVCOL_TRC_UNSPECIFIED && stated.transfer !== transfer) ||
    (stated.primaries !== AVCOL_PRI_UNSPECIFIED && stated.primaries !== primaries)
  );
}

/** One curve under several names. */
const ordinaryTransfers: readonly AVColorTransferCharacteristic[] = [
  AVCOL_TRC_BT709,
  AVCOL_TRC_SMPTE170M,
  AVCOL_TRC_BT2020_10,
  AVCOL_TRC_BT2020_12,
];

/** Without a meaning, or without one that zimg knows. */
const withoutTransfer: readonly AVColorTransferCharacteristic[] = [
  AVCOL_TRC_RESERVED0,
  AVCOL_TRC_UNSPECIFIED,
  AVCOL_TRC_RESERVED,
  AVCOL_TRC_BT1361_ECG,
  AVCOL_TRC_SMPTE428,
];

/** As well; those of SMPTE 428 are no colours that a matrix could be derived from. */
const withoutPrimaries: readonly AVColorPrimaries[] = [
  AVCOL_PRI_RESERVED0,
  AVCOL_PRI_UNSPECIFIED,
  AVCOL_PRI_RESERVED,
  AVCOL_PRI_SMPTE428,
];

function completeTags(frame: Frame): void {
  const tags = decodableTags({ matrix: frame.colorSpace, transfer: frame.colorTrc, primaries: frame.colorPrimaries });
  frame.colorSpace = tags.matrix;
  frame.colorTrc = tags.transfer;
  frame.colorPrimaries = tags.primaries;
}
