import '@fontsource-variable/inter';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { keepProof } from './backend/page-proof.ts';
import { App } from './window/App.tsx';
import { registerAllCommands } from './window/all-commands.ts';
import { CrashBoundary } from './window/CrashBoundary.tsx';
import { StudioProviders } from './window/StudioProviders.tsx';

keepProof();
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
