import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { followChanges } from '../backend/changes.ts';
import { api } from '../backend/client.ts';
import { runCommand } from './commands.ts';
import { FailureNote } from './FailureNote.tsx';
import { jobNews } from './job-news.ts';
import { useKeyboard } from './keyboard.ts';
import { NoticeBar } from './NoticeBar.tsx';
import { announce, notify } from './notices.ts';
import { StudioDialogs } from './StudioDialogs.tsx';
import { useStudio } from './studio-state.ts';
import { StudioWindow } from './StudioWindow.tsx';
import { WelcomeScreen } from './WelcomeScreen.tsx';

/** The one window: the welcome screen without a project, the studio with one. */
export function App() {
  useKeyboard();
  useBackendNews();
  useEffect(() => globalThis.window.cuepointHost?.onCommand(runCommand), []);
  const state = useQuery(api.studio.state.queryOptions());
  const location = state.data?.project?.location ?? null;
  const name = state.data?.project?.name;
  // Another project is another location; ids of the last one mean nothing in it.
  useEffect(() => useStudio.getState().forgetProject(), [location]);
  useEffect(() => {
    document.title = name === undefined ? 'Cuepoint' : `${name} · Cuepoint`;
  }, [name]);

  return (
    <>
      {state.isError && !state.data ? (
        <div style={{ display: 'flex', height: '100%' }}>
          <FailureNote error={state.error} onRetry={() => void state.refetch()} />
        </div>
      ) : !state.data ? null : state.data.project ? (
        <StudioWindow key={location} />
      ) : (
        <WelcomeScreen recent={state.data.recent} version={state.data.version} />
      )}
      <StudioDialogs hasProject={state.data?.project != null} />
      <NoticeBar />
    </>
  );
}

function useBackendNews(): void {
  useEffect(() => {
    const controller = new AbortController();
    void followChanges(controller.signal, (job, before) => {
      const news = jobNews(job, before);
      if (news?.kind === 'failed') {
        notify(news.text, 'error', { label: 'Show jobs', run: () => useStudio.getState().show({ dialog: 'jobs' }) });
      } else if (news?.kind === 'finished') {
        announce(news.text);
      }
    });
    return () => controller.abort();
  }, []);
}
