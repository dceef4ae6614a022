// What the sound is made of, beside its loudness: in tiles, for what is in view, by key and by menu.
import { describe, expect, test } from 'vitest';
import { hasChromium } from '../chromium.ts';
import { writeClipWithSound } from '../fixtures/clip-with-sound.ts';
import { cuepoint } from '../fixtures/command-line.ts';
import { setOut } from '../fixtures/journey.ts';

describe.runIf(hasChromium)('the spectrogram', () => {
  const journey = setOut(async (studio) => {
    const project = studio.at('sound.cuepoint');
    await writeClipWithSound(studio.at('tones.mp4'), 20, [[4, 8]]);
    for (const words of [
      ['new', project, '--classes', 'tone'],
      ['add', project, studio.at('tones.mp4')],
    ])
      expect(await cuepoint(studio.env, ...words)).toMatchObject({ code: 0 });
    return { project };
  });
  const window = () => journey().window;

  /** Share of pixels of the track that are not background, in a stretch of the video given in seconds. */
  const inked = async (fromS: number, toS: number): Promise<number> =>
    journey()
      .page.getByTestId('timeline-canvas')
      .evaluate(
        (area, [from, to]) => {
          const canvas = area.querySelector('canvas')!;
          const region = area.closest('[data-command-scope]')!;
          const name = [...region.querySelectorAll('[aria-hidden]')].find((each) => each.textContent === 'Spectrum')!;
          const ratio = canvas.width / canvas.clientWidth;
          const top = name.getBoundingClientRect().top - canvas.getBoundingClientRect().top;
          const xOf = (s: number): number => 16 + (s / 20) * (canvas.clientWidth - 32);
          const [x, width] = [xOf(from!) * ratio, (xOf(to!) - xOf(from!)) * ratio];
          const { data } = canvas.getContext('2d')!.getImageData(x, (top + 4) * ratio, width, 46 * ratio);
          const background = [data[0], data[1], data[2]];
          let other = 0;
          for (let at = 0; at < data.length; at += 4)
            if (background.some((value, part) => Math.abs(value! - data[at + part]!) > 40)) other += 1;
          return other / (data.length / 4);
        },
        [fromS, toS],
      );

  test('a tone stands where it sounds, and silence is empty', async () => {
    await window().frameNumber();
    await window().panel('Timeline').focus();
    const tile = journey().page.waitForResponse(/spectrogram\/\d+\?level/);
    await window().press('Shift+G');
    await window().hears(/^Spectrogram$/);
    expect((await (await tile).body()).byteLength).toBe(256 * 64);
    await expect.poll(() => inked(4.5, 7.5)).toBeGreaterThan(0.01);
    expect(await inked(10, 18)).toBeLessThan(0.001);
  });

  test('closer, finer tiles come; switched off by menu it asks for nothing more', async () => {
    const { page } = journey();
    const levels: number[] = [];
    page.on('request', (request) => {
      const level = /spectrogram\/\d+\?level=(\d+)/.exec(request.url())?.[1];
      if (level !== undefined) levels.push(Number(level));
    });
    await window().panel('Timeline').focus();
    for (let step = 0; step < 8; step += 1) await window().press('+');
    await expect.poll(() => levels.at(-1) ?? 99).toBe(0);
    await page.getByRole('button', { name: 'What the timeline shows' }).click();
    const choice = page.getByRole('menuitemcheckbox', { name: 'Spectrogram of the sound' });
    await choice.click();
    await expect.poll(() => choice.getAttribute('aria-checked')).toBe('false');
    await window().press('Escape');
    await page.getByText('Spectrum', { exact: true }).waitFor({ state: 'detached' });
  });
});
