import { afterEach, expect, test } from 'vitest';
import { language, speak, t } from './language.ts';

afterEach(() => speak('en'));

test('without a catalogue a sentence is its English, one and many told apart, numbers in groups', () => {
  const segments = (count: number) => t('{{count}} segments', { count, one: '{{count}} segment' });
  expect([segments(0), segments(1), segments(1204)]).toEqual(['0 segments', '1 segment', '1,204 segments']);
  expect(t('Saved. Nothing is lost: {{name}}', { name: 'a.b: c' })).toBe('Saved. Nothing is lost: a.b: c');
});

test('a catalogue is spoken with its plural forms and its way to write numbers; what it lacks stays English', () => {
  speak('de', { '{{count}} segments_one': '{{count}} Segment', '{{count}} segments_other': '{{count}} Segmente' });
  const segments = (count: number) => t('{{count}} segments', { count, one: '{{count}} segment' });
  expect([segments(1), segments(1204)]).toEqual(['1 Segment', '1.204 Segmente']);
  expect(t('{{seconds}} s', { seconds: 1.5 })).toBe('1,5 s');
  expect(t('Accept')).toBe('Accept');
  expect(language()).toBe('de');
});

test('what people named is put in as it is, whatever signs are in it', () => {
  const name = '<b>{{count}}</b> $t(Accept) $& & "x"';
  expect(t('Class {{name}} is kept.', { name, count: 3 })).toBe(`Class ${name} is kept.`);
});
