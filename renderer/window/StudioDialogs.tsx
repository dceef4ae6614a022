import { lazy, Suspense } from 'react';
import { AnnotatorsDialog } from '../panels/annotators/AnnotatorsDialog.tsx';
import { AttributesDialog } from '../panels/attributes/AttributesDialog.tsx';
import { ClassDialog } from '../panels/classes/ClassDialog.tsx';
import { ProgressDialog } from '../panels/classes/ProgressDialog.tsx';
import { RelabelDialog } from '../panels/classes/RelabelDialog.tsx';
import { SplitClassDialog } from '../panels/classes/SplitClassDialog.tsx';
import { ConflictDialog } from '../panels/conflict/ConflictDialog.tsx';
import { ExportDialog } from '../panels/export/ExportDialog.tsx';
import { LookBack } from '../panels/history/LookBack.tsx';
import { RestorePointDialog } from '../panels/history/RestorePointDialog.tsx';
import { ImportDialog } from '../panels/import/ImportDialog.tsx';
import { JobsDrawer } from '../panels/jobs/JobsDrawer.tsx';
import { AddOtherwiseDialog } from '../panels/library/AddOtherwiseDialog.tsx';
import { ReadingDialog } from '../panels/library/ReadingDialog.tsx';
import { PasteDialog } from '../panels/paste/PasteDialog.tsx';
import { PlacesDialog } from '../panels/places/PlacesDialog.tsx';
import { LogDialog } from '../panels/support/LogDialog.tsx';
import { SettingsDialog, type SettingsTab } from '../panels/settings/SettingsDialog.tsx';
import { SplitsDialog } from '../panels/splits/SplitsDialog.tsx';
import { usePlaceQuestion } from '../shared/choose-places.ts';
import { GapsDialog } from '../panels/timeline/many/GapsDialog.tsx';
import { WindowsDialog } from '../panels/timeline/many/WindowsDialog.tsx';
import { ClockDialog } from '../panels/timeline/series/ClockDialog.tsx';
import { RecordingDialog } from '../panels/timeline/series/RecordingDialog.tsx';
import { TrackDialog } from '../panels/timeline/series/TrackDialog.tsx';
import { CommandPalette } from './CommandPalette.tsx';
import { KeyMapDialog } from './KeyMapDialog.tsx';
import { NewProjectDialog } from './NewProjectDialog.tsx';
import { useStudio, type StudioDialog } from '../shared/studio-state.ts';

/** Its chapters and what draws them are read when somebody asks for help. */
const HelpDialog = lazy(async () => ({ default: (await import('../panels/help/HelpDialog.tsx')).HelpDialog }));

const QualityDialog = lazy(async () => ({
  default: (await import('../panels/quality/QualityDialog.tsx')).QualityDialog,
}));

/** The settings are one dialog, which opens where it is asked to. */
const settingsTabs: Partial<Record<StudioDialog, SettingsTab>> = {
  settings: 'display',
  models: 'models',
  provider: 'provider',
  proposals: 'proposals',
  updates: 'updates',
};

/** The dialog that is open, and the file chooser, which may stand over it. Those about a project need one. */
export function StudioDialogs({ hasProject }: { readonly hasProject: boolean }) {
  const dialog = useStudio((studio) => studio.dialog);
  const question = usePlaceQuestion((state) => state.question);
  const settingsTab = dialog === null || (dialog === 'proposals' && !hasProject) ? undefined : settingsTabs[dialog];
  const onClose = (): void => useStudio.getState().show({ dialog: null });
  return (
    <>
      {dialog === 'palette' && <CommandPalette onClose={onClose} hasProject={hasProject} />}
      {dialog === 'keys' && <KeyMapDialog onClose={onClose} hasProject={hasProject} />}
      {dialog === 'help' && (
        <Suspense>
          <HelpDialog onClose={onClose} />
        </Suspense>
      )}
      {dialog === 'log' && <LogDialog onClose={onClose} />}
      {dialog === 'new-project' && <NewProjectDialog onClose={onClose} />}
      {settingsTab && (
        <SettingsDialog key={settingsTab} start={settingsTab} hasProject={hasProject} onClose={onClose} />
      )}
      {hasProject && dialog === 'jobs' && <JobsDrawer onClose={onClose} />}
      {hasProject && dialog === 'export' && <ExportDialog onClose={onClose} />}
      {hasProject && dialog === 'import' && <ImportDialog onClose={onClose} />}
      {hasProject && dialog === 'annotators' && <AnnotatorsDialog onClose={onClose} />}
      {hasProject && dialog === 'paste' && <PasteDialog onClose={onClose} />}
      {hasProject && dialog === 'windows' && <WindowsDialog onClose={onClose} />}
      {hasProject && dialog === 'gaps' && <GapsDialog onClose={onClose} />}
      {hasProject && dialog === 'recording' && <RecordingDialog onClose={onClose} />}
      {hasProject && dialog === 'recording-clock' && <ClockDialog onClose={onClose} />}
      {hasProject && dialog === 'recording-track' && <TrackDialog onClose={onClose} />}
      {hasProject && dialog === 'splits' && <SplitsDialog onClose={onClose} />}
      {hasProject && dialog === 'progress' && <ProgressDialog onClose={onClose} />}
      {hasProject && dialog === 'quality' && (
        <Suspense>
          <QualityDialog onClose={onClose} />
        </Suspense>
      )}
      {hasProject && dialog === 'restore-point' && <RestorePointDialog onClose={onClose} />}
      {hasProject && dialog === 'attributes' && <AttributesDialog onClose={onClose} />}
      {hasProject && dialog === 'class' && <ClassDialog onClose={onClose} />}
      {hasProject && dialog === 'split-class' && <SplitClassDialog onClose={onClose} />}
      {hasProject && dialog === 'relabel' && <RelabelDialog onClose={onClose} />}
      {hasProject && dialog === 'add-otherwise' && <AddOtherwiseDialog onClose={onClose} />}
      {hasProject && dialog === 'reading' && <ReadingDialog onClose={onClose} />}
      {hasProject && <LookBack />}
      {hasProject && <ConflictDialog />}
      {question && <PlacesDialog key={question.purpose} question={question} />}
    </>
  );
}
