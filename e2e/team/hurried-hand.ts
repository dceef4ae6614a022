import type { Told } from '#preload/domain/saying.ts';
import type { Page } from 'playwright-core';

/** What a hurried hand has done, and what must be found of it. */
export interface HandReport {
  /** Edits that were refused since somebody had changed the same. */
  readonly conflicts: number;
  /** Undone edits. */
  readonly undone: number;
  /** By segment, each word that was written and heard to be stored, and not taken back since by the same hand. */
  readonly words: Readonly<Record<number, readonly string[]>>;
  /** Segments that it removed, as it had seen them. */
  readonly removed: readonly number[];
}

/**
 * Makes `count` random edits in a window, one after the other, through its own page, while the studio there goes on showing
 * what happens. It looks at the list now and then, so that much of what it decides on is old; a refused edit is looked at
 * and made again, or given up. Notes are added to, never written anew: a word that is lost is an edit that was.
 */
export async function hurry(
  page: Page,
  hand: string,
  count: number,
  seed: number,
  videoId: number,
): Promise<HandReport> {
  return page.evaluate(
    async ({ hand: name, count: edits, seed: first, videoId: video }) => {
      interface Row {
        id: number;
        startUs: number;
        endUs: number;
        classId: number;
        state: string;
        note: string;
      }
      let state = first >>> 0;
      const random = (below: number): number => {
        state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) >>> 0;
        return (state >>> 8) % below;
      };
      const call = async (path: string, json?: unknown): Promise<{ ok: boolean; code?: string; json?: never }> => {
        const response = await fetch(`rpc/${path}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'x-cuepoint-window': `hand-of-${name}-0123456789` },
          body: JSON.stringify({ json }),
        });
        const answer = (await response.json()) as { json: { code?: string } };
        return response.ok
          ? { ok: true, json: answer.json as never }
          : { ok: false, ...(answer.json.code !== undefined && { code: answer.json.code }) };
      };
      const list = async (): Promise<Row[]> => (await call('segments/list', { videoId: video })).json!;
      const words: Record<number, string[]> = {};
      const removed: number[] = [];
      let [conflicts, undone] = [0, 0];
      let view = await list();
      const seenOf = ({ startUs, endUs, classId, state: is, note }: Row) => ({
        startUs,
        endUs,
        classId,
        state: is,
        note,
      });

      const fields = ['startUs', 'endUs', 'classId', 'state', 'note'] as const;
      const pickWritten = (stored: Row | undefined, input: object): Partial<Row> =>
        Object.fromEntries(fields.flatMap((field) => (stored && field in input ? [[field, stored[field]]] : [])));

      /** Sends an edit made of what is seen; where it is refused, looks, and makes it of that, or gives up. */
      const edit = async (
        id: number,
        make: (row: Row) => { path: string; input: object; done?: () => void },
      ): Promise<void> => {
        for (let attempt = 0; attempt < 4; attempt += 1) {
          const row = view.find((each) => each.id === id);
          const made = row && make(row);
          if (!made) return;
          const answer = await call(made.path, made.input);
          if (answer.ok) {
            made.done?.();
            // It knows what it has made itself; what others did meanwhile it goes on not knowing.
            const stored = (answer.json as { segments?: Row[] } | undefined)?.segments?.[0];
            const { startUs, endUs, classId, state: is, note } = { ...row, ...pickWritten(stored, made.input) };
            Object.assign(row, { startUs, endUs, classId, state: is, note });
            return;
          }
          if (answer.code !== 'conflict' && answer.code !== 'not-found' && answer.code !== 'bad-input')
            throw new Error(`${made.path} was answered with ${String(answer.code)}`);
          if (answer.code === 'conflict') conflicts += 1;
          view = await list();
          if (random(4) === 0) return;
        }
      };

      for (let index = 0; index < edits; index += 1) {
        if (random(5) === 0) view = await list();
        const row = view[random(Math.max(1, view.length))];
        const what = random(100);
        if (row === undefined || what < 4) {
          const startUs = random(50) * 40_000;
          await call('segments/create', { videoId: video, classId: 1 + random(2), startUs, endUs: startUs + 400_000 });
        } else if (what < 40) {
          const word = `${name}${index}`;
          await edit(row.id, (seen) => ({
            path: 'segments/update',
            input: { segmentIds: [seen.id], note: `${seen.note} ${word}`.trim(), seen: [{ note: seen.note }] },
            done: () => (words[seen.id] ??= []).push(word),
          }));
        } else if (what < 60) {
          const edge = random(2) === 0 ? 'startUs' : 'endUs';
          const by = (random(9) - 4) * 40_000;
          await edit(row.id, (seen) => ({
            path: 'segments/update',
            input: {
              segmentIds: [seen.id],
              startUs: seen.startUs,
              endUs: seen.endUs,
              [edge]: Math.max(0, seen[edge] + by),
              seen: [seenOf(seen)],
            },
          }));
        } else if (what < 75) {
          const to = ['proposed', 'accepted', 'rejected'][random(3)]!;
          await edit(row.id, (seen) => ({
            path: 'segments/update',
            input: { segmentIds: [seen.id], state: to, seen: [{ state: seen.state }] },
          }));
        } else if (what < 90) {
          const classId = 1 + random(2);
          await edit(row.id, (seen) => ({
            path: 'segments/update',
            input: { segmentIds: [seen.id], classId, seen: [{ classId: seen.classId }] },
          }));
        } else if (what < 92 && view.length > 30) {
          await edit(row.id, (seen) => ({
            path: 'segments/remove',
            input: { segmentIds: [seen.id], seen: [seenOf(seen)] },
            done: () => removed.push(seen.id),
          }));
        } else {
          const answer = await call('history/undo');
          if (answer.code === 'conflict') conflicts += 1;
          if (answer.ok) {
            undone += 1;
            const { label, segmentIds } = answer.json as unknown as { label: Told; segmentIds: number[] };
            const sentence = typeof label === 'string' ? label : label.sentence;
            for (const id of segmentIds) {
              if (sentence.startsWith('Note')) words[id]?.pop();
              if (sentence.startsWith('Delete')) removed.splice(removed.indexOf(id), 1);
            }
          }
        }
      }
      return { conflicts, undone, words, removed };
    },
    { hand, count, seed, videoId },
  );
}
