// One key, one meaning: the list of all commands has no clashes.
import { describe, expect, test } from 'vitest';
import { commandGroups } from '../shared/command.ts';
import { allCommands } from './all-commands.ts';

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
