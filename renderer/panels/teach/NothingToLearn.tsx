import SchoolOutlined from '@mui/icons-material/SchoolOutlined';
import type { Told } from '#preload/domain/saying.ts';
import { said } from '../../language/said.ts';
import Button from '@mui/material/Button';
import { t } from '../../language/language.ts';
import { runCommand } from '../../shared/commands.ts';
import { useStudio } from '../../shared/studio-state.ts';
import { useProject } from '../../backend/project-queries.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';

/** Before the first correction: what teaching is, and the next thing to do on the way there. */
export function NothingToLearn({ obstacle }: { readonly obstacle: Told | null }) {
  const { data: project } = useProject();
  const { show } = useStudio.getState();
  const needsModel = project?.settings.model === null;
  return (
    <EmptyState
      icon={<SchoolOutlined />}
      title={t('Nothing to learn from yet')}
      action={
        needsModel ? (
          <Button variant="outlined" onClick={() => runCommand('window.models')}>
            {t('Choose a model…')}
          </Button>
        ) : (
          <Button variant="outlined" onClick={() => show({ rightPanel: 'review' })}>
            {t('Review proposals')}
          </Button>
        )
      }
    >
      <div>
        {t(
          'Every proposal that you accept, reject or relabel, and every segment you draw, teaches. After a handful of each class, proposals in all videos get better.',
        )}
      </div>
      {obstacle !== null && <div>{said(obstacle)}</div>}
    </EmptyState>
  );
}
