// A power cut at any moment: every edit that was on screen is there afterwards, and jobs go on where they stopped.
import { describe, expect, test } from 'vitest';
import { isRunning } from '#main/failures/is-running.ts';
import { hasChromium } from '../chromium.ts';
import { setOut } from '../fixtures/journey.ts';
import { makeProjectOfLongClip } from '../fixtures/project-of-long-clip.ts';

const rounds = 3;

describe.runIf(hasChromium && process.platform === 'linux')('a studio that is killed', () => {
  let project = '';
  const journey = setOut(async (studio) => {
    project = await makeProjectOfLongClip(studio, { seconds: 900, classes: ['one', 'two'] });
    return { project };
  });
  const window = () => journey().window;
  const spoken = () => window().segments.allTextContents();

  /** Marks a segment over ten frames from `frame`, and waits until it is on screen. */
  const mark = async (frame: number) => {
    const count = await window().segments.count();
    await window().press('Escape');
    await window().goToFrame(frame);
    await window().press('i', 'Shift+ArrowRight', 'o', 'Enter');
    await expect.poll(() => window().segments.count()).toBe(count + 1);
  };

  test(`${rounds} times while editing: what was on screen is there again`, async () => {
    for (let round = 0; round < rounds; round += 1) {
      await mark(100 + 200 * round);
      await window().press('Alt+Shift+ArrowRight');
      await mark(200 + 200 * round);
      // An edge is being moved when it happens; that edit may be lost, being no more than under way.
      const before = await spoken();
      await window().press('Control+z');
      await expect.poll(() => window().segments.count()).toBe(before.length - 1);
      const onScreen = await spoken();
      await journey().killAndReopen(project);
      await expect.poll(spoken).toEqual(onScreen);
      await window().press('Control+Shift+z');
      await expect.poll(spoken, { message: 'what was undone can be redone' }).toEqual(before);
    }
  });

  test('no process of the killed studio stays behind', async () => {
    await window().command('Propose segments in all videos');
    await window().press('Escape');
    await expect.poll(() => journey().studio.children().length).toBeGreaterThan(0);
    const orphansOf = journey().studio.children();
    await journey().killAndReopen(project);
    await expect.poll(() => orphansOf.filter(isRunning)).toEqual([]);
  });

  test('the engine, then all of it while a video is looked at: the job goes on where it was', async () => {
    await window().useModel('tiny-clip');
    await window().showEveryProposal();
    await window().command('Propose segments in all videos');
    await hasComeFurtherThan(0);
    const [engine] = journey().studio.children();
    process.kill(engine!, 'SIGKILL');
    await expect
      .poll(
        () =>
          journey()
            .studio.children()
            .filter((pid) => pid !== engine).length,
      )
      .toBe(1);
    const before = await progress();
    await hasComeFurtherThan(before);
    await journey().killAndReopen(project);

    await window().jobsAreOver();
    await expect.poll(() => window().segments.filter({ hasText: 'proposed' }).count()).toBeGreaterThan(0);
    await window().press('Alt+j');
    const job = window()
      .dialog('Jobs')
      .getByRole('listitem')
      .filter({ hasText: /Propose|proposals/ })
      .first();
    await job.getByText('done').waitFor();
    await job.getByText(/^Went on from frame feature [1-9]/).waitFor();
    await window().press('Escape');
  });

  /** In percent; 100 once it is over. */
  async function progress(): Promise<number> {
    return Number(/· (\d+) %/.exec(await window().jobs())?.[1] ?? 100);
  }

  async function hasComeFurtherThan(percent: number): Promise<void> {
    await expect.poll(() => window().jobs()).toMatch(/1 job · \d+ %/);
    await expect.poll(progress).toBeGreaterThan(percent);
    expect(await progress(), 'the job lasts long enough to be killed').toBeLessThan(100);
  }
});
