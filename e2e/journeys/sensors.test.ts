// Values of a sensor beside the video: a table is chosen, corrected and drawn; moved by hand and by key, read at the playhead
// and under the pointer, recoloured, folded away and taken away, each of it undone.
import { rename, writeFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { hasChromium } from '../chromium.ts';
import { writeClipWithSound } from '../fixtures/clip-with-sound.ts';
import { cuepoint } from '../fixtures/command-line.ts';
import { setOut } from '../fixtures/journey.ts';

/** 20 s at 50 Hz: a ramp of 0 to 999, and a pulse at 10 s. */
const imu = [
  't_ms;ramp;pulse;what',
  ...Array.from({ length: 1000 }, (_, i) => `${i * 20};${i},5;${i === 500 ? 8 : 0};walk`),
];

describe.runIf(hasChromium)('values of a sensor', () => {
  const journey = setOut(async (studio) => {
    const project = studio.at('sensors.cuepoint');
    await writeClipWithSound(studio.at('walk.mp4'), 20, [[4, 8]]);
    await writeFile(studio.at('imu.csv'), imu.join('\n'));
    await writeFile(studio.at('notes.csv'), 'what,who\nwalk,Ana\nrun,Ben\n');
    for (const words of [
      ['new', project, '--classes', 'walk'],
      ['add', project, studio.at('walk.mp4')],
    ])
      expect(await cuepoint(studio.env, ...words)).toMatchObject({ code: 0 });
    return { project };
  });
  const window = () => journey().window;
  const track = (name: string) => journey().page.locator('[data-series]').filter({ hasText: name });
  const saysOf = async (name: string, words: RegExp): Promise<void> => {
    await expect.poll(async () => (await track(name).textContent()) ?? '', { timeout: 30_000 }).toMatch(words);
  };
  const undoIs = (words: string) =>
    journey()
      .page.getByRole('button', { name: new RegExp(`^Undo.*${words}`) })
      .first()
      .waitFor();
  const inMenuOf = async (name: string, item: string | RegExp): Promise<void> => {
    await track(name).click();
    await journey()
      .page.getByRole('menuitem', { name: item })
      .or(journey().page.getByRole('menuitemcheckbox', { name: item }))
      .click();
  };

  /** How much of a track's middle is drawn on in its own colour, in a stretch of the video given in seconds. */
  const inked = async (name: string, fromS: number, toS: number): Promise<number> => {
    const box = (await track(name).boundingBox())!;
    return journey()
      .page.getByTestId('timeline-canvas')
      .evaluate(
        (area, { top, height, from, to }) => {
          const canvas = area.querySelector('canvas')!;
          const ratio = canvas.width / canvas.clientWidth;
          const y = top - canvas.getBoundingClientRect().top;
          const xOf = (s: number): number => 16 + (s / 20) * (canvas.clientWidth - 32);
          const { data } = canvas
            .getContext('2d')!
            .getImageData(xOf(from) * ratio, (y + 2) * ratio, (xOf(to) - xOf(from)) * ratio, (height - 6) * ratio);
          let coloured = 0;
          for (let at = 0; at < data.length; at += 4)
            if (
              Math.max(data[at]!, data[at + 1]!, data[at + 2]!) - Math.min(data[at]!, data[at + 1]!, data[at + 2]!) >
              60
            )
              coloured += 1;
          return coloured / (data.length / 4);
        },
        { top: box.y, height: box.height, from: fromS, to: toS },
      );
  };

  test('a table is added with the columns and times that are found in it', async () => {
    await window().frameNumber();
    await window().panel('Timeline').focus();
    await window().press('Alt+Shift+S');
    await window().choosePlaces('Add values of a sensor', journey().studio.folder, ['imu.csv'], 'Choose');
    const dialog = window().dialog('Values of imu.csv');
    await dialog.getByRole('cell', { name: '00:00:00.020' }).waitFor();
    expect(await dialog.getByRole('combobox', { name: 'Kind of times' }).inputValue()).toBe('ms');
    expect(await dialog.getByRole('combobox', { name: 'Decimal sign' }).inputValue()).toBe(',');
    await dialog.locator('.MuiChip-root', { hasText: 'ramp' }).waitFor();
    await dialog.getByRole('button', { name: 'Add', exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
    await undoIs('Add imu.csv');
    await expect.poll(() => inked('ramp', 1, 19), { timeout: 60_000 }).toBeGreaterThan(0.005);
    expect(await inked('pulse', 9.8, 10.2)).toBeGreaterThan(await inked('pulse', 2, 8));
  });

  test('the value at the playhead stands beside the name, and goes along with it', async () => {
    await saysOf('ramp', /ramp, 0\.5/);
    await window().goToTime('5');
    await saysOf('ramp', /ramp, 250\.5/);
    await saysOf('pulse', /pulse, 0\.0/);
  });

  test('it is moved by key, by hand and by what is seen, and each is taken back', async () => {
    await track('ramp').focus();
    await window().press('Alt+Shift+ArrowRight');
    await saysOf('ramp', /ramp, 200\.5/);
    await undoIs('Move imu.csv by \\+1 s');
    await window().press('Control+z');
    await saysOf('ramp', /ramp, 250\.5/);

    const { page } = journey();
    const canvas = (await page.getByTestId('timeline-canvas').boundingBox())!;
    const row = (await track('pulse').boundingBox())!;
    const xOf = (s: number): number => canvas.x + 16 + (s / 20) * (canvas.width - 32);
    const y = row.y + row.height / 2;
    await page.keyboard.down('Shift');
    await page.mouse.move(xOf(10), y);
    await page.mouse.down();
    await page.mouse.move(xOf(9), y, { steps: 4 });
    await page.mouse.move(xOf(8), y, { steps: 4 });
    await page.mouse.up();
    await page.keyboard.up('Shift');
    await undoIs('Move imu.csv by −2');
    await saysOf('ramp', /ramp, 3[45]\d\.5/);

    // The pulse is at 8 s now; what is there belongs to the playhead at 5 s.
    await page.mouse.click(xOf(8), y, { button: 'right' });
    await page.getByRole('menuitem', { name: 'What is here is at the playhead' }).click();
    await saysOf('ramp', /ramp, (?:49\d|50\d)\.5/);
    await window().press('Control+z');
    await window().press('Control+z');
    await saysOf('ramp', /ramp, 250\.5/);
  });

  test('two moments set the offset and the rate of its clock', async () => {
    await inMenuOf('ramp', 'Its place in time…');
    const dialog = window().dialog('Place of imu.csv in time');
    for (const [moment, own, video] of [
      [1, '2', '1'],
      [2, '10', '5'],
    ] as const) {
      await dialog.getByRole('textbox', { name: `Moment ${moment}, seconds from its first row` }).fill(own);
      await dialog.getByRole('textbox', { name: `Moment ${moment}, seconds of the video` }).fill(video);
    }
    await dialog.getByText('First row at 0 s; one second of it is 0.500000 s of the video.').waitFor();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await saysOf('ramp', /ramp, 500\.5/);
    await undoIs('Set the clock of imu.csv');
    await window().press('Control+z');
    await saysOf('ramp', /ramp, 250\.5/);
  });

  test('name and scale are changed, it is made low, hidden and shown again', async () => {
    await inMenuOf('pulse', 'Name, colour and scale…');
    const dialog = window().dialog('pulse of imu.csv');
    await dialog.getByRole('textbox', { name: 'Name' }).fill('knock');
    await dialog.getByRole('radio', { name: 'Between' }).check();
    await dialog.getByRole('textbox', { name: 'Highest' }).fill('-1');
    await dialog.getByText('Numbers, the lowest first').waitFor();
    await dialog.getByRole('textbox', { name: 'Highest' }).fill('20');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await track('knock').waitFor();
    const whole = (await track('knock').boundingBox())!.height;
    await inMenuOf('knock', 'Low');
    await expect.poll(async () => (await track('knock').boundingBox())!.height).toBeLessThan(whole / 2);
    await inMenuOf('knock', 'Hide');
    await track('knock').waitFor({ state: 'detached' });
    await window().command('Show every sensor of this video');
    await track('knock').waitFor();
  });

  test('a table of words is refused in words, and nothing is added', async () => {
    await window().command('Add values of a sensor');
    await window().choosePlaces('Add values of a sensor', journey().studio.folder, ['notes.csv'], 'Choose');
    const dialog = window().dialog(/notes\.csv/);
    await dialog.getByText('Choose at least one column of numbers.').waitFor();
    expect(await dialog.getByRole('button', { name: 'Add', exact: true }).isDisabled()).toBe(true);
    await window().press('Escape');
    await dialog.waitFor({ state: 'detached' });
  });

  test('a file that vanished is told of, and what was read stays; taken away, undo brings it back', async () => {
    const { page, studio } = journey();
    await rename(studio.at('imu.csv'), studio.at('moved.csv'));
    await page.reload();
    await saysOf('ramp', /ramp, 250\.5|ramp, 0\.5/);
    await track('ramp').click();
    await page.getByRole('menuitem', { name: 'Find imu.csv again…' }).waitFor();
    await page.getByRole('menuitem', { name: 'Remove imu.csv, all of it' }).click();
    await track('ramp').waitFor({ state: 'detached' });
    await undoIs('Remove imu.csv');
    await window().press('Control+z');
    await track('ramp').waitFor();
    await track('ramp').focus();
    await window().press('Delete');
    await track('ramp').waitFor({ state: 'detached' });
    await track('knock').waitFor();
  });
});
