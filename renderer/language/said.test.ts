// What the backend tells is said in the window's language, numbers and all; what has no other words is shown as it is.
import { expect, test } from 'vitest';
import { english, say, told } from '#preload/domain/saying.ts';
import german from './de.json' with { type: 'json' };
import { speak } from './language.ts';
import { said } from './said.ts';

const moved = say('Move {{what}}: {{moves}}', {
  what: say('{{count}} segments', { count: 1204, one: '{{count}} segment' }),
  moves: [
    say('start {{from}} → {{to}} s', { from: { value: 1.2, digits: 2 }, to: { value: 1.28, digits: 2 } }),
    say('end {{from}} → {{to}} s', { from: { value: 3, digits: 2 }, to: { value: 3.08, digits: 2 } }),
  ],
});

test('in English, by the backend and by the window alike', () => {
  const words = 'Move 1,204 segments: start 1.20 → 1.28 s, end 3.00 → 3.08 s';
  expect(english(moved)).toBe(words);
  expect(said(moved)).toBe(words);
  const one = say('{{count}} segments', { count: 1, one: '{{count}} segment' });
  expect([english(one), said(one)]).toEqual(['1 segment', '1 segment']);
});

test('in German, also what came over the wire; plain words of an older log stay', () => {
  speak('de', german);
  expect(said(told.parse(JSON.parse(JSON.stringify(moved))))).toBe(
    '1.204 Segmente verschieben: Anfang 1,20 → 1,28 s, Ende 3,00 → 3,08 s',
  );
  expect(said(say("Add class '{{name}}'", { name: '{{count}} $t(x)' }))).toBe('Neue Klasse „{{count}} $t(x)“');
  expect(said("Accept 'run'")).toBe("Accept 'run'");
});
