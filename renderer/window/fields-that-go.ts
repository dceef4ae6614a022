/** A pause in typing this long ends the words that were begun in a field. */
const pauseMs = 1000;

/** Keys that mean something by themselves wherever the hand is. */
const leaving: ReadonlySet<string> = new Set(['Escape', 'Tab']);

/**
 * Tells of keys that are typed on after the field under the hand went by itself, as with a segment that somebody else
 * removes: they were meant for that field, so they are no commands. `isField`: what letters are typed into.
 */
export function watchFieldsThatGo(
  isField: (element: Element) => boolean,
  signal: AbortSignal,
): (event: KeyboardEvent) => boolean {
  let isActing = false;
  let untilMs = 0;
  // What goes while the hand acts, or to give the focus to something else, goes because it was to.
  const act = (): void => {
    isActing = true;
    setTimeout(() => (isActing = false));
  };
  const forget = (): void => void (untilMs = 0);
  const onFocusOut = ({ target, relatedTarget }: FocusEvent): void => {
    if (isActing || relatedTarget !== null || !(target instanceof Element) || !isField(target)) return;
    setTimeout(() => {
      if (!target.isConnected && document.activeElement === document.body) untilMs = performance.now() + pauseMs;
    });
  };
  document.addEventListener('keydown', act, { capture: true, signal });
  document.addEventListener('pointerdown', act, { capture: true, signal });
  document.addEventListener('pointerdown', forget, { signal });
  document.addEventListener('focusin', forget, { signal });
  document.addEventListener('focusout', onFocusOut, { signal });
  return ({ key }) => {
    if (leaving.has(key)) forget();
    if (performance.now() >= untilMs) return false;
    untilMs = performance.now() + pauseMs;
    return true;
  };
}
