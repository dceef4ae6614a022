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

  test('gives a key to two only where both are never meant at once', () => {
    const holders = Map.groupBy(
      allCommands.flatMap(({ id, keys }) => keys.map((key) => ({ id, key }))),
      ({ key }) => key,
    );
    const shared = [...holders.values()].filter((each) => each.length > 1);
    expect(shared.map((each) => `${each[0]!.key}: ${each.map(({ id }) => id).join(', ')}`)).toMatchInlineSnapshot(`
      [
        "Escape: player.leave-full-window, tour.leave, review.leave, picture.leave-map, timeline.escape",
        "Enter: segments.create, review.accept",
        "Delete: review.remove-chosen, segments.remove, videos.remove",
        "ArrowRight: review.next-by-arrow, player.step-forward, picture.right",
        "ArrowDown: review.next-by-arrow, picture.down, timeline.next-segment",
        "ArrowLeft: review.previous-by-arrow, player.step-backward, picture.left",
        "ArrowUp: review.previous-by-arrow, picture.up, timeline.previous-segment",
        "1: segments.paint-1, classes.digit-1",
        "2: segments.paint-2, classes.digit-2",
        "3: segments.paint-3, classes.digit-3",
        "4: segments.paint-4, classes.digit-4",
        "5: segments.paint-5, classes.digit-5",
        "6: segments.paint-6, classes.digit-6",
        "7: segments.paint-7, classes.digit-7",
        "8: segments.paint-8, classes.digit-8",
        "9: segments.paint-9, classes.digit-9",
        "0: segments.paint-0, classes.digit-0",
      ]
    `);
  });

  test('leaves browsers the keys that they do not give to pages', () =>
    expect(allCommands.flatMap((each) => each.keys).filter((key) => /^Mod\+(Shift\+)?[NTWQ]$/.test(key))).toEqual([]));

  test('spells its keys as strokes are spelled', () => {
    const spelling =
      /^(Mod\+)?(Alt\+)?(Shift\+)?([A-Z0-9]|F\d+|[^\sA-Za-z0-9]|Space|Enter|Escape|Backspace|Delete|Home|End|Tab|Page(Up|Down)|Arrow(Left|Right|Up|Down))$/;
    for (const each of allCommands) for (const key of each.keys) expect(key).toMatch(spelling);
  });
});
