import '@fontsource-variable/inter';
import { keepProof } from './backend/page-proof.ts';
import { recallView } from './shared/view-storage.ts';

keepProof();
await recallView();
// Only now: the stores of the view read what was kept as they are made.
const { openWindow } = await import('./window/open-window.tsx');
openWindow(document.getElementById('root')!);
