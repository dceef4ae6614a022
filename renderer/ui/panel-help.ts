import { createContext } from 'react';

/** Opens the help on a panel, by its scope. Null where there is none: a panel alone in a test. */
export const PanelHelp = createContext<((scope: string) => void) | null>(null);
