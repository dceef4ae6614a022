import { answerThread } from '#main/call-port/thread.ts';
import { nearestRows } from '#main/pipeline/retrieve/nearest-rows.ts';
import { takeTurns, type RowSearchCalls } from './row-search-turns.ts';

const nearest = nearestRows();

/** Entry of the thread that compares half of the rows. */
answerThread<RowSearchCalls>({
  takeTurns: async (question) => {
    const search = await nearest;
    return { output: search === null ? [] : takeTurns(search, question) };
  },
});
