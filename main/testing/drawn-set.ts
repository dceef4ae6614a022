import { exportOptions } from '#preload/contract/work.ts';
import type { AnnotationSet } from '../transfer/annotation-set.ts';

/** A set of annotations as an export gets it, its classes by their names, numbered from 1. */
export const drawnSet = (
  {
    videos,
    labels,
    segments,
    attributes = [],
    parents = [],
  }: Pick<AnnotationSet, 'videos' | 'segments'> & {
    readonly labels: readonly string[];
    readonly attributes?: AnnotationSet['attributes'];
    /** Of each label, the place of the one that it lies below, from 1. */
    readonly parents?: readonly (number | undefined)[];
  },
  options: Parameters<typeof exportOptions.parse>[0] = {},
): AnnotationSet => ({
  videos,
  classes: labels.map((name, position) => ({
    id: position + 1,
    name,
    prompt: name,
    colour: '#e69f00',
    digitKey: null,
    position,
    removed: false,
    ...(parents[position] !== undefined && { parentId: parents[position] }),
  })),
  segments,
  attributes,
  reviews: [],
  version: '0.1.0',
  samplingFps: 4,
  options: exportOptions.parse(options),
});
