import type { Studio } from '../studio/studio.ts';
import { exportAnnotations, previewExport } from '../transfer/export-annotations.ts';
import { formats } from '../transfer/formats.ts';
import { importAnnotations } from '../transfer/import-annotations.ts';
import { os } from './implementer.ts';

export const transferHandlers = (studio: Studio) =>
  os.transfer.router({
    formats: os.transfer.formats.handler(() =>
      formats.map(({ id, name, extension, description, read, write }) => ({
        id,
        name,
        extension,
        description,
        reads: read !== undefined,
        writes: write !== undefined,
      })),
    ),
    preview: os.transfer.preview.handler(({ input }) => previewExport(studio.project(), input)),
    export: os.transfer.export.handler(({ input }) => exportAnnotations(studio.project(), input, studio)),
    import: os.transfer.import.handler(({ input }) =>
      importAnnotations(studio.project(), input.format, studio.places.pathOf(input.place)),
    ),
  });
