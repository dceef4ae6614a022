import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';

/** The two encoders of a ready-made export, and the weights kept beside them. */
export interface ExportFiles {
  readonly vision: string | null;
  readonly text: string | null;
  /** All files that make up the model, in a fixed order. */
  readonly all: readonly string[];
}

/** Precisions in which exports are published, best first; a folder that holds several is opened in the first. */
const variants = ['', '_fp16', '_quantized', '_int8', '_uint8'];

/** Finds `vision_model.onnx` and `text_model.onnx`, in the folder or in its `onnx/`; null where it holds neither. */
export function findExport(folder: string): ExportFiles | null {
  const find = (stem: string): string | null => {
    const candidates = variants.flatMap((variant) =>
      [folder, path.join(folder, 'onnx')].map((where) => path.join(where, `${stem}${variant}.onnx`)),
    );
    const found = candidates.find((file) => existsSync(file));
    return found === undefined ? null : realpathSync(found);
  };
  const vision = find('vision_model');
  const text = find('text_model');
  if (vision === null && text === null) return null;
  const all = [vision, text]
    .flatMap((file) => (file === null ? [] : [file, `${file}_data`, `${file}.data`]))
    .filter((file) => existsSync(file));
  return { vision, text, all };
}
