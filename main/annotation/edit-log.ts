import { setImmediate } from 'node:timers/promises';
import { thisMachine, type Editor } from '#preload/domain/editor.ts';
import { invertEdit } from '#preload/domain/edit.ts';
import type { Edit, RowChange } from '#preload/domain/edit.ts';
import { Failure } from '#preload/domain/failure.ts';
import { say } from '#preload/domain/saying.ts';
import type { Segment } from '#preload/domain/segment.ts';
import type { Told } from '#preload/domain/saying.ts';
import type { ProjectDatabase } from '../database/project-database.ts';
import { isEmptyEdit } from './edit-value.ts';
import { withWhatYields } from './what-yields.ts';
import { refuseToChangeLocked } from './locked-segments.ts';
import { refuseOverLaterEdits } from './later-edits.ts';
import { RecentWrites } from './recent-writes.ts';
import { RestorePoints } from './restore-points.ts';
import { signEdit } from './sign-edit.ts';
import { isSameAction, isUntouchedProposal } from './replace-proposals.ts';

/**
 * Every change of annotations goes through here: rows and log in one transaction, on the disk when the method returns.
 * Undo and redo read the log, so they outlive the program.
 */
export class EditLog {
  readonly writes = new RecentWrites();
  readonly #points: RestorePoints;
  readonly #database: ProjectDatabase;
  readonly #committed: (edit: Edit) => void;
  readonly #annotator: () => string;

  /**
   * `committed` is told of every edit, undo and redo once it is stored, as the change that was made; `annotator` names
   * the person at this machine where no sign-in does, or is empty.
   */
  constructor(database: ProjectDatabase, committed: (edit: Edit) => void, annotator: () => string = () => '') {
    this.#database = database;
    this.#committed = committed;
    this.#annotator = annotator;
    this.#points = new RestorePoints(database);
  }

  /**
   * Stores the edit that `build` makes from the rows as they are, signed by who asked (`editor`), and answers it. An edit
   * that changes nothing is not logged; one that would change a locked segment fails with `locked`. An undoable one ends
   * the possibility to redo what was undone before it.
   * `unfinished` is for a part of a series of which others follow: it need not be on the disk before they are. `found again`
   * is for what a job computed, whose own end is on the disk no sooner: a loss of power takes both, and it is done again.
   */
  commit<Built extends Edit | { readonly edit: Edit }>(
    build: () => Built,
    editor: Editor = thisMachine,
    mayBeLost?: 'unfinished' | 'found again',
  ): Built {
    const store = <Result>(work: () => Result): Result =>
      mayBeLost === undefined ? this.#database.transaction(work) : this.#database.relaxedTransaction(work);
    const name = this.#nameOf(editor);
    const stored = store(() => {
      const built = build();
      const edit = signEdit(withWhatYields(this.#database, editIn(built)), name);
      const made = ('edit' in built ? { ...built, edit } : edit) as Built;
      if (isEmptyEdit(edit)) return made;
      if (edit.restores === undefined) refuseToChangeLocked(edit);
      this.#points.before(edit);
      // What a person decided of may have been replaced by a model run in that moment, as between undo and redo.
      const did = this.#write(edit, edit.record === 'undoable' ? 'over-model-runs' : 'as-is');
      if (edit.record === 'undoable') this.#database.edits.discardUndone(editor.person);
      const id = this.#database.edits.append(edit, Date.now());
      if (did !== null) this.#database.turns.append(id, 'made', did);
      if (edit.record === 'silent') {
        this.#database.edits.forgetRuns(edit.segments.flatMap((change) => change.before?.id ?? []));
      }
      return made;
    });
    this.#announce(editIn(stored), editor, name);
    return stored;
  }

  /**
   * Takes back the last undoable edit; where a sign-in names people, the last of one's own, `before` a certain one if that
   * is given. Fails with `nothing-to-do` where there is none, and with `conflict` where a later edit, of whomever, changed
   * what it touched: that would be taken back with it.
   */
  undo(editor: Editor = thisMachine, before?: number): Edit {
    const edit = this.#database.transaction(() => {
      const last = this.#database.edits.lastDone(editor.person, before);
      if (last === null) throw new Failure('nothing-to-do', say('There is nothing to undo.'));
      const inverse = invertEdit(last.edit);
      refuseOverLaterEdits(this.#database, last, inverse, editor);
      const did = this.#write(inverse, 'over-model-runs');
      this.#database.edits.setStanding(last.id, 'undone');
      this.#database.turns.append(last.id, 'undone', did);
      return inverse;
    });
    this.#announce(edit, editor, this.#nameOf(editor));
    return edit;
  }

  /** Does again what was undone last. Fails with `nothing-to-do` where there is nothing, and with `conflict` as `undo` does. */
  redo(editor: Editor = thisMachine): Edit {
    const edit = this.#database.transaction(() => {
      const next = this.#database.edits.firstUndone(editor.person);
      if (next === null) throw new Failure('nothing-to-do', say('There is nothing to redo.'));
      refuseOverLaterEdits(this.#database, next, next.edit, editor);
      const did = this.#write(next.edit, 'over-model-runs');
      this.#database.edits.setStanding(next.id, 'done');
      this.#database.turns.append(next.id, 'redone', did);
      return next.edit;
    });
    this.#announce(edit, editor, this.#nameOf(editor));
    return edit;
  }

