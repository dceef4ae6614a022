// What the model sees, in the rows: scores of each class for what is in view, and marks where the picture changes.
import { describe, expect, test } from 'vitest';
import { hasChromium } from '../chromium.ts';
import { setOut } from '../fixtures/journey.ts';
import { makeProjectOfLongClip } from '../fixtures/project-of-long-clip.ts';

describe.runIf(hasChromium)('curves in the rows', () => {
  const journey = setOut(async (studio) => ({
    project: await makeProjectOfLongClip(studio, { seconds: 20, classes: ['walks', 'rests'] }),
  }));
  const window = () => journey().window;
  const canvas = () => journey().page.getByTestId('timeline-canvas').locator('canvas').first();
  const picture = async (): Promise<string> =>
    canvas().evaluate((element) => (element as HTMLCanvasElement).toDataURL('image/png'));

  test('before there are features a key says what is missing', async () => {
    await window().frameNumber();
    await window().panel('Timeline').focus();
    await window().press('Shift+PageDown');
    await window().seesNotice(/Where the picture changes is known once segments have been proposed/);
  });

  test('scores come for what is in view, and go again, by key and by menu', async () => {
    const { page } = journey();
    await window().useModel('tiny-clip');
    await window().showEveryProposal();
    await window().command('Propose segments in all videos');
    await window().segments.first().waitFor({ state: 'attached' });
    await window().jobsAreOver();
    const asked = page.waitForResponse(
      async (response) => response.url().includes('videos/classCurves') && !/null/.test(await response.text()),
    );
    await window().panel('Timeline').focus();
    await window().press('Shift+V');
    await window().hears(/Scores in the rows/);
    const answer = (await (await asked).json()) as {
      json: { timesUs: number[]; perClass: { probability: number[] }[] };
    };
    expect(answer.json.perClass).toHaveLength(2);
    expect(answer.json.perClass[0]!.probability).toHaveLength(answer.json.timesUs.length);
    const withScores = await picture();
    await window().press('Shift+V');
    await window().hears(/No scores in the rows/);
    await expect.poll(picture).not.toBe(withScores);
    await page.getByRole('button', { name: 'What the timeline shows' }).click();
    const choice = page.getByRole('menuitemcheckbox', { name: 'Scores in the rows' });
    await choice.click();
    await expect.poll(() => choice.getAttribute('aria-checked')).toBe('true');
    await window().press('Escape');
  });

  test('a closer look asks for a shorter stretch', async () => {
    const spans: number[] = [];
    journey().page.on('request', (request) => {
      if (!request.url().includes('videos/classCurves')) return;
      const { json } = request.postDataJSON() as { json: { startUs: number; endUs: number } };
      spans.push(json.endUs - json.startUs);
    });
    await window().panel('Timeline').focus();
    for (let step = 0; step < 6; step += 1) await window().press('+');
    await expect.poll(() => spans.at(-1) ?? Infinity).toBeLessThan(20_000_000);
  });
});
