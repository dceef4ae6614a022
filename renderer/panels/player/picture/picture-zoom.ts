import { createStore, type StoreApi } from 'zustand/vanilla';

/** Which part of a stage's picture is seen. */
export interface PictureZoom {
  /** How many times larger than whole; 1 shows all of it. */
  readonly scale: number;
  /** What is in the middle, as shares of the stage's width and height. */
  readonly x: number;
  readonly y: number;
}

/** A place on the stage as it is seen, as shares of its width and height. */
export interface StagePoint {
  readonly x: number;
  readonly y: number;
}

export const wholePicture: PictureZoom = { scale: 1, x: 0.5, y: 0.5 };
export const largestScale = 16;
/** How much larger one press or one notch of a wheel makes it. */
export const zoomStep = 1.25;

const between = (value: number, low: number, high: number): number => Math.min(Math.max(value, low), high);

/** The nearest view that shows nothing beside the stage. Pure. */
function kept({ scale: wanted, x, y }: PictureZoom): PictureZoom {
  const scale = between(wanted, 1, largestScale);
  const half = 0.5 / scale;
  return { scale, x: between(x, half, 1 - half), y: between(y, half, 1 - half) };
}

/** Larger (`factor` above 1) or smaller, with what is seen at `at` staying where it is as far as edges allow. Pure. */
export function zoomedAt(zoom: PictureZoom, at: StagePoint, factor: number): PictureZoom {
  const scale = between(zoom.scale * factor, 1, largestScale);
  const moved = 1 / zoom.scale - 1 / scale;
  return kept({ scale, x: zoom.x + (at.x - 0.5) * moved, y: zoom.y + (at.y - 0.5) * moved });
}

/** Moves what is seen by shares of what is seen: `{ x: 0.5, y: 0 }` is half a view to the right. Pure. */
export const pannedBy = (zoom: PictureZoom, by: StagePoint): PictureZoom =>
  kept({ ...zoom, x: zoom.x + by.x / zoom.scale, y: zoom.y + by.y / zoom.scale });

/** Brings a place of the whole picture into the middle. Pure. */
export const centredOn = (zoom: PictureZoom, at: StagePoint): PictureZoom => kept({ ...zoom, x: at.x, y: at.y });

/** As CSS, for a layer as large as the stage whose origin is its upper left corner. Pure. */
export const transformOf = ({ scale, x, y }: PictureZoom): string =>
  scale === 1 ? 'none' : `translate(${(0.5 - x * scale) * 100}%, ${(0.5 - y * scale) * 100}%) scale(${scale})`;

export type ZoomStore = StoreApi<PictureZoom>;

export const createZoom = (): ZoomStore => createStore<PictureZoom>(() => wholePicture);

/** Of the selected video's picture, which keys and commands move. */
export const mainZoom = createZoom();
