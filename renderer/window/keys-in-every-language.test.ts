// Protects: a key is a place on the board and no word; translated, it would never be heard.
import { expect, test, vi } from 'vitest';
import german from '../language/de.json' with { type: 'json' };

async function keysIn(tag: string, catalogue: Readonly<Record<string, string>>): Promise<ReadonlyMap<string, string>> {
  // Tables of words are made as their files are first read.
  vi.resetModules();
  const { speak } = await import('../language/language.ts');
  speak(tag, catalogue);
  const { allCommands } = await import('./all-commands.ts');
  expect(allCommands.length).toBeGreaterThan(100);
  return new Map(allCommands.map(({ id, keys }) => [id, keys.join(' ')]));
}

test('every command has the same keys in German as in English', async () => {
  expect(await keysIn('de', german)).toEqual(await keysIn('en', {}));
});
