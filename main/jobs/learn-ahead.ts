import { Failure } from '#preload/domain/failure.ts';
import { say } from '#preload/domain/saying.ts';
import { toFailure } from '../failures/to-failure.ts';
import { lessonInput } from './model-run.ts';
import type { ProjectWork } from './project-work.ts';

/** So long nothing must have been edited, nor any job have run. */
const quietMs = 2000;

const begun = new WeakSet<ProjectWork>();

/**
 * Lets the engine learn from the project's corrections before anybody waits for it, once after opening: what corrected
 * videos say is read then, and the first correction is answered as soon as any other. It gives way to edits and to jobs,
 * and goes on behind them where it stopped.
 */
export function learnAhead(work: ProjectWork): void {
  const { project, queue, engine } = work;
  if (begun.has(work) || project.readOnly) return;
  begun.add(work);
  let timer: NodeJS.Timeout | undefined;
  let current = new AbortController();
  const giveWay = (): void => {
    clearTimeout(timer);
    current.abort(new Failure('cancelled', say('This gives way.')));
    if (!project.closing.aborted) timer = setTimeout(() => void learn(), quietMs).unref();
  };
  const stop = (): void => {
    for (const news of ['edited', 'scoredOtherwise'] as const) project.news.off(news, giveWay);
    project.closing.removeEventListener('abort', stop);
    clearTimeout(timer);
    current.abort(new Failure('cancelled', say('This gives way.')));
  };
  for (const news of ['edited', 'scoredOtherwise'] as const) project.news.on(news, giveWay);
  project.closing.addEventListener('abort', stop);
  giveWay();

  async function learn(): Promise<void> {
    if (queue.isBusy) return giveWay();
    current = new AbortController();
    const { signal } = current;
    try {
      if (project.settings.model !== null) {
        const onProgress = () => queue.isBusy && giveWay();
        await engine.run('learnAhead', lessonInput(project), { signal, onProgress });
      }
      stop();
    } catch (error) {
      if (signal.aborted) return;
      stop();
      // Nobody asked for it: whoever corrects something is told the same by its job.
      if (!project.closing.aborted) process.stderr.write(`Learning ahead: ${toFailure(error).message}\n`);
    }
  }
}
