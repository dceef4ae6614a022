/** Of a paper that stands over the window and leaves it its keys: what plays is seen while something is set. */
export const overWindow = { role: 'dialog', 'data-keys-pass': true } as const;

/** Gives the focus to the paper around an element that is about to go, so that the next key is still the paper's. */
export const focusPaperOf = (element: Element): void => element.closest<HTMLElement>('[role=dialog]')?.focus();
