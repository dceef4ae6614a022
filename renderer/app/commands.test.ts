// One key, one meaning: the registry of all commands has no clashes, and scope and ability decide between the rest.
import { afterEach, describe, expect, test } from 'vitest';
import { allCommands } from './all-commands.ts';
import { commandGroups, matchCommand, registerCommands, type Command } from './commands.ts';
import { giveKeys, withOwnKeys, type OwnKeys } from './own-keys.ts';
import { rankCommands } from './rank-commands.ts';
import { initialView, useStudio } from './studio-state.ts';

const command = (id: string, over: Partial<Command> = {}): Command => ({
  id,
  label: id,
  group: 'Window',
  keys: ['A'],
  run: () => {},
  ...over,
});
const studio = { ...useStudio.getState(), ...initialView };

afterEach(() => useStudio.setState(initialView));

describe('matching', () => {
  test('a command of the region around the focus wins over one of the whole window', () => {
    const commands = [command('everywhere'), command('in-review', { scope: 'review' })];
    expect(matchCommand(commands, ['A'], ['review'], studio)?.id).toBe('in-review');
    expect(matchCommand(commands, ['A'], ['timeline'], studio)?.id).toBe('everywhere');
  });

  test('a command that cannot run leaves its key to the next', () => {
    const commands = [command('never', { enabled: () => false }), command('then')];
    expect(matchCommand(commands, ['A'], [], studio)?.id).toBe('then');
  });

  test('the printed name of a stroke goes before its place', () => {
    const commands = [command('by-place', { keys: ['1'] }), command('by-print', { keys: ['&'] })];
    expect(matchCommand(commands, ['&', '1'], [], studio)?.id).toBe('by-print');
  });

  test('no command, no match', () => expect(matchCommand([command('one')], ['B'], [], studio)).toBeUndefined());
});

describe('the registry', () => {
  test('refuses an id twice, and forgets a list again', () => {
    const forget = registerCommands([command('twice')]);
    expect(() => registerCommands([command('twice')])).toThrow(/twice/);
    forget();
    registerCommands([command('twice')])();
  });
});

describe('every command of the studio', () => {
  test('has an id of its own, a label and a group of the key map', () => {
    const ids = allCommands.map((each) => each.id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const each of allCommands) {
      expect(each.id).toMatch(/^[a-z]+\.[a-z0-9-]+$/);
      expect(each.label).not.toBe('');
      expect(commandGroups).toContain(each.group);
    }
  });

  test('shares a key only with others whose condition or region tells them apart', () => {
    const always = allCommands.filter((each) => each.enabled === undefined && each.scope === undefined);
    const keys = always.flatMap((each) => each.keys);
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
  });

  test('leaves browsers the keys that they do not give to pages', () =>
    expect(allCommands.flatMap((each) => each.keys).filter((key) => /^Mod\+(Shift\+)?[NTWQ]$/.test(key))).toEqual([]));

  test('spells its keys as strokes are spelled', () => {
    const spelling =
      /^(Mod\+)?(Alt\+)?(Shift\+)?([A-Z0-9]|F\d+|[^\sA-Za-z0-9]|Space|Enter|Escape|Backspace|Delete|Home|End|Tab|Page(Up|Down)|Arrow(Left|Right|Up|Down))$/;
    for (const each of allCommands) for (const key of each.keys) expect(key).toMatch(spelling);
  });
});

describe('the palette', () => {
  const list = [
    command('a', { label: 'Export annotations' }),
    command('b', { label: 'Next region' }),
    command('c', { label: 'Annotate next' }),
  ];
  test('puts the start of the label before the start of a word before the rest', () => {
    expect(rankCommands(list, 'annot').map((each) => each.id)).toEqual(['c', 'a']);
    expect(rankCommands(list, 'next').map((each) => each.id)).toEqual(['b', 'c']);
    expect(rankCommands(list, 'region window').map((each) => each.id)).toEqual(['b']);
  });
  test('shows everything for nothing typed', () => expect(rankCommands(list, ' ')).toHaveLength(3));
});

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

  test('an unknown command changes nothing', () => expect(giveKeys(list, {}, 'gone', ['Z'])).toEqual({}));
});
