import '@fontsource-variable/inter';
import { keepProof } from './backend/page-proof.ts';
import { backend } from './backend/client.ts';
import { chooseLanguage } from './language/choose-language.ts';
import { recallView } from './shared/view-storage.ts';

const wantedLanguage = async (): Promise<string> => {
  try {
    return (await backend.studio.settings()).language;
  } catch {
    // The window opens all the same, and says that nobody answers.
    return 'system';
  }
};

keepProof();
await Promise.all([recallView(), wantedLanguage().then(chooseLanguage)]);
// Only now: the stores of the view read what was kept as they are made, and tables of words are made in the language.
const { openWindow } = await import('./window/open-window.tsx');
openWindow(document.getElementById('root')!);
