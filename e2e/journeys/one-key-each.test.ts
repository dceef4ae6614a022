// How much a hand does for a segment that counts: the sample's proposals, decided one by one until none is left, by what
// really happens in its films.
import { describe, expect, test } from 'vitest';
import { hasChromium } from '../chromium.ts';
import { setOut } from '../fixtures/journey.ts';
import { makeSampleProject } from '../fixtures/sample-project.ts';
import { sampleTruth } from '../fixtures/sample-truth.ts';
import { readSpoken, truthAt, underReview, type SpokenSegment } from '../fixtures/sees-truth.ts';

/** Keys, clicks and turns of the wheel for each segment that is accepted in the end. */
const mostActions = 1.3;
const films = [...new Set(sampleTruth.map(({ video }) => video))];
const digits = ['waving both arms', 'squatting', 'doing jumping jacks', 'sitting down', 'throwing a ball', 'bowing'];

describe.runIf(hasChromium)('an ordinary review', () => {
  const journey = setOut(async (studio) => ({ project: await makeSampleProject(studio) }), {
    width: 1440,
    height: 900,
  });
  const window = () => journey().window;
  const page = () => journey().page;
  const queue = () => page().getByRole('listbox', { name: 'Proposals to review' }).getByRole('option');
  const nothingLeft = () => page().getByText(/^(All done|No proposal is strong enough)/);

  test('asks for one key a segment and little more, and every segment that it leaves is right', async () => {
    await page().getByRole('button', { name: 'Skip the tour' }).click();
    await queue().first().waitFor();
    await window().jobsAreOver();
    const done = new Set<string>();
    const keyOf = (truth: SpokenSegment): string => `${truth.video} ${truth.startS}`;
    const log: string[] = [];
    let actions = 0;
    const act = async (key: string): Promise<void> => {
      actions += 1;
      await window().press(key);
    };
    /** Nothing is in focus, and nothing is on its way there. */
    const isLeft = async (): Promise<boolean> => {
      for (let looks = 0; looks < 10; looks += 1) {
        if (
          await page()
            .getByRole('article', { name: /^In focus/ })
            .isVisible()
        )
          return false;
        await page().waitForTimeout(100);
      }
      return true;
    };
    for (;;) {
      const here = await underReview(window());
      if (here === null) {
        if ((await nothingLeft().count()) > 0) {
          // Scores change behind the last decision: more may come.
          await window().jobsAreOver();
          if ((await nothingLeft().count()) > 0) break;
        } else if ((await queue().count()) > 0 && (await isLeft())) await act('n');
        await page().waitForTimeout(100);
        continue;
      }
      const truth = truthAt(here);
      const isNew = truth !== null && !done.has(keyOf(truth));
      const key = !isNew ? 'x' : truth.name === here.name ? 'a' : String(digits.indexOf(truth.name) + 1);
      if (isNew) done.add(keyOf(truth));
      log.push(`${key} ${here.video} ${here.name} ${here.startS}–${here.endS} s`);
      await act(key);
      // A person looks at the next while what was decided is learned from; nothing here hurries ahead of that.
      await expect.poll(async () => JSON.stringify(await underReview(window()))).not.toBe(JSON.stringify(here));
      await window().savedAll();
      await window().jobsAreOver();
    }
    await window().savedAll();
    const accepted: SpokenSegment[] = [];
    for (const film of films) {
      await window().showVideo(film);
      const spoken = await window().acceptedSegments.allTextContents();
      accepted.push(...spoken.map((each) => readSpoken(film, each)));
    }
    console.log(`${actions} actions for ${accepted.length} accepted segments of ${sampleTruth.length} that happen`);
    expect(accepted.filter((each) => truthAt(each)?.name !== each.name)).toEqual([]);
    expect(new Set(accepted.map((each) => keyOf(truthAt(each)!))).size).toBe(accepted.length);
    expect(accepted.length).toBeGreaterThan(sampleTruth.length / 2);
    expect(actions / accepted.length, log.join('\n')).toBeLessThanOrEqual(mostActions);
  });
});