  /** Takes back the last undoable edit and all before it that are of its series, each stored before the next. */
  async undoStep(editor: Editor = thisMachine, before?: number): Promise<Edit> {
    const { edits } = this.#database;
    const { series } = edits.lastDone(editor.person, before)?.edit ?? {};
    // Of a long import all or nothing: whether others changed what it brought is known before its first part goes.
    if (series !== undefined && editor.person !== null) {
      for (const part of edits.doneOfSeries(editor.person, series, before)) {
        refuseOverLaterEdits(this.#database, part, invertEdit(part.edit), editor);
        await setImmediate();
      }
    }
    const edit = this.undo(editor, before);
    await this.#repeatInSeries(
      edit,
      () => edits.lastDone(editor.person, before)?.edit,
      () => this.undo(editor, before),
    );
    return edit;
  }

  /** Does again what was undone last, with all after it that are of its series. */
  async redoStep(editor: Editor = thisMachine): Promise<Edit> {
    const edit = this.redo(editor);
    await this.#repeatInSeries(
      edit,
      () => this.#database.edits.firstUndone(editor.person)?.edit,
      () => this.redo(editor),
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

  /** Sets one before the jobs of a request of a model, which was made at `askedAt`; answers whether there was none yet. */
  setPointBeforeProposing(model: string, askedAt: number): boolean {
    return this.#database.transaction(() => this.#points.beforeProposing(model, askedAt));
  }

  /** Sets a restore point at the end of the log; answers its identifier. */
  setPoint(name: string, editor: Editor = thisMachine): number {
    const annotator = this.#nameOf(editor);
    return this.#database.transaction(() => this.#points.byHand(name, annotator === '' ? null : annotator));
  }

  /** Labels of what undo and redo would do next; null for nothing. */
  state(editor: Editor = thisMachine): { readonly undo: Told | null; readonly redo: Told | null } {
    const { edits } = this.#database;
    return {
      undo: edits.lastDone(editor.person)?.edit.label ?? null,
      redo: edits.firstUndone(editor.person)?.edit.label ?? null,
    };
  }

  #nameOf({ person }: Editor): string {
    return person ?? this.#annotator();
  }

  #announce(edit: Edit, editor: Editor, name: string): void {
    if (isEmptyEdit(edit)) return;
    if (edit.source === 'user') this.writes.note(edit, editor, name);
    this.#committed(edit);
  }

  /** Answers what became of segments where that is not what the edit says, since a model run had come between; else null. */
  #write(edit: Edit, manner: 'as-is' | 'over-model-runs'): Edit['segments'] | null {
    const { attributes, classes, recordings, reviews, segments, videos } = this.#database;
    const did: Edit['segments'] = [];
    let isAsSaid = true;
    for (const { after } of edit.classes) if (after !== null) classes.put(after);
    for (const { after } of edit.videos) if (after !== null) videos.setRemoved(after.id, after.removed);
    for (const { before, after } of edit.splits) videos.setSplit((after ?? before)!.videoId, after?.split ?? null);
    for (const change of edit.segments) {
      if (manner === 'over-model-runs' && this.#isReplaced(change)) {
        isAsSaid = false;
        if (change.after === null || isUntouchedProposal(change.after)) continue;
        did.push(...this.#dropProposalsOf(change.after), { before: null, after: change.after });
      } else did.push(change);
      if (change.after === null) segments.drop(change.before!.id);
      else segments.put(change.after);
    }
    for (const { before, after } of edit.reviews) {
      if (after === null) reviews.drop(before!.videoId, before!.classId);
      else reviews.put(after);
    }
    for (const { before, after } of edit.attributes) {
      if (after === null) attributes.drop(before!.id);
      else attributes.put(after);
    }
    for (const { before, after } of edit.recordings) {
      if (after === null) recordings.drop(before!.id);
      else recordings.put(after);
    }
    for (const { before, after } of edit.classes) {
      if (after !== null) continue;
      const gone = this.#dropClass(before!.id);
      did.push(...gone);
      if (gone.length > 0) isAsSaid = false;
    }
    return isAsSaid ? null : did;
  }

  /** Whether a model run has since replaced the proposal that this change begins with. */
  #isReplaced({ before }: RowChange<Segment>): boolean {
    return before !== null && this.#database.segments.get(before.id) === null;
  }

  /** A decision that returns takes the place of what a model run has proposed for the same action meanwhile. */
  #dropProposalsOf(decided: Segment): Edit['segments'] {
    const { segments } = this.#database;
    const gone = segments
      .ofVideo(decided.videoId)
      .filter((segment) => isUntouchedProposal(segment) && isSameAction(decided, segment));
    for (const { id } of gone) segments.drop(id);
    return gone.map((before) => ({ before, after: null }));
  }

  /**
   * The addition of a class is undone: what model runs put under it goes too. Fails with `conflict` where others have used
   * it since.
   */
  #dropClass(classId: number): Edit['segments'] {
    const { classes, reviews, segments } = this.#database;
    const gone = segments.rowsOfClass(classId);
    if (reviews.isOfClass(classId) || gone.some((row) => !isUntouchedProposal(row)))
      throw new Failure(
        'conflict',
        say("'{{name}}' has been used by others since: it stays.", { name: classes.get(classId)?.name ?? '' }),
      );
    for (const { id } of gone) segments.drop(id);
    classes.drop(classId);
    return gone.map((before) => ({ before, after: null }));
  }
}

const editIn = (built: Edit | { readonly edit: Edit }): Edit => ('edit' in built ? built.edit : built);
