import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { replaceProposals } from '#main/annotation/replace-proposals.ts';
import { createDatabase } from '#main/database/open-database.ts';
import { segmentsForReview } from '#main/pipeline/classify/localise.ts';
import { localisationConstants } from '#main/pipeline/propose/localisation-constants.ts';
import type { SeededRandom } from '#main/random/seeded-random.ts';
import { reviewFilter } from '#preload/domain/review-queue.ts';
import type { Segment } from '#preload/domain/segment.ts';
import { projectSettings } from '#preload/domain/settings.ts';
import { temporalIoU } from '#preload/domain/span.ts';
import type { Corrected } from './corrected-videos.ts';
import { factsOfFilm } from '#main/lab/world/film-facts.ts';
import type { NamedClasses, SeenVideo } from './rendered-world.ts';
import type { Student } from './student.ts';

/** From this tIoU on, a proposal is of an action, as the studio takes it. */
const sameActionTiou = 0.5;
const { keptScore, sameTIoU } = localisationConstants.review;
const { scoreThreshold } = projectSettings.parse({});

/** An order of the review queue, or by chance. */
export type ReviewOrder = 'teaches-most' | 'uncertain' | 'confident' | SeededRandom;

/**
 * A project's own database with films, their proposals and a person who decides on them one by one: what shows an action
 * is accepted, as the class that it is of, and all else rejected.
 */
export class ReviewedQueue implements Disposable {
  readonly #folder = mkdtempSync(path.join(tmpdir(), 'cuepoint-queue-'));
  readonly #opened = createDatabase({
    file: path.join(this.#folder, 'project.db'),
    backupFolder: this.#folder,
    appVersion: 'report',
  });
  readonly #films: ReadonlyMap<number, SeenVideo>;
  readonly #classes: NamedClasses;

  constructor(films: readonly SeenVideo[], classes: NamedClasses) {
    const { database } = this.#opened;
    this.#classes = classes;
    this.#films = database.transaction(() => {
      for (const [position, id] of classes.classIds.entries()) {
        const name = classes.labels[position]!;
        database.classes.put({ id, name, prompt: name, colour: '#e69f00', digitKey: null, position, removed: false });
      }
      return new Map(
        films.map((film, index) => {
          const name = `${film.videoId}.mp4`;
          const checksum = createHash('sha256').update(name).digest('hex');
          const place = { name, relativePath: null, absolutePath: `/${name}`, sizeBytes: 1 };
          return [database.videos.insert({ ...place, checksum, ...factsOfFilm(film.table), addedAt: index }), film];
        }),
      );
    });
  }

  /** What has been decided, and nothing more: no film is reviewed to its end. */
  get corrected(): Corrected {
    const corrections = this.#opened.database.corrections.all().map(({ segmentId: _, videoId, ...decided }) => ({
      ...decided,
      videoId: this.#films.get(videoId)!.videoId,
    }));
    return { corrections, reviewed: [] };
  }

  /** Every film's proposals as `student` finds them now; what was decided stays. */
  propose(student: Student): void {
    const { database } = this.#opened;
    database.transaction(() => {
      for (const [videoId, film] of this.#films) {
        const found = segmentsForReview(student.localise(film).segments, { minScore: keptScore, minTIoU: sameTIoU });
        const proposals = found.map(({ classIndex, ranking, ...segment }) => ({
          ...segment,
          classId: this.#classes.classIds[classIndex]!,
          ranking: ranking.map((ranked) => ({ ...ranked, classId: this.#classes.classIds[ranked.classIndex]! })),
        }));
        const edit = replaceProposals(videoId, proposals, {
          current: database.segments.ofVideo(videoId),
          model: 'starter',
          version: 'report',
          firstNewId: database.nextId('segments'),
          videoName: `${videoId}`,
        });
        for (const { before, after } of edit.segments) {
          if (after !== null) database.segments.put(after);
          else if (before !== null) database.segments.drop(before.id);
        }
      }
    });
  }

  /** Decides on the first of the queue; false where it is empty. */
  decide(order: ReviewOrder): boolean {
    const { database } = this.#opened;
    const isByChance = typeof order !== 'string';
    const { segments } = database.segments.queue({
      ...reviewFilter.parse({}),
      order: isByChance ? 'in-order' : order,
      draw: 0,
      threshold: scoreThreshold,
      limit: isByChance ? 10_000 : 1,
    });
    const chosen = isByChance ? segments[order.below(Math.max(1, segments.length))] : segments[0];
    if (chosen === undefined) return false;
    database.segments.put(this.#decided(chosen));
    return true;
  }

  [Symbol.dispose](): void {
    this.#opened.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #decided(proposal: Segment): Segment {
    const { actions } = this.#films.get(proposal.videoId)!;
    const [shown] = actions
      .map((action) => ({ action, overlap: temporalIoU(action, proposal) }))
      .filter(({ overlap }) => overlap >= sameActionTiou)
      .toSorted((a, b) => b.overlap - a.overlap);
    if (shown === undefined) return { ...proposal, state: 'rejected', touched: true };
    return { ...proposal, classId: shown.action.classId, state: 'accepted', touched: true };
  }
}
