import { t } from '../../language/language.ts';
import type { Command } from '../../shared/command.ts';
import { notify } from '../../shared/notices.ts';
import { useTeachChoice } from './teach-choice.ts';

/** Learning from the corrections, and back. */
export const teachCommands: readonly Command[] = [
  {
    id: 'teach.start',
    label: t('Teach: learn from the corrections'),
    group: 'Teach',
    keys: ['Alt+T'],
    run: async ({ backend, studio }) => {
      await backend.tuning.start({ preset: useTeachChoice.getState().preset });
      studio.show({ leftPanel: 'teach' });
    },
  },
  {
    id: 'teach.cancel',
    label: t('Cancel teaching'),
    group: 'Teach',
    keys: [],
    run: async ({ backend }) => {
      const { jobId } = await backend.tuning.status();
      if (jobId === null) notify(t('Nothing is being learned now.'));
      else await backend.jobs.cancel({ jobIds: [jobId] });
    },
  },
  {
    id: 'teach.zero-shot',
    label: t('Go back to zero-shot'),
    group: 'Teach',
    keys: [],
    run: async ({ backend }) => {
      const { versions, boundaryVersions } = await backend.tuning.status();
      if (![...versions, ...boundaryVersions].some(({ live }) => live)) {
        notify(t('No tuned version is in use.'));
        return;
      }
      for (const kind of ['prompts', 'boundaries'] as const) await backend.versions.goBack({ kind });
      notify(t('Back to zero-shot. Proposals are scored again.'), 'success');
    },
  },
];
