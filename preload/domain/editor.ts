/** Who asks for an edit. */
export interface Editor {
  /** As the lab's sign-in names them; null where nobody signs in: then the settings of the machine say who labels. */
  readonly person: string | null;
  /** The window they ask from, by the name that it gave itself when it opened; null for scripts. */
  readonly window: string | null;
}

/** Whoever is at this machine, without a window. */
export const thisMachine: Editor = { person: null, window: null };

export const isSameEditor = (a: Editor, b: Editor): boolean =>
  a.window !== null && a.window === b.window && a.person === b.person;
