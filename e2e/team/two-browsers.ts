import { expect } from 'vitest';
import type { Page } from 'playwright-core';
import { launchChromium } from '../chromium.ts';
import { labelledYard } from '../fixtures/labelled-yard.ts';
import { ServedStudio } from '../fixtures/served-studio.ts';
import { serveTeam } from '../fixtures/sign-in-proxy.ts';
import { StudioPage } from '../pages/studio-page.ts';
import { cuepoint } from '../fixtures/command-line.ts';
import { hurry, type HandReport } from './hurried-hand.ts';

export interface TwoBrowsersReport {
  readonly edits: number;
  readonly conflicts: number;
  readonly undone: number;
  readonly wordsKept: number;
  readonly segments: number;
  readonly seconds: number;
}

/**
 * Two people in two browsers of their own make `edits` random edits each in one served project, at the same time, on the
 * same segments of one film. In the end both windows show the same, which is what is stored; every word that anybody was
 * told is stored is there, unless its segment was removed by somebody who had seen it; the log tells all of it.
 * Fails where any of that is not so.
 */
export async function twoBrowsers(edits: number, seed: number): Promise<TwoBrowsersReport> {
  await using studio = new ServedStudio();
  const project = await labelledYard(studio);
  await using proxy = await serveTeam(studio, project);
  await using ana = await launchChromium();
  await using ben = await launchChromium();
  const windows = await Promise.all(
    [ana, ben].map(async ({ context }, index) => {
      const window = new StudioPage(context.pages()[0]!);
      await window.open(proxy.signInAs(['Ana', 'Ben'][index]!));
      await optionsIn(window.page);
      return window;
    }),
  );
  const [first, second] = windows.map(({ page }) => page) as [Page, Page];
  const beganMs = performance.now();
  const hands = await Promise.all([hurry(first, 'ana', edits, seed, 1), hurry(second, 'ben', edits, seed + 1, 1)]);
  const seconds = (performance.now() - beganMs) / 1000;

  const stored = await storedRows(first);
  await bothShow(first, second, stored);
  const wordsKept = nothingIsLost(hands, stored);
  await proxy[Symbol.asyncDispose]();
  await studio.stop();
  const check = await cuepoint(studio.env, 'check', project, '--json');
  expect(check.code, check.stdout).toBe(0);
  return {
    edits: 2 * edits,
    conflicts: hands[0].conflicts + hands[1].conflicts,
    undone: hands[0].undone + hands[1].undone,
    wordsKept,
    segments: stored.length,
    seconds,
  };
}

interface StoredRow {
  readonly id: number;
  readonly note: string;
  readonly state: string;
}

const storedRows = async (page: Page): Promise<readonly StoredRow[]> =>
  page.evaluate(async () => {
    const response = await fetch('rpc/segments/list', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ json: { videoId: 1 } }),
    });
    return ((await response.json()) as { json: never }).json;
  });

/** What a window's timeline says, segment by segment, as it is spoken. */
const optionsIn = async (page: Page): Promise<readonly string[]> => {
  const options = page.getByRole('listbox', { name: /^Segments of/ }).getByRole('option');
  await options.first().waitFor({ state: 'attached' });
  return options.evaluateAll((all) => all.map((each) => `${each.id} ${each.textContent}`));
};

/** Rejected segments are out of sight in a window. */
async function bothShow(first: Page, second: Page, stored: readonly StoredRow[]): Promise<void> {
  const ids = stored.filter(({ state }) => state !== 'rejected').map(({ id }) => `timeline-segment-${id}`);
  const idsIn = async (page: Page) => (await optionsIn(page)).map((option) => option.split(' ')[0]!).sort();
  for (const page of [first, second]) await expect.poll(() => idsIn(page), { timeout: 60_000 }).toEqual(ids.sort());
  await expect
    .poll(async () => [await optionsIn(first), await optionsIn(second)].map(String), { timeout: 60_000 })
    .toSatisfy(([one, other]: string[]) => one === other);
}

/** Answers how many words were found. */
function nothingIsLost(hands: readonly HandReport[], stored: readonly StoredRow[]): number {
  const notes = new Map(stored.map(({ id, note }) => [id, note.split(' ')]));
  const removed = new Set(hands.flatMap((hand) => hand.removed));
  let kept = 0;
  for (const { words } of hands)
    for (const [id, own] of Object.entries(words)) {
      const note = notes.get(Number(id));
      if (note === undefined) expect([id, own.length === 0 || removed.has(Number(id))]).toEqual([id, true]);
      else {
        expect(note).toEqual(expect.arrayContaining([...own]));
        kept += own.length;
      }
    }
  // What was removed is gone, and nothing else is there twice.
  expect(stored.filter(({ id }) => removed.has(id))).toEqual([]);
  return kept;
}
