import { ServedStudio } from '#e2e/fixtures/served-studio.ts';
import { compared, measured, quantile, type Bench, type BenchContext, type BenchRow } from '../bench-case.ts';
import { filmNames, labelledHours } from '../timeline/labelled-hours.ts';
import { checkThatPagesAreBuilt } from '../timeline/pages-built.ts';
import { StudioInChromium, type Motion } from '../timeline/studio-in-chromium.ts';

/** What is held against a handful of segments, which is enough to nudge one. */
const sizes = [10_000, 100_000];
const handful = 20;
const motions: readonly Motion[] = ['pan', 'zoom', 'scroll'];
const pictures = 240;
const nudges = 40;

/**
 * Two hours of film and two hundred classes in Chromium as it runs here, with ten and a hundred thousand segments against
 * the same with a handful.
 */
export const timelineBench: Bench = {
  name: 'timeline',
  async run(context) {
    checkThatPagesAreBuilt();
    const baseline = await figuresOf(handful, context);
    const rows: BenchRow[] = [];
    for (const size of sizes) {
      const name = `2 h, 200 classes, ${size.toLocaleString('en')} segments against ${handful}`;
      for (const [metric, value] of await figuresOf(size, context))
        rows.push(against(name, metric, value, baseline.get(metric)!));
    }
    return rows;
  },
};

async function figuresOf(segmentCount: number, context: BenchContext): Promise<Map<string, number>> {
  await using studio = new ServedStudio();
  const project = await labelledHours(segmentCount, studio.env, context);
  context.say(`opening ${segmentCount} segments`);
  await using window = await StudioInChromium.open(studio, project);
  const figures = new Map<string, number>();
  await window.select(filmNames.short, 0);
  figures.set('ms from choosing the video to its timeline', await window.select(filmNames.long, segmentCount));
  figures.set('ms from loading the page to the timeline', await window.reload(segmentCount));
  const opened = await window.memory();
  figures.set('MiB of scripts’ memory, opened', opened.heap);
  for (const motion of motions) {
    context.say(`${motion} over ${segmentCount} segments`);
    const { apart, work } = await window.move(motion, pictures);
    figures.set(`ms from picture to picture, ${motion}, p95`, quantile(apart, 0.95));
    figures.set(`ms of work a picture, ${motion}, p95`, quantile(work, 0.95));
  }
  context.say(`nudging one of ${segmentCount} segments`);
  await window.selectASegment();
  const { untilShown, longestTask, computingEach, mainEach, bytesEach } = await window.nudge(nudges);
  figures.set('ms from a nudge to the inspector, p50', quantile(untilShown, 0.5));
  figures.set('ms from a nudge to the inspector, p95', quantile(untilShown, 0.95));
  figures.set('ms of the longest task while nudging (0: none above 50)', longestTask);
  figures.set('ms of the page’s thread for a nudge', computingEach);
  figures.set('ms of the main process for a nudge', mainEach);
  figures.set('bytes fetched for a nudge', bytesEach);
  const worked = await window.memory();
  figures.set('MiB of scripts’ memory, after all of this', worked.heap);
  figures.set('MiB of the page’s process, after all of this', worked.renderer);
  return figures;
}

/** Nothing is measured in shares of nothing. */
const against = (name: string, metric: string, value: number, baseline: number): BenchRow =>
  baseline === 0 ? measured(name, metric, value) : compared(name, metric, value, baseline);
