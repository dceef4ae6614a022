// A few letters find a command: what starts with them goes first.
import { describe, expect, test } from 'vitest';
import { someCommand as command } from '../testing/some-command.ts';
import { rankCommands } from './rank-commands.ts';

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
