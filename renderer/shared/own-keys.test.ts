// A person's own keys: a key has one command in a region, and what is as it came is not kept.
import { describe, expect, test } from 'vitest';
import { someCommand as command } from '../testing/some-command.ts';
import { giveKeys, holdersOf, withOwnKeys, type OwnKeys } from './own-keys.ts';

describe('keys of one’s own', () => {
  const list = [
    command('undo', { keys: ['Mod+Z'] }),
    command('zoom', { keys: ['Z', '+'] }),
    command('zap', { keys: ['Z'], scope: 'review' }),
  ];
  const keysIn = (own: OwnKeys): unknown =>
    Object.fromEntries(withOwnKeys(list, own).map(({ id, keys }) => [id, keys]));

  test('a key goes to its new command, and leaves the one that had it in the same region', () =>
    expect(keysIn(giveKeys(list, {}, 'undo', ['Z']))).toEqual({ undo: ['Z'], zoom: ['+'], zap: ['Z'] }));

  test('what is as it came needs no entry', () => {
    const changed = giveKeys(list, {}, 'undo', ['U']);
    expect(changed).toEqual({ undo: ['U'] });
    expect(giveKeys(list, changed, 'undo', ['Mod+Z'])).toEqual({});
  });

  test('who would lose a key is known before, in the same region alone', () => {
    expect(holdersOf(list, {}, 'undo', ['Z']).map(({ id }) => id)).toEqual(['zoom']);
    expect(holdersOf(list, { zoom: ['+'] }, 'undo', ['Z'])).toEqual([]);
    expect(holdersOf(list, {}, 'zoom', ['Z'])).toEqual([]);
  });

  test('what two commands come with, each for its moment, is taken from neither', () => {
    const both = [command('accept', { keys: ['A', 'Enter'] }), command('create', { keys: ['Enter'] })];
    expect(holdersOf(both, { accept: ['Q'] }, 'accept', ['A', 'Enter'])).toEqual([]);
    expect(giveKeys(both, { accept: ['Q'] }, 'accept', ['A', 'Enter'])).toEqual({});
  });

  test('one for which another row of the map stands is asked for its key as well', () => {
    const digits = [command('digit-5', { keys: ['5'], hidden: true }), command('zoom', { keys: ['Z'] })];
    expect(holdersOf(digits, {}, 'zoom', ['5']).map(({ id }) => id)).toEqual(['digit-5']);
    expect(giveKeys(digits, {}, 'zoom', ['5'])).toEqual({ zoom: ['5'], 'digit-5': [] });
  });

  test('an unknown command changes nothing', () => expect(giveKeys(list, {}, 'gone', ['Z'])).toEqual({}));
});
