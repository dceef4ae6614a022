import '@fontsource-variable/inter';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/App.tsx';
import { registerAllCommands } from './app/all-commands.ts';
import { CrashBoundary } from './app/CrashBoundary.tsx';
import { StudioProviders } from './app/StudioProviders.tsx';

registerAllCommands();

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <StudioProviders>
      <CrashBoundary>
        <App />
      </CrashBoundary>
    </StudioProviders>
  </StrictMode>,
);
