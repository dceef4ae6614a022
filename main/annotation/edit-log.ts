import { setImmediate } from 'node:timers/promises';
import { invertEdit } from '#preload/domain/edit.ts';
import type { Edit, RowChange } from '#preload/domain/edit.ts';
import { Failure } from '#preload/domain/failure.ts';
import type { Segment } from '#preload/domain/segment.ts';
import type { ProjectDatabase } from '../database/project-database.ts';
import { isEmptyEdit } from './edit-value.ts';
import { signEdit } from './sign-edit.ts';
import { isSameAction, isUntouchedProposal } from './replace-proposals.ts';

/**
 * Every change of annotations goes through here: rows and log in one transaction, on the disk when the method returns.
 * Undo and redo read the log, so they outlive the program.
 */
export class EditLog {
  readonly #database: ProjectDatabase;
  readonly #committed: (edit: Edit) => void;
  readonly #annotator: () => string;

  /**
   * `committed` is told of every edit, undo and redo once it is stored, as the change that was made; `annotator` names
   * the person at this machine, or is empty.
   */
  constructor(database: ProjectDatabase, committed: (edit: Edit) => void, annotator: () => string = () => '') {
    this.#database = database;
    this.#committed = committed;
    this.#annotator = annotator;
  }

  /**
   * Stores the edit that `build` makes from the rows as they are, signed by who is here, and answers it. An edit that
   * changes nothing is not logged. An undoable one ends the possibility to redo what was undone before it. `unfinished` is
   * for a part of a series of which others follow: it need not be on the disk before they are.
   */
  commit<Built extends Edit | { readonly edit: Edit }>(build: () => Built, series?: 'unfinished'): Built {
    const store = <Result>(work: () => Result): Result =>
      series === 'unfinished' ? this.#database.relaxedTransaction(work) : this.#database.transaction(work);
    const stored = store(() => {
      const built = build();
      const edit = signEdit(editIn(built), this.#annotator());
      const made = ('edit' in built ? { ...built, edit } : edit) as Built;
      if (isEmptyEdit(edit)) return made;
      // What a person decided of may have been replaced by a model run in that moment, as between undo and redo.
      this.#write(edit, edit.record === 'undoable' ? 'over-model-runs' : 'as-is');
      if (edit.record === 'undoable') this.#database.edits.discardUndone();
      this.#database.edits.append(edit, Date.now());
      if (edit.record === 'silent') {
        this.#database.edits.forgetRuns(edit.segments.flatMap((change) => change.before?.id ?? []));
      }
      return made;
    });
    const edit = editIn(stored);
    if (!isEmptyEdit(edit)) this.#committed(edit);
    return stored;
  }

  /** Takes back the last undoable edit. Fails with `nothing-to-do` where there is none. */
  undo(): Edit {
    const edit = this.#database.transaction(() => {
      const last = this.#database.edits.lastDone();
      if (last === null) throw new Failure('nothing-to-do', 'There is nothing to undo.');
      const inverse = invertEdit(last.edit);
      this.#write(inverse, 'over-model-runs');
      this.#database.edits.setStanding(last.id, 'undone');
      return inverse;
    });
    this.#committed(edit);
    return edit;
  }

  /** Does again what was undone last. Fails with `nothing-to-do` where there is nothing. */
  redo(): Edit {
    const edit = this.#database.transaction(() => {
      const next = this.#database.edits.firstUndone();
      if (next === null) throw new Failure('nothing-to-do', 'There is nothing to redo.');
      this.#write(next.edit, 'over-model-runs');
      this.#database.edits.setStanding(next.id, 'done');
      return next.edit;
    });
    this.#committed(edit);
    return edit;
  }

  /** Takes back the last undoable edit and all before it that are of its series, each stored before the next. */
  async undoStep(): Promise<Edit> {
    const edit = this.undo();
    await this.#repeatInSeries(
      edit,
      () => this.#database.edits.lastDone()?.edit,
      () => this.undo(),
    );
    return edit;
  }

  /** Does again what was undone last, with all after it that are of its series. */
  async redoStep(): Promise<Edit> {
    const edit = this.redo();
    await this.#repeatInSeries(
      edit,
      () => this.#database.edits.firstUndone()?.edit,
      () => this.redo(),
    );
    return edit;
  }

  async #repeatInSeries({ series }: Edit, next: () => Edit | undefined, go: () => void): Promise<void> {
    if (series === undefined) return;
    while (next()?.series === series) {
      await setImmediate();
      go();
    }
  }

  /** Labels of what undo and redo would do next; null for nothing. */
  state(): { readonly undo: string | null; readonly redo: string | null } {
    const { edits } = this.#database;
    return { undo: edits.lastDone()?.edit.label ?? null, redo: edits.firstUndone()?.edit.label ?? null };
  }

  #write(edit: Edit, manner: 'as-is' | 'over-model-runs'): void {
    const { classes, reviews, segments, videos } = this.#database;
    for (const { after } of edit.classes) if (after !== null) classes.put(after);
    for (const { after } of edit.videos) if (after !== null) videos.setRemoved(after.id, after.removed);
    for (const { before, after } of edit.splits) videos.setSplit((after ?? before)!.videoId, after?.split ?? null);
    for (const change of edit.segments) {
      if (manner === 'over-model-runs' && this.#isReplaced(change)) {
        if (change.after === null || isUntouchedProposal(change.after)) continue;
        this.#dropProposalsOf(change.after);
      }
      if (change.after === null) segments.drop(change.before!.id);
      else segments.put(change.after);
    }
    for (const { before, after } of edit.reviews) {
      if (after === null) reviews.drop(before!.videoId, before!.classId);
      else reviews.put(after);
    }
    for (const { before, after } of edit.classes) if (after === null) this.#dropClass(before!.id);
  }

  /** Whether a model run has since replaced the proposal that this change begins with. */
  #isReplaced({ before }: RowChange<Segment>): boolean {
    return before !== null && this.#database.segments.get(before.id) === null;
  }

  /** A decision that returns takes the place of what a model run has proposed for the same action meanwhile. */
  #dropProposalsOf(decided: Segment): void {
    const { segments } = this.#database;
    for (const segment of segments.ofVideo(decided.videoId)) {
      if (isUntouchedProposal(segment) && isSameAction(decided, segment)) segments.drop(segment.id);
    }
  }

  /** Only a model run can have put segments under a class whose addition is undone: people's later edits are undone first. */
  #dropClass(classId: number): void {
    for (const segment of this.#database.segments.rowsOfClass(classId)) this.#database.segments.drop(segment.id);
    this.#database.classes.drop(classId);
  }
}

const editIn = (built: Edit | { readonly edit: Edit }): Edit => ('edit' in built ? built.edit : built);
