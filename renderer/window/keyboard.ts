import { useEffect } from 'react';
import type { ClipboardKind } from '../shared/command.ts';
import { clipboardCommand, runByClipboard, runByKeys } from '../shared/commands.ts';
import { strokeNames } from './key-strokes.ts';
import { watchFieldsThatGo } from './fields-that-go.ts';

const typing =
  'input:not([type=checkbox], [type=radio], [type=range], [type=button]), textarea, select, [contenteditable=true]';
/** Elements that answer Enter and Space themselves. */
const pressable =
  'button, a[href], summary, [role=button], [role=menuitem], [role=tab], [role=switch], input[type=checkbox], input[type=radio]';
/** While one of these is open, the window behind it hears nothing. */
const covering = '[role=dialog], [role=menu], .MuiModal-root, .MuiPopper-root';

/** Stands over the window like those, and yet belongs to it: its keys are the studio's. */
const partOfWindow = '[data-keys-pass]';

/** Whether a dialog stands over the window, which is then hidden from who listens. What charts measure words in always is. */
const isBehindDialog = (): boolean => document.body.querySelector(':scope > div[aria-hidden=true]') !== null;

/** A button that is disabled as it is pressed drops the focus, which is back in its dialog a moment later. */
const covered = (element: Element | null): boolean =>
  element === document.body
    ? isBehindDialog()
    : element?.closest(covering) != null && element.closest(partOfWindow) === null;

/**
 * Keys that leave a field as it is. With Alt a Mac types another character, as AltGr, which is Control and Alt, does
 * elsewhere; what is still the plain one types nothing.
 */
const typesNothing = ({ key, altKey, ctrlKey, metaKey }: KeyboardEvent): boolean =>
  altKey ? !ctrlKey && !metaKey && /^[\da-z]$/i.test(key) : ctrlKey || metaKey || /^F\d+$/.test(key);

const scrolling: ReadonlySet<string> = new Set(['ArrowDown', 'ArrowUp', 'PageDown', 'PageUp', 'Home', 'End']);

/** Whether an element, or what is around it, has more than it shows and scrolls. */
function isInScroller(element: Element | null): boolean {
  for (let at = element; at && at !== document.body; at = at.parentElement) {
    if (at.scrollHeight > at.clientHeight && /auto|scroll/.test(getComputedStyle(at).overflowY)) return true;
  }
  return false;
}

/** Regions around an element, innermost first. */
function scopesAround(element: Element | null): string[] {
  const scopes: string[] = [];
  for (let at = element?.closest('[data-command-scope]'); at; at = at.parentElement?.closest('[data-command-scope]')) {
    scopes.push(at.getAttribute('data-command-scope')!);
  }
  return scopes;
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return;
  const target = event.target instanceof Element ? event.target : null;
  const names = strokeNames(event);
  const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
  if (covered(target)) return;
  if (target?.closest(typing)) {
    // Out of the field, so that keys mean commands again.
    if (event.key === 'Escape') target.closest<HTMLElement>('[data-command-scope]')?.focus({ preventScroll: true });
    const press = { scopes: [], held: event.repeat, typing: true, code: event.code, scopedOnly: false };
    if (typesNothing(event) && runByKeys(names, press)) event.preventDefault();
    return;
  }
  if (plain && (event.key === 'Enter' || event.key === ' ') && target?.closest(pressable)) return;
  // A slider keeps its arrows.
  if (
    event.key.startsWith('Arrow') &&
    target?.closest('[role=slider], [role=separator], input[type=range], [role=tablist], [role=radiogroup]')
  )
    return;
  const scopes = scopesAround(target);
  // What scrolls under the hand keeps the keys that scroll, but for those that its own panel gives a meaning.
  const scopedOnly = plain && scrolling.has(event.key) && isInScroller(target);
  const press = { scopes, held: event.repeat, typing: false, code: event.code, scopedOnly };
  if (runByKeys(names, press)) event.preventDefault();
}

/** Words that are selected, and fields, are the browser's to copy from and paste into. */
function isBrowsers({ target }: Event): boolean {
  const element = target instanceof Element ? target : null;
  return covered(element) || element?.closest(typing) != null || document.getSelection()?.isCollapsed === false;
}

function onClipboard(event: ClipboardEvent): void {
  if (event.defaultPrevented || isBrowsers(event)) return;
  if (runByClipboard(event.type as ClipboardKind, event.clipboardData)) event.preventDefault();
}

/** Without a selection a browser copies only where somebody says beforehand that there is something to copy. */
function beforeClipboard(event: Event): void {
  const kind = event.type.replace('before', '') as ClipboardKind;
  if (!isBrowsers(event) && clipboardCommand(kind)) event.preventDefault();
}

/**
 * After a click with the mouse the button gives the focus back to its region, if it is in one, so that the next key (Space, Enter, A)
 * means the studio's command and not that button again. Keyboard users keep their place.
 */
function onClick(event: MouseEvent): void {
  if (event.detail === 0 || !(event.target instanceof Element)) return;
  const button = event.target.closest<HTMLElement>('button, [role=button]');
  if (!button || button !== document.activeElement || covered(button) || button.hasAttribute('aria-haspopup')) return;
  const region = button.closest<HTMLElement>('[data-command-scope]');
  if (region) region.focus({ preventScroll: true });
  else button.blur();
}

/** Listens for the keys of every registered command and for the clipboard. Keys never fire while somebody types. */
export function useKeyboard(): void {
  useEffect(() => {
    const controller = new AbortController();
    const wasMeantForField = watchFieldsThatGo(
      (element) => element.matches(typing) && !covered(element),
      controller.signal,
    );
    globalThis.document.addEventListener('keydown', (event) => wasMeantForField(event) || onKeyDown(event), {
      signal: controller.signal,
    });
    globalThis.document.addEventListener('click', onClick, { signal: controller.signal });
    for (const kind of ['copy', 'cut', 'paste'] as const) {
      globalThis.document.addEventListener(kind, onClipboard, { signal: controller.signal });
      globalThis.document.addEventListener(`before${kind}`, beforeClipboard, { signal: controller.signal });
    }
    return () => controller.abort();
  }, []);
}
