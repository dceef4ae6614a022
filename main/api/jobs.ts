import type { Studio } from '../studio/studio.ts';
import { os } from './implementer.ts';

export const jobHandlers = (studio: Studio) =>
  os.jobs.router({
    list: os.jobs.list.handler(() => studio.work().queue.list()),
    cancel: os.jobs.cancel.handler(({ input }) => studio.work().queue.cancel(input.jobIds)),
    retry: os.jobs.retry.handler(({ input }) => studio.work().queue.retry(input.jobIds)),
    clear: os.jobs.clear.handler(() => studio.work().queue.clear()),
  });
