// Protects: a list of names is one step to undo, and comes whole or not at all.
import { expect, test } from 'vitest';
import { english } from '#preload/domain/saying.ts';
import { openProjectStudio } from '../testing/open-studio.ts';

test('classes of a long list are one edit, but for those that are there; with one that cannot be read none comes', async () => {
  const { client } = await openProjectStudio(['Jump']);
  const names = Array.from({ length: 5000 }, (_, index) => `name ${index}`);
  const added = await client.classes.addAll({ names: ['jump', ...names, 'NAME 7', '<b>bold</b>'] });
  expect(added).toHaveLength(5001);
  expect((await client.classes.list()).at(-1)!.name).toBe('<b>bold</b>');
  expect(english((await client.history.state()).undo!)).toBe('Add 5,001 classes');
  await client.history.undo();
  expect((await client.classes.list()).map(({ name }) => name)).toEqual(['Jump']);
  await expect(client.classes.addAll({ names: ['hop', 'two\nlines'] })).rejects.toMatchObject({ code: 'bad-input' });
  expect(await client.classes.addAll({ names: ['JUMP'] })).toEqual([]);
  expect(await client.classes.list()).toHaveLength(1);
});
