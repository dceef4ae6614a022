import { ServedStudio } from '#e2e/fixtures/served-studio.ts';
import { compared, quantile, type Bench, type BenchContext, type BenchRow } from '../bench-case.ts';
import { filmNames } from '../timeline/labelled-hours.ts';
import { checkThatPagesAreBuilt } from '../timeline/pages-built.ts';
import { sensedHours, trackCount } from '../timeline/sensed-hours.ts';
import { StudioInChromium, type Motion } from '../timeline/studio-in-chromium.ts';

const rows = 10_000_000;
/** What fits one tile, so that every view is drawn of the values themselves. */
const few = 1_000;
const motions: readonly Motion[] = ['pan', 'zoom'];
const pictures = 240;

/** Two hours of film with a sensor’s ten million rows beside it in Chromium as it runs here, against the same with a thousand. */
export const timelineSensorsBench: Bench = {
  name: 'timeline-sensors',
  async run(context) {
    checkThatPagesAreBuilt();
    const baseline = await figuresOf(few, context);
    const name = `2 h, ${trackCount} tracks, ${rows.toLocaleString('en')} rows against ${few.toLocaleString('en')}`;
    return [...(await figuresOf(rows, context))].map(([metric, value]): BenchRow =>
      compared(name, metric, value, baseline.get(metric)!),
    );
  },
};

async function figuresOf(rowCount: number, context: BenchContext): Promise<Map<string, number>> {
  await using studio = new ServedStudio();
  const project = await sensedHours(rowCount, studio.env, context);
  await using window = await StudioInChromium.open(studio, project);
  await window.select(filmNames.long, 0);
  await window.seesTracks(trackCount);
  const figures = new Map<string, number>();
  for (const motion of motions) {
    context.say(`${motion} over ${rowCount} rows`);
    const { apart, work } = await window.move(motion, pictures);
    figures.set(`pictures a second, ${motion}`, 1000 / quantile(apart, 0.5));
    figures.set(`ms from picture to picture, ${motion}, p95`, quantile(apart, 0.95));
    figures.set(`ms of work a picture, ${motion}, p95`, quantile(work, 0.95));
  }
  const { heap, renderer } = await window.memory();
  figures.set('MiB of scripts’ memory, after all of this', heap);
  figures.set('MiB of the page’s process, after all of this', renderer);
  return figures;
}
