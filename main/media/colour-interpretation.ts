import {
  AVCOL_RANGE_JPEG,
  AVCOL_RANGE_MPEG,
  AVCOL_RANGE_UNSPECIFIED,
  AVCOL_SPC_BT2020_NCL,
  AVCOL_SPC_BT470BG,
  AVCOL_SPC_BT709,
  AVCOL_SPC_FCC,
  AVCOL_SPC_RESERVED,
  AVCOL_SPC_RGB,
  AVCOL_SPC_SMPTE170M,
  AVCOL_SPC_SMPTE240M,
  AVCOL_SPC_UNSPECIFIED,
} from 'node-av/constants';
import type { AVColorRange, AVColorSpace } from 'node-av/constants';
import { contradictsItself, isHighDynamicRange, isWideMatrix } from './wide-colour.ts';
import type { ColourTags } from './wide-colour.ts';

/** The matrices that FFmpeg's scaler knows; any other that no one else knows either is taken for unstated. */
const known: readonly AVColorSpace[] = [
  AVCOL_SPC_BT709,
  AVCOL_SPC_FCC,
  AVCOL_SPC_BT470BG,
  AVCOL_SPC_SMPTE170M,
  AVCOL_SPC_SMPTE240M,
  AVCOL_SPC_BT2020_NCL,
];

/** Whether a stream states a matrix that neither this nor `WideColour` knows, or tags that cannot be meant together. */
export function isGuessed(stated: ColourTags): boolean {
  if (isWideMatrix(stated.matrix) || isHighDynamicRange(stated.transfer)) return contradictsItself(stated);
  return ![...known, ...harmless].includes(stated.matrix);
}

/** RGB needs no matrix; what states none is read as players read it. */
const harmless: readonly AVColorSpace[] = [AVCOL_SPC_RGB, AVCOL_SPC_UNSPECIFIED, AVCOL_SPC_RESERVED];

/** How stored luma and chroma become RGB. */
export interface ColourInterpretation {
  readonly matrix: AVColorSpace;
  readonly range: AVColorRange;
}

/**
 * The matrix and range by which Chromium draws a picture. What the stream states holds; a stream that states no matrix
 * is taken for BT.601 below 720 displayed lines and for BT.709 from there on, and one without a range for limited range
 * (Chromium, media/ffmpeg/ffmpeg_common.cc). `isFullRangeFormat` tells the old "J" pixel formats, which are full range.
 */
export function interpretColour(
  stated: ColourInterpretation,
  displayedHeight: number,
  isFullRangeFormat: boolean,
): ColourInterpretation {
  const unknown = !known.includes(stated.matrix);
  const range = isFullRangeFormat ? AVCOL_RANGE_JPEG : stated.range;
  return {
    matrix: unknown ? (displayedHeight < 720 ? AVCOL_SPC_SMPTE170M : AVCOL_SPC_BT709) : stated.matrix,
    range: range === AVCOL_RANGE_UNSPECIFIED ? AVCOL_RANGE_MPEG : range,
  };
}
