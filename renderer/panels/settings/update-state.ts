import { useEffect, useState } from 'react';
import type { UpdateState } from '#preload/domain/update-state.ts';

/** How far the program is with a newer version of itself; null in a browser, and until it is known. */
export function useUpdateState(): UpdateState | null {
  const [state, setState] = useState<UpdateState | null>(null);
  useEffect(() => {
    const updates = window.cuepointHost?.updates;
    if (updates === undefined) return undefined;
    const stop = updates.onState(setState);
    void updates.state().then(setState);
    return stop;
  }, []);
  return state;
}

const lineEnds = new Set(['P', 'LI', 'H1', 'H2', 'H3', 'H4', 'DIV', 'BR', 'UL', 'OL', 'PRE', 'TR']);

/**
 * Notes as lines of text: of a piece of a web page, as GitHub hands them out, and of Markdown, as others do, only the words
 * are shown.
 */
export function noteLines(notes: string): readonly string[] {
  const isPage = notes.trimStart().startsWith('<');
  const text = isPage ? wordsOf(new DOMParser().parseFromString(notes, 'text/html').body) : notes;
  return text
    .split('\n')
    .map((line) => (isPage ? line : line.replace(/^#+\s+/, '').replace(/^(\s*)[-*]\s+/, '$1• ')).trimEnd())
    .filter(Boolean);
}

function wordsOf(node: Node): string {
  if (node.nodeType === Node.TEXT_NODE) return (node.textContent ?? '').replaceAll(/\s+/g, ' ');
  if (['SCRIPT', 'STYLE'].includes(node.nodeName)) return '';
  const inside = [...node.childNodes].map(wordsOf).join('');
  const bullet = node.nodeName === 'LI' ? '• ' : '';
  return lineEnds.has(node.nodeName) ? `\n${bullet}${inside.trim()}\n` : inside;
}
