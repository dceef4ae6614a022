/** Of a paper that stands over the window and leaves it its keys: what plays is seen while something is set. */
export const overWindow = { role: 'dialog', 'data-keys-pass': true } as const;
