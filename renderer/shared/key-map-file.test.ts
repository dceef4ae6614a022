// A map of keys goes to another machine and comes back the same; a file from anywhere gives each key to one command.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { someCommand as command } from '../testing/some-command.ts';
import { classKeyId } from './class-keys.ts';
import { keyMapText, readKeyMap } from './key-map-file.ts';
import { giveKeys, withOwnKeys, type OwnKeys } from './own-keys.ts';

const commands = [
  command('accept', { keys: ['A', 'Enter'] }),
  command('create', { keys: ['Enter'] }),
  command('reject', { keys: ['X'] }),
  command('zap', { keys: ['X'], scope: 'review' }),
  command(classKeyId('climb'), { keys: [] }),
];
const changes = fc.array(
  fc.record({
    id: fc.constantFrom(...commands.map(({ id }) => id)),
    keys: fc.uniqueArray(fc.constantFrom('A', 'X', 'Shift+A', 'Enter', 'Q'), { maxLength: 2 }),
  }),
  { maxLength: 8 },
);

describe('a file of keys', () => {
  test('says again what it was written from, whatever was changed', () =>
    fc.assert(
      fc.property(changes, (list) => {
        const own = list.reduce<OwnKeys>((before, { id, keys }) => giveKeys(commands, before, id, keys), {});
        expect(readKeyMap(keyMapText(own), commands)).toEqual({ own, unknown: [] });
      }),
    ));

  test('written by hand, gives a key to the last command that asks for it', () => {
    const read = readKeyMap(JSON.stringify({ cuepointKeys: 1, keys: { accept: ['Q'], reject: ['Q'] } }), commands)!;
    expect(
      withOwnKeys(commands, read.own)
        .filter(({ keys }) => keys.includes('Q'))
        .map(({ id }) => id),
    ).toEqual(['reject']);
  });

  test('keeps keys of classes of other projects, and names commands that there are not', () => {
    const keys = { [classKeyId('swim')]: ['S'], 'older.command': ['T'] };
    expect(readKeyMap(JSON.stringify({ cuepointKeys: 1, keys }), commands)).toEqual({
      own: { [classKeyId('swim')]: ['S'] },
      unknown: ['older.command'],
    });
  });

  test.each([
    '',
    '[]',
    '{"keys":{}}',
    '{"cuepointKeys":1,"keys":{"accept":"A"}}',
    '{"cuepointKeys":2,"keys":{}}',
    '{"cuepointKeys":1,"keys":{"accept":["Hyper+X"]}}',
    '{"cuepointKeys":1,"keys":{"accept":["Shift+Mod+X"]}}',
    '{"cuepointKeys":1,"keys":{"accept":["Mod+"]}}',
  ])('refuses %s', (text) => expect(readKeyMap(text, commands)).toBeNull());

  test.each(['Mod++', '+', 'Mod+Alt+Shift+ArrowLeft', 'Ж', '['])('takes the stroke %s', (key) =>
    expect(readKeyMap(JSON.stringify({ cuepointKeys: 1, keys: { accept: [key] } }), commands)?.own).toEqual({
      accept: [key],
    }),
  );
});
