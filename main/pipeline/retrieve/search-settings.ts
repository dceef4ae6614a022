/** How moments are found around the places that fit a query. */
export interface SearchSettings {
  readonly top: number;
  readonly smoothingS: number;
  /** A moment reaches from its peak as far as the similarity keeps this share of its rise over the video's lower quartile. */
  readonly edgeShare: number;
  readonly maxHalfLengthS: number;
  /** Moments of one video that are no further apart than this become one. */
  readonly mergeGapS: number;
}

export const defaultSearchSettings: SearchSettings = {
  top: 20,
  smoothingS: 1,
  edgeShare: 0.5,
  maxHalfLengthS: 15,
  mergeGapS: 1,
};
