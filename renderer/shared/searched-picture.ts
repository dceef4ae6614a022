import { t } from '../language/language.ts';
import type { SearchedPicture } from './studio-state.ts';

/** Larger ones are made smaller before they are sent: image encoders see a few hundred pixels. */
const largestSide = 640;
const previewHeight = 44;
const mostBytes = 100 * 1024 * 1024;

/** A picture that a person gave cannot be searched for: why, in a sentence for them. */
export class UnreadablePicture extends Error {}

/**
 * Reads a picture to search for, whatever this browser decodes, upright and with its transparent parts white. Rejects
 * with an `UnreadablePicture`.
 */
export async function readPicture(file: Blob, name: string): Promise<SearchedPicture> {
  if (file.size > mostBytes)
    throw new UnreadablePicture(
      t('"{{name}}" is larger than 100 MB. Save it smaller, or as JPEG, and try again.', { name }),
    );
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(file);
  } catch {
    throw new UnreadablePicture(
      t('"{{name}}" cannot be read as a picture. It may be damaged: try a PNG, JPEG, WebP or GIF file.', { name }),
    );
  }
  try {
    const scale = Math.min(1, largestSide / Math.max(bitmap.width, bitmap.height));
    const [width, height] = [bitmap.width, bitmap.height].map((side) => Math.max(1, Math.round(side * scale)));
    const pixels = drawn(bitmap, width!, height!).getContext('2d')!.getImageData(0, 0, width!, height!).data;
    const rgb = new Uint8Array(3 * width! * height!);
    for (let from = 0, to = 0; from < pixels.length; from += 4, to += 3) {
      rgb[to] = pixels[from]!;
      rgb[to + 1] = pixels[from + 1]!;
      rgb[to + 2] = pixels[from + 2]!;
    }
    const preview = drawn(bitmap, Math.max(1, Math.round((previewHeight * width!) / height!)), previewHeight);
    return { name, preview: preview.toDataURL(), picture: { width: width!, height: height!, rgb: inBase64(rgb) } };
  } finally {
    bitmap.close();
  }
}

function drawn(bitmap: ImageBitmap, width: number, height: number): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const painter = canvas.getContext('2d', { willReadFrequently: true })!;
  painter.fillStyle = '#fff';
  painter.fillRect(0, 0, width, height);
  painter.imageSmoothingQuality = 'high';
  painter.drawImage(bitmap, 0, 0, width, height);
  return canvas;
}

function inBase64(bytes: Uint8Array): string {
  let text = '';
  // So many arguments at most fit a call.
  for (let from = 0; from < bytes.length; from += 32_768)
    text += String.fromCharCode(...bytes.subarray(from, from + 32_768));
  return btoa(text);
}
