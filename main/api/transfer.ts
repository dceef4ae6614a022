import type { Studio } from '../studio/studio.ts';
import { exportAnnotations, previewExport } from '../transfer/export-annotations.ts';
import { losesOf } from '../transfer/format.ts';
import { formats } from '../transfer/formats.ts';
import { importAnnotations, previewImport } from '../transfer/import-annotations.ts';
import { lookAtTable } from '../transfer/look-at-table.ts';
import { writeReport } from '../transfer/write-report.ts';
import { os } from './implementer.ts';

export const transferHandlers = (studio: Studio) =>
  os.transfer.router({
    formats: os.transfer.formats.handler(() =>
      formats.map(({ id, name, extensions, description, layout, keeps, options = [], ...codec }) => ({
        id,
        name,
        extensions: [...extensions],
        description,
        layout,
        reads: codec.read !== undefined,
        writes: codec.write !== undefined,
        keeps: [...keeps],
        loses: losesOf({ keeps }),
        readsByColumns: codec.readByColumns !== undefined,
        options: options.map((option) => ({ ...option, choices: [...option.choices] })),
      })),
    ),
    preview: os.transfer.preview.handler(({ input }) => previewExport(studio.project(), input)),
    export: os.transfer.export.handler(({ input }) =>
      exportAnnotations(studio.project(), input, {
        places: studio.places,
        offerDownload: (download) => studio.offerDownload(download),
      }),
    ),
    report: os.transfer.report.handler(async ({ input }) => ({
      path: await writeReport(studio.project(), input, { places: studio.places }),
    })),
    lookAtTable: os.transfer.lookAtTable.handler(({ input }) =>
      lookAtTable(studio.project(), studio.places.pathOf(input.place), input.columns),
    ),
    previewImport: os.transfer.previewImport.handler(({ input }) =>
      previewImport(studio.project(), input.format, studio.places.pathOf(input.place), input.choices),
    ),
    import: os.transfer.import.handler(({ input }) =>
      importAnnotations(studio.project(), input.format, studio.places.pathOf(input.place), input.choices),
    ),
  });
