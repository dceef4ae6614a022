import type { Studio } from '../studio/studio.ts';
import { mediaSizes, requestExport } from '../jobs/export-job.ts';
import { exportAnnotations, formatToWrite, previewExport, type ExportOutlets } from '../transfer/export-annotations.ts';
import { losesOf } from '../transfer/format.ts';
import { formats } from '../transfer/formats.ts';
import { importAnnotations, previewImport } from '../transfer/import-annotations.ts';
import { lookAtTable } from '../transfer/look-at-table.ts';
import { tellFormatsOnThread } from '../transfer/read-on-thread.ts';
import { writeReport } from '../transfer/write-report.ts';
import { os } from './implementer.ts';

export const transferHandlers = (studio: Studio) => {
  /** Of the project's model; while there is none, of a usual one. */
  const featureDim = (): number => {
    const { model } = studio.project().settings;
    return studio.models.list().find(({ name }) => name === model)?.dim ?? usualDim;
  };
  return os.transfer.router({
    formats: os.transfer.formats.handler(() =>
      formats.map(({ id, name, extensions, description, layout, keeps, options = [], ...codec }) => ({
        id,
        name,
        extensions: [...extensions],
        description,
        layout,
        reads: codec.read !== undefined,
        writes: (codec.write ?? codec.media) !== undefined,
        takesLong: codec.media !== undefined,
        keeps: [...keeps],
        loses: losesOf({ keeps }),
        readsByColumns: codec.readByColumns !== undefined,
        options: options.map((option) => ({ ...option, choices: [...option.choices] })),
      })),
    ),
    preview: os.transfer.preview.handler(({ input: { format, ...options } }) => {
      const work = studio.work();
      return previewExport(work.project, options, format, mediaSizes(work, featureDim()));
    }),
    export: os.transfer.export.handler(async ({ input }) => {
      const format = formatToWrite(input.format, input.options);
      const { places } = studio;
      const { media } = format;
      if (media !== undefined)
        return {
          ...(await requestExport(studio.work(), { ...format, media }, input, { places }, featureDim())),
          url: null,
        };
      const offerDownload: ExportOutlets['offerDownload'] = (download) => studio.offerDownload(download);
      return { ...(await exportAnnotations(studio.project(), format, input, { places, offerDownload })), jobId: null };
    }),
    report: os.transfer.report.handler(async ({ input }) => ({
      path: await writeReport(studio.project(), input, { places: studio.places }),
    })),
    lookAtTable: os.transfer.lookAtTable.handler(({ input }) =>
      lookAtTable(studio.project(), studio.places.pathOf(input.place), input.columns),
    ),
    tellFormats: os.transfer.tellFormats.handler(async ({ input }) => [
      ...(await tellFormatsOnThread(studio.places.pathOf(input.place), studio.project().closing)),
    ]),
    previewImport: os.transfer.previewImport.handler(({ input }) =>
      previewImport(studio.project(), input.format, studio.places.pathOf(input.place), input.choices),
    ),
    import: os.transfer.import.handler(({ input, context }) =>
      importAnnotations(
        studio.project(),
        input.format,
        studio.places.pathOf(input.place),
        input.choices,
        context.editor,
      ),
    ),
  });
};

const usualDim = 512;
