import type { TableColumns } from '#preload/domain/table-columns.ts';
import type { ImportedAnnotations } from './annotation-set.ts';
import type { RowPacks } from './packed-rows.ts';
import type { Saying } from '#preload/domain/saying.ts';

/** What the thread that reads annotations is asked. */
export interface ReadingCalls {
  read: {
    input: { readonly format: string; readonly path: string; readonly columns: TableColumns | null };
    output: {
      readonly classes: ImportedAnnotations['classes'];
      readonly videos: ImportedAnnotations['videos'];
      readonly attributes: NonNullable<ImportedAnnotations['attributes']>;
      readonly segmentsOfVideo: readonly number[];
      readonly segments: RowPacks;
      readonly faults: RowPacks;
      readonly warnings: readonly Saying[];
    };
  };
  tellFormats: {
    input: { readonly path: string };
    output: readonly string[];
  };
}
