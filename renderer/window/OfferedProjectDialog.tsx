import { useEffect, useState } from 'react';
import type { OfferedProject } from '#preload/host.ts';
import { t } from '../language/language.ts';
import { backend } from '../backend/client.ts';
import { attempt } from '../shared/notices.ts';
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx';

const settle = ({ place }: OfferedProject): void => attempt(globalThis.window.cuepointHost!.settleProject(place));
const take = ({ place }: OfferedProject): void => attempt(backend.projects.open({ place }));

/** Opens a project that was named from outside the window in this one's place, after asking where one is open. */
export function OfferedProjectDialog({ open }: { /** The name of the open project. */ readonly open: string | null }) {
  const [offered, setOffered] = useState<OfferedProject | null>(null);
  useEffect(
    () =>
      globalThis.window.cuepointHost?.onProject((project) => {
        if (project.ask) return setOffered(project);
        settle(project);
        take(project);
      }),
    [],
  );
  if (offered === null) return null;
  return (
    <ConfirmDialog
      open
      title={t('Open “{{name}}”?', { name: offered.name })}
      text={[
        t('It opens in place of {{value}}, in which everything is saved.', {
          value: open === null ? t('what is open now') : `“${open}”`,
        }),
        t('Work that has not ended goes on when that project is opened again.'),
      ]}
      confirmLabel={t('Open it')}
      onConfirm={() => take(offered)}
      onClose={() => {
        settle(offered);
        setOffered(null);
      }}
    />
  );
}
