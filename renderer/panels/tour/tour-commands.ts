import { t } from '../../language/language.ts';
import type { Command } from '../../shared/command.ts';
import { notify } from '../../shared/notices.ts';
import { api } from '../../backend/client.ts';

/** The card takes the focus by this id. */
export const tourCardId = 'tour-card';

/** Taking the guided tour, and leaving it. */
export const tourCommands: readonly Command[] = [
  {
    id: 'tour.start',
    label: t('Guided tour'),
    group: 'Window',
    keys: ['Alt+H'],
    run: ({ studio, queries }) => {
      if (queries.getQueryData(api.studio.state.queryKey())?.project == null)
        notify(t('Open a project first: the tour shows how to work in one.'));
      else if (studio.tourStep === null) studio.show({ dialog: null, tourStep: 0 });
      else document.getElementById(tourCardId)?.focus();
    },
  },
  {
    id: 'tour.leave',
    label: t('Leave the guided tour'),
    group: 'Window',
    keys: ['Escape'],
    enabled: (studio) => studio.tourStep !== null,
    run: ({ studio }) => studio.show({ tourStep: null }),
  },
];
