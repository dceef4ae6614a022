import type { Segment } from '#preload/domain/segment.ts';

/** Who made a segment, in words: "Drawn by a person", "clip-vit-base · zero-shot", "Imported from COCO". */
export function sourceWords(source: Segment['source']): string {
  switch (source.kind) {
    case 'human':
      return 'Drawn by a person';
    case 'model':
      return `${source.model} · ${source.version}`;
    case 'import':
      return `Imported from ${source.format}`;
  }
}
