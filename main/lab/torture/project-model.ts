import { seededRandom } from '#main/random/seeded-random.ts';
import type { SeededRandom } from '#main/random/seeded-random.ts';

/** A segment as the model keeps it. */
export interface ModelSegment {
  readonly id: number;
  /** Index of its first frame; every segment is ten frames long. */
  readonly frame: number;
  readonly classId: number;
  readonly state: 'proposed' | 'accepted' | 'rejected';
  readonly note: string;
}

export type ModelEdit =
  | { readonly kind: 'create'; readonly frame: number; readonly classId: number }
  | { readonly kind: 'update'; readonly id: number; readonly state: ModelSegment['state']; readonly note: string }
  | { readonly kind: 'remove'; readonly id: number }
  | { readonly kind: 'undo' }
  | { readonly kind: 'redo' };

/** More segments than these are not drawn, so that every one is edited often. */
const mostSegments = 60;

/** Frames of the film that is edited. */
export const filmFrames = 300;
export const segmentFrames = 10;

/**
 * A project kept in plain arrays beside the real one: it draws edits by its seed, does them, undoes and redoes them.
 * The same seed and number of edits give the same segments, with no database involved.
 */
export class ProjectModel {
  segments: readonly ModelSegment[] = [];
  #nextId = 1;
  readonly #undone: (readonly ModelSegment[])[] = [];
  readonly #before: (readonly ModelSegment[])[] = [];
  readonly #random: SeededRandom;
  #edits = 0;

  constructor(seed: number) {
    this.#random = seededRandom(seed);
  }

  /** As it is after `count` edits. */
  static after(seed: number, count: number): ProjectModel {
    const model = new ProjectModel(seed);
    for (let edit = 0; edit < count; edit += 1) model.do(model.draw());
    return model;
  }

  /** The edit that comes next. */
  draw(): ModelEdit {
    const random = this.#random;
    const kind = random.pick([
      'create',
      'create',
      'update',
      'update',
      'update',
      'remove',
      'undo',
      'undo',
      'redo',
    ] as const);
    const frame = random.below(filmFrames - segmentFrames);
    const classId = 1 + random.below(2);
    const state = random.pick(['proposed', 'accepted', 'rejected'] as const);
    const at = random.below(mostSegments);
    if (kind === 'undo' && this.#before.length > 0) return { kind };
    if (kind === 'redo' && this.#undone.length > 0) return { kind };
    const chosen = this.segments[at % Math.max(1, this.segments.length)];
    if (chosen === undefined || (kind === 'create' && this.segments.length < mostSegments))
      return { kind: 'create', frame, classId };
    if (kind === 'remove' || kind === 'create') return { kind: 'remove', id: chosen.id };
    return { kind: 'update', id: chosen.id, state, note: `edit ${this.#edits} ${'x'.repeat(at * 20)}` };
  }

  do(edit: ModelEdit): void {
    this.#edits += 1;
    if (edit.kind === 'undo') {
      this.#undone.push(this.segments);
      this.segments = this.#before.pop()!;
      return;
    }
    this.#before.push(this.segments);
    if (edit.kind === 'redo') {
      this.segments = this.#undone.pop()!;
      return;
    }
    this.#undone.length = 0;
    this.segments = this.#edited(edit);
  }

  #edited(edit: Exclude<ModelEdit, { kind: 'undo' | 'redo' }>): readonly ModelSegment[] {
    if (edit.kind === 'remove') return this.segments.filter(({ id }) => id !== edit.id);
    if (edit.kind === 'update')
      return this.segments.map((one) => (one.id === edit.id ? { ...one, state: edit.state, note: edit.note } : one));
    const { frame, classId } = edit;
    const id = this.#nextId;
    this.#nextId += 1;
    return [...this.segments, { id, frame, classId, state: 'accepted', note: '' }];
  }
}
