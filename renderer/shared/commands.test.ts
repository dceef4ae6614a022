// One key, one meaning: region and ability decide which command a key means.
import { afterEach, describe, expect, test } from 'vitest';
import { someCommand as command } from '../testing/some-command.ts';
import { matchCommand, registerCommands } from './commands.ts';
import { initialView, useStudio } from './studio-state.ts';

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

  test('a key means nothing of a command where the hand is on something else', () => {
    const commands = [command('remove', { notIn: ['history', 'search'] })];
    expect(matchCommand(commands, ['A'], ['search'], studio)).toBeUndefined();
    expect(matchCommand(commands, ['A'], ['timeline'], studio)?.id).toBe('remove');
    expect(matchCommand(commands, ['A'], [], studio)?.id).toBe('remove');
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
