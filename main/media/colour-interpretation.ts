import {
  AVCOL_RANGE_JPEG,
  AVCOL_RANGE_MPEG,
  AVCOL_RANGE_UNSPECIFIED,
  AVCOL_SPC_BT709,
  AVCOL_SPC_RESERVED,
  AVCOL_SPC_RGB,
  AVCOL_SPC_SMPTE170M,
  AVCOL_SPC_UNSPECIFIED,
} from 'node-av/constants';
import type { AVColorRange, AVColorSpace } from 'node-av/constants';

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
  const unknown =
    stated.matrix === AVCOL_SPC_UNSPECIFIED || stated.matrix === AVCOL_SPC_RESERVED || stated.matrix === AVCOL_SPC_RGB;
  const range = isFullRangeFormat ? AVCOL_RANGE_JPEG : stated.range;
  return {
    matrix: unknown ? (displayedHeight < 720 ? AVCOL_SPC_SMPTE170M : AVCOL_SPC_BT709) : stated.matrix,
    range: range === AVCOL_RANGE_UNSPECIFIED ? AVCOL_RANGE_MPEG : range,
  };
}
