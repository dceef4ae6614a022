import { expect, test } from 'vitest';
import { firstSpoken, ownName } from './choose-language.ts';

test('the first language that is wanted and spoken is chosen, a country’s kind of it included; English where none is', () => {
  expect(firstSpoken(['fr-FR', 'de-AT', 'en'], ['en', 'de'])).toBe('de');
  expect(firstSpoken(['pt-BR', 'pt'], ['en', 'pt', 'pt-BR'])).toBe('pt-BR');
  expect(firstSpoken(['fr'], ['en', 'de'])).toBe('en');
  expect(firstSpoken([], ['en', 'de'])).toBe('en');
});

test('a language is called by its own name', () => {
  expect(ownName('de')).toBe('Deutsch');
  expect(ownName('en')).toBe('English');
});
