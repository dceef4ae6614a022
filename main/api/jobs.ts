import type { Studio } from '../studio/studio.ts';
import { os } from './implementer.ts';

export const jobHandlers = (studio: Studio) =>
  os.jobs.router({
    list: os.jobs.list.handler(() => studio.project().jobs.list()),
    cancel: os.jobs.cancel.handler(({ input }) => studio.project().jobs.cancel(input.jobIds)),
    retry: os.jobs.retry.handler(({ input }) => studio.project().jobs.retry(input.jobIds)),
    clear: os.jobs.clear.handler(() => studio.project().jobs.clear()),
  });
