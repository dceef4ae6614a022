// Keys mean the same command on every layout, and modifiers are never confused.
import { describe, expect, test } from 'vitest';
import { ariaKeys, keyCaps, spokenKeys } from '../ui/key-caps.ts';
import { strokeNames, type Stroke } from './key-strokes.ts';

const stroke = (key: string, code: string, held: Partial<Stroke> = {}): Stroke => ({
  key,
  code,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
});

describe('names of a stroke', () => {
  test.each([
    [stroke('a', 'KeyA'), ['A']],
    [stroke('Z', 'KeyZ', { ctrlKey: true, shiftKey: true }), ['Mod+Shift+Z']],
    [stroke('z', 'KeyZ', { metaKey: true }), ['Mod+Z']],
    [stroke(' ', 'Space'), ['Space']],
    [stroke('ArrowLeft', 'ArrowLeft', { shiftKey: true }), ['Shift+ArrowLeft']],
    [stroke('?', 'Slash', { shiftKey: true }), ['?']],
    [stroke('[', 'BracketLeft'), ['[']],
    [stroke('1', 'Numpad1'), ['1']],
    [stroke('+', 'Equal', { shiftKey: true }), ['+']],
  ])('on a plain board: %j', (pressed, names) => expect(strokeNames(pressed)).toEqual(names));

  test('a Cyrillic letter is also the Latin letter of its place', () =>
    expect(strokeNames(stroke('ф', 'KeyA'))).toEqual(['Ф', 'A']));

  test('the digit row of a French board works without Shift', () =>
    expect(strokeNames(stroke('&', 'Digit1'))).toContain('1'));

  test('a rearranged Latin board goes by what it prints, not by place', () =>
    expect(strokeNames(stroke('q', 'KeyA'))).toEqual(['Q']));

  test('Option with a letter on a Mac still names the letter', () =>
    expect(strokeNames(stroke('®', 'KeyR', { altKey: true }))).toContain('Alt+R'));
});

describe('caps', () => {
  test('as printed on a PC and on a Mac', () => {
    expect(keyCaps('Mod+Shift+Z', 'Linux x86_64')).toEqual(['Ctrl', 'Shift', 'Z']);
    expect(keyCaps('Mod+Shift+Z', 'MacIntel')).toEqual(['⌘', '⇧', 'Z']);
  });
  test('the plus key is a key, not a join', () => expect(keyCaps('Mod++', 'Linux')).toEqual(['Ctrl', '+']));

  test('said by the names of the keys, not by their signs', () => {
    expect(spokenKeys('Shift+ArrowLeft', 'Linux')).toBe('Shift + left arrow');
    expect(spokenKeys('Mod+Alt+[', 'MacIntel')).toBe('Command + Option + left bracket');
    expect(spokenKeys('Mod++', 'Linux')).toBe('Control + plus');
  });

  test('as assistive technology reads them from an element', () => {
    expect(ariaKeys(['Mod+Shift+Z', 'Mod++'], 'Linux')).toBe('Control+Shift+Z Control+Plus');
    expect(ariaKeys(['Mod+Z'], 'MacIntel')).toBe('Meta+Z');
  });
});
