import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Job } from '#preload/domain/job.ts';
import { t } from '../language/language.ts';
import { beginAnewWithAnotherProject, followChanges } from '../backend/changes.ts';
import { api, backend, queries } from '../backend/client.ts';
import { runCommand } from '../shared/commands.ts';
import { goToHelpOf } from '../shared/help.ts';
import { FailureNote } from '../shared/FailureNote.tsx';
import { PanelHelp } from '../ui/panel-help.ts';
import { DropPlaces } from './DropPlaces.tsx';
import { jobNews } from './job-news.ts';
import { useKeyboard } from './keyboard.ts';
import { useQuietTooltips } from './quiet-tooltips.ts';
import { NoticeBar } from './NoticeBar.tsx';
import { OfferedProjectDialog } from './OfferedProjectDialog.tsx';
import { announce, attempt, notify } from '../shared/notices.ts';
import { StudioDialogs } from './StudioDialogs.tsx';
import { tellOfTeaching } from './tell-of-teaching.ts';
import { useStudio } from '../shared/studio-state.ts';
import { holdWhileEditsWait } from './hold-while-edits-wait.ts';
import { tellWhereWeLook } from './tell-where-we-look.ts';
import { keepStandpoint } from './standpoint.ts';
import { StudioWindow } from './StudioWindow.tsx';
import { WelcomeScreen } from './WelcomeScreen.tsx';

/** The one window: the welcome screen without a project, the studio with one. */
export function App() {
  useKeyboard();
  useQuietTooltips();
  useBackendNews();
  useEffect(() => globalThis.window.cuepointHost?.onCommand(runCommand), []);
  const state = useQuery(api.studio.state.queryOptions());
  const location = state.data?.project?.location ?? null;
  const name = state.data?.project?.name;
  // Another project is another location; ids of the last one mean nothing in it.
  useEffect(() => {
    useStudio.getState().forgetProject();
    return location === null ? undefined : keepStandpoint(location);
  }, [location]);
  useEffect(holdWhileEditsWait, []);
  useEffect(tellWhereWeLook, []);
  useFirstTour(state.data?.project?.isSample === true);
  useEffect(() => {
    document.title = name === undefined ? 'Cuepoint' : t('{{name}} · Cuepoint', { name });
  }, [name]);

  return (
    <PanelHelp value={helpOnPanel}>
      {state.isError && !state.data ? (
        <div style={{ display: 'flex', height: '100%' }}>
          <FailureNote error={state.error} onRetry={() => void state.refetch()} />
        </div>
      ) : !state.data ? null : state.data.project ? (
        <StudioWindow key={location} />
      ) : (
        <DropPlaces hasProject={false}>
          <WelcomeScreen recent={state.data.recent} version={state.data.version} />
        </DropPlaces>
      )}
      <OfferedProjectDialog open={name ?? null} />
      <StudioDialogs hasProject={state.data?.project != null} />
      <NoticeBar />
    </PanelHelp>
  );
}

function helpOnPanel(scope: string): void {
  goToHelpOf(scope);
  useStudio.getState().show({ dialog: 'help' });
}

/** In the sample project the guided tour opens by itself, once for a person at this machine. */
function useFirstTour(inSample: boolean): void {
  const { data: settings } = useQuery(api.studio.settings.queryOptions());
  const due = inSample && settings?.tourSeen === false;
  useEffect(() => {
    if (!due) return;
    useStudio.getState().show({ tourStep: 0 });
    attempt(backend.studio.changeSettings({ tourSeen: true }));
  }, [due]);
}

function useBackendNews(): void {
  useEffect(() => {
    const controller = new AbortController();
    const end = beginAnewWithAnotherProject(() => globalThis.location.reload());
    const onModel = (model: string, chosen: boolean): void => {
      const hasProject = queries.getQueryData(api.studio.state.queryKey())?.project != null;
      if (chosen) {
        const propose = { label: t('Propose segments'), run: () => runCommand('analysis.propose') };
        notify(t('{{model}} is ready, and this project’s model now.', { model }), 'success', propose);
      } else {
        const use = { label: t('Use it here'), run: () => useStudio.getState().show({ dialog: 'models' }) };
        notify(t('{{model}} is ready.', { model }), 'success', hasProject ? use : undefined);
      }
    };
    const onJob = (job: Job, before: Job | undefined): void => {
      const news = jobNews(job, before);
      if (news?.kind === 'failed') {
        notify(news.text, 'error', { label: t('Show jobs'), run: () => useStudio.getState().show({ dialog: 'jobs' }) });
      } else if (news?.kind === 'taught') {
        attempt(tellOfTeaching(news.what));
      } else if (news?.kind === 'read') {
        notify(news.text, 'success');
      } else if (news?.kind === 'finished') {
        announce(news.text);
      }
    };
    void followChanges(controller.signal, { onJob, onModel });
    return () => {
      controller.abort();
      end();
    };
  }, []);
}
