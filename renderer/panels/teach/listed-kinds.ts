import type { VersionKind } from '#preload/domain/version-kinds.ts';
import { t } from '../../language/language.ts';

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
    label: t('Versions, newest first'),
    before: { name: t('Zero-shot'), fact: t('names alone, and corrections'), useLabel: t('Go back to zero-shot') },
    said: (name) => t('{{name}} is in use. Proposals are scored again.', { name }),
  },
  boundaries: {
    label: t('Learned edges, newest first'),
    before: {
      name: t('Edges as found'),
      fact: t('where the picture changes'),
      useLabel: t('Do without learned edges'),
    },
    said: (name) => t('{{name}} from now on. Segments are proposed again.', { name }),
  },
  corrections: {
    label: t('Corrections of other projects, newest first'),
    before: {
      name: t('Corrections made here alone'),
      fact: t('and the names'),
      useLabel: t('Do without other projects'),
    },
    said: (name) => t('{{name}} from now on. Proposals are scored again.', { name }),
  },
  scorer: {
    label: t('Versions of X-CLIP, newest first'),
    before: {
      name: t('X-CLIP untaught'),
      fact: t('without any fine-tuning'),
      useLabel: t('Use X-CLIP untaught'),
    },
    said: (name) => t('{{name}} scores now. Proposals are scored again.', { name }),
  },
};
