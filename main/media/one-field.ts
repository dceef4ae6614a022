import type { Frame } from 'node-av/lib';
import { AV_FRAME_FLAG_INTERLACED, AV_FRAME_FLAG_TOP_FIELD_FIRST } from 'node-av/constants';
import { FilterChain, inputKindOf } from './filter-chain.ts';

/** Which of the two fields of an interlaced picture, in order of time. */
export type FieldInTime = 'first' | 'second';

/** Takes one field out of interlaced pictures: every second line, half as high. Whole pictures stay whole. */
export class OneField implements Disposable {
  readonly #chains = new Map<string, FilterChain>();

  /** On loan until the next call. */
  of(frame: Frame, field: FieldInTime): Frame {
    if (!frame.hasFlags(AV_FRAME_FLAG_INTERLACED)) return frame;
    const isTop = frame.hasFlags(AV_FRAME_FLAG_TOP_FIELD_FIRST) === (field === 'first');
    const kind = `${isTop ? 'top' : 'bottom'} ${inputKindOf(frame)}`;
    const chain = this.#chains.get(kind) ?? new FilterChain(frame, [['field', `type=${isTop ? 'top' : 'bottom'}`]]);
    this.#chains.set(kind, chain);
    return chain.run(frame);
  }

  [Symbol.dispose](): void {
    for (const chain of this.#chains.values()) chain[Symbol.dispose]();
  }
}
