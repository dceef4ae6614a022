import type { ActionClass } from '#preload/domain/action-class.ts';
import type { Segment } from '#preload/domain/segment.ts';
import { changesBetween, withChanges, type SegmentChanges } from '../../backend/segment-order.ts';
import { changeRows } from './change-rows.ts';
import { layoutRows, type OtherLayer, type RowsLayout, type RowsLook } from './layout-rows.ts';
import { shownOf, type Shown } from '../../shared/shown-segments.ts';

/** All that rows are made of. */
export interface RowsInputs extends RowsLook, Shown {
  readonly classes: readonly ActionClass[];
  /** In order. */
  readonly listed: readonly Segment[];
  readonly layers: readonly OtherLayer[];
}

/** Lays rows out, and after an edit those alone that it concerns: all of a hundred thousand segments take a picture's time. */
export class RowsKeeper {
  #known: { readonly inputs: RowsInputs; readonly layout: RowsLayout } | null = null;

  /** The rows of what is listed, with what is under way laid over it. */
  lay(inputs: RowsInputs, underWay: SegmentChanges): RowsLayout {
    const layout = this.#changed(inputs) ?? all(inputs, inputs.listed, this.#known?.layout);
    this.#known = { inputs, layout };
    return (
      changeRows(layout, shownChanges(underWay, inputs)) ?? all(inputs, withChanges(inputs.listed, underWay), layout)
    );
  }

  /** What was laid out last, as far as it came to this by edits that are known; null where it did not. */
  #changed(inputs: RowsInputs): RowsLayout | null {
    if (!this.#known || !sameButList(inputs, this.#known.inputs)) return null;
    const steps = changesBetween(this.#known.inputs.listed, inputs.listed);
    let layout: RowsLayout | null = steps && this.#known.layout;
    for (const step of steps ?? []) layout &&= changeRows(layout, shownChanges(step, inputs));
    return layout;
  }
}

const all = (inputs: RowsInputs, segments: readonly Segment[], before: RowsLayout | undefined): RowsLayout =>
  layoutRows(inputs.classes, shownOf(segments, inputs), inputs.layers, inputs, before);

const shownChanges = ({ gone, come }: SegmentChanges, shown: Shown): SegmentChanges => ({
  gone: shownOf(gone, shown),
  come: shownOf(come, shown),
});

const sameButList = (a: RowsInputs, b: RowsInputs): boolean =>
  (Object.keys(a) as (keyof RowsInputs)[]).every((name) => name === 'listed' || a[name] === b[name]);
