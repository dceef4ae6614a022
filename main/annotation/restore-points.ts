import type { Edit } from '#preload/domain/edit.ts';
import type { RestorePoint } from '#preload/domain/restore-point.ts';
import { english, say, type Saying } from '#preload/domain/saying.ts';
import type { ProjectDatabase } from '../database/project-database.ts';

/** An edit of as many segments is one that a person may want to look at afterwards, and take back later than by undo. */
const manySegments = 20;

/** Makes restore points: a place in the log and a few words, before what may want to be taken back. */
export class RestorePoints {
  readonly #database: ProjectDatabase;
  /** Parts of a long import follow each other: one point is before them all. */
  #series: string | undefined;

  constructor(database: ProjectDatabase) {
    this.#database = database;
  }

  /** Called with every edit before it is stored, in its transaction. */
  before(edit: Edit): void {
    const { annotator = null, series } = edit;
    if (edit.source === 'model') {
      const by = modelOf(edit);
      // A version that scores the project for the first time; rescoring by it after each decision is no other run.
      const last = this.#database.restorePoints.lastOf('model');
      if (by !== null && (last === null || english(last.name) !== english(nameOfRun(by))))
        this.#add({ name: nameOfRun(by), cause: 'model', annotator });
      return;
    }
    const isFirst = series === undefined || series !== this.#series;
    this.#series = series;
    if (!isFirst) return;
    if (edit.source === 'import')
      this.#add({ name: say('Before: {{label}}', { label: edit.label }), cause: 'import', annotator });
    else if (edit.segments.length >= manySegments || edit.restores !== undefined)
      this.#add({ name: say('Before: {{label}}', { label: edit.label }), cause: 'bulk', annotator });
  }

  /**
   * Before the jobs of one request of a model: none where there is one since it was asked, `askedAt` in milliseconds since
   * 1970. Call inside a transaction.
   */
  beforeProposing(model: string, askedAt: number): boolean {
    const last = this.#database.restorePoints.lastOf('model');
    const version = this.#liveVersion() ?? 'zero-shot';
    const isKnown = last !== null && last.at >= askedAt;
    if (!isKnown) this.#add({ name: nameOfRun({ model, version }), cause: 'model', annotator: null });
    return !isKnown;
  }

  /** One that a person sets, by the name they give it. Call inside a transaction. */
  byHand(name: string, annotator: string | null): number {
    return this.#add({ name, cause: 'person', annotator });
  }

  #add(point: Pick<RestorePoint, 'name' | 'cause' | 'annotator'>): number {
    const { restorePoints, settings } = this.#database;
    return restorePoints.add({
      ...point,
      at: Date.now(),
      model: settings.read().model,
      version: this.#liveVersion(),
    });
  }

  #liveVersion(): string | null {
    return this.#database.versions.live('prompts')?.name ?? null;
  }
}

interface ModelRun {
  readonly model: string;
  readonly version: string;
}

/** Which model and version an edit of a model run is by; null where it leaves nothing. */
function modelOf({ segments }: Edit): ModelRun | null {
  for (const { after } of segments) if (after?.source.kind === 'model') return after.source;
  return null;
}

const nameOfRun = ({ model, version }: ModelRun): Saying =>
  version === 'zero-shot'
    ? say('Before: Proposals by {{model}}', { model })
    : say('Before: Proposals by {{model}}, {{version}}', { model, version });
