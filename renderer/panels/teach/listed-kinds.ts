import type { VersionKind } from '#preload/domain/version-kinds.ts';

interface ListedKind {
  /** Of the list of versions. */
  readonly label: string;
  /** What is in use where no version is. */
  readonly before: { readonly name: string; readonly fact: string; readonly useLabel: string };
  /** What is said once something else is in use, by its name. */
  readonly said: (name: string) => string;
}

/** How the versions of each kind are listed. */
export const listedKinds: Readonly<Record<VersionKind, ListedKind>> = {
  prompts: {
    label: 'Versions, newest first',
    before: { name: 'Zero-shot', fact: 'names alone, and corrections', useLabel: 'Go back to zero-shot' },
    said: (name) => `${name} is in use. Proposals are scored again.`,
  },
  boundaries: {
    label: 'Learned edges, newest first',
    before: { name: 'Edges as found', fact: 'where the picture changes', useLabel: 'Do without learned edges' },
    said: (name) => `${name} from now on. Segments are proposed again.`,
  },
  corrections: {
    label: 'Corrections of other projects, newest first',
    before: { name: 'Corrections made here alone', fact: 'and the names', useLabel: 'Do without other projects' },
    said: (name) => `${name} from now on. Proposals are scored again.`,
  },
  scorer: {
    label: 'Versions of X-CLIP, newest first',
    before: { name: 'X-CLIP as published', fact: 'without any fine-tuning', useLabel: 'Use X-CLIP as published' },
    said: (name) => `${name} scores now. Proposals are scored again.`,
  },
};
