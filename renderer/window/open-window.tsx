import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { noteUncaughtFailures } from '../backend/note-failure.ts';
import { App } from './App.tsx';
import { registerAllCommands } from './all-commands.ts';
import { CrashBoundary } from './CrashBoundary.tsx';
import { StudioProviders } from './StudioProviders.tsx';

/** Composes the one window inside `root`. */
export function openWindow(root: HTMLElement): void {
  noteUncaughtFailures();
  registerAllCommands();
  createRoot(root).render(
    <StrictMode>
      <StudioProviders>
        <CrashBoundary>
          <App />
        </CrashBoundary>
      </StudioProviders>
    </StrictMode>,
  );
}
