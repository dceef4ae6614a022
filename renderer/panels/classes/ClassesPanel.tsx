import CategoryOutlined from '@mui/icons-material/CategoryOutlined';
import FilterCenterFocusOutlined from '@mui/icons-material/FilterCenterFocusOutlined';
import { t } from '../../language/language.ts';
import { CommandIcon } from '../../shared/CommandIcon.tsx';
import { FailureNote } from '../../shared/FailureNote.tsx';
import { useStudio } from '../../shared/studio-state.ts';
import { useClasses } from '../../backend/project-queries.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { grouped } from '../../ui/quantities.ts';
import { PanelFrame } from '../../ui/PanelFrame.tsx';
import { RowsSkeleton } from '../../ui/RowsSkeleton.tsx';
import { ClassDetails } from './ClassDetails.tsx';
import { ClassList } from './ClassList.tsx';
import { NewClassField } from './NewClassField.tsx';

/** The classes: typed in at any time, each with a colour, a key, a prompt text, and how far this video is looked through for it. */
export function ClassesPanel() {
  const classes = useClasses();
  const focusedId = useStudio((studio) => studio.focusedClassId);
  const solo = useStudio((studio) => studio.soloFocusedClass);
  const focused = classes.data?.find((each) => each.id === focusedId);
  return (
    <PanelFrame
      title={t('Classes')}
      scope="classes"
      aside={classes.data && grouped(classes.data.length)}
      tools={
        <CommandIcon command="classes.solo" pressed={solo}>
          <FilterCenterFocusOutlined fontSize="small" />
        </CommandIcon>
      }
    >
      {classes.isError ? (
        <FailureNote error={classes.error} onRetry={() => void classes.refetch()} />
      ) : !classes.data ? (
        <RowsSkeleton rows={5} height={36} label={t('Loading the classes')} />
      ) : (
        <>
          <NewClassField known={classes.data.map((each) => each.name)} />
          {classes.data.length === 0 ? (
            <EmptyState icon={<CategoryOutlined />} title={t('No classes yet: type one')}>
              {t(
                'Any name works, at any time: “high jump”, “pouring milk”. Paste a list to add many at once. Stored features are scored against a new name within seconds.',
              )}
            </EmptyState>
          ) : (
            <ClassList classes={classes.data} />
          )}
          {focused && <ClassDetails key={focused.id} actionClass={focused} />}
        </>
      )}
    </PanelFrame>
  );
}
